"""Views of the catalog for templates: small read-only records of papers, people, venues and topics.

The methods are queries of the build engine (``build/inputs.py``): a page depends on the views that it reads, not on
everything from which they were computed. So a view contains only what its readers show.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.build.inputs import Inputs, query
from generator.citation.reference import Reference, reference_of
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.editorial import TagKind
from generator.model.localized import in_digest_language
from generator.model.own_text import short_disclosure
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.settings import Settings
from generator.pages.reasons import Subject
from generator.text.maths import to_plain
from generator.text.names import shown_count
from generator.text.words import date_name


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page: its text, the folder of the page, and its number of papers (0: not shown)."""

    text: str
    site_path: str
    count: int = 0


class AuthorLink(NamedTuple):
    """An author of a paper: the name as the paper writes it, the author's page, affiliations and ORCID iD."""

    name: str
    site_path: str
    affiliations: tuple[Link, ...]
    orcid: str | None


class Card(NamedTuple):
    """A paper in a list.

    ``iso_date`` is the publication date (ISO 8601, perhaps without day or month), ``date_name`` the same in words.
    ``writer`` is the label of a text that a language model wrote, or ''.
    """

    title: str
    site_path: str
    authors: tuple[Link, ...]
    more_authors: int
    authors_incomplete: bool
    edition: Link
    track: str | None
    topics: tuple[Link, ...]
    tldr: str
    has_code: bool
    awards: tuple[str, ...]
    status: str
    iso_date: str
    date_name: str
    writer: str


class Mention(NamedTuple):
    """A paper in one line, as lists of titles show it."""

    title: str
    site_path: str
    edition: str


class Group(NamedTuple):
    """A heading, its anchor, and the papers under it. The heading '' is not shown."""

    title: str
    anchor: str
    cards: tuple[Card, ...]


AUTHORS_SHOWN = 6  # names on a card; some papers have thousands
# Tracks of selected papers. Editions list them first, in this order, and their badges stand out.
HIGHLIGHTED_TRACKS = ("oral", "spotlight", "notable top 5%", "highlight")


class Views:
    """The views of one catalog, in the language of the settings."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs | None = None) -> None:
        self.catalog, self.settings = catalog, settings
        self.inputs = inputs or Inputs()
        self.inputs.register(self)

    def say(self, text: str, **values: object) -> str:
        """Translate an interface text."""
        return self.settings.words.say(text, **values)

    def say_many(self, one: str, many: str, n: int, **values: object) -> str:
        """Translate an interface text for a count ``n``."""
        return self.settings.words.say_many(one, many, n, **values)

    def text(self, localized: Mapping[str, str] | None) -> str:
        """A localized text in the digest's language, or ''."""
        return in_digest_language(localized, self.settings.language)

    def status(self, paper: Paper) -> str:
        """The status of a paper in words, or '' if it is simply published."""
        name = STATUS_NAMES.get(paper.status)
        return self.say(name) if name else ""

    def title(self, title: str, number: int) -> str:
        """The title of the ``number``-th page of a list."""
        return title if number == 1 else self.say("{title}, page {number}", title=title, number=number)

    def feed(self, site_path: str, count: int) -> str:
        """The site path of the feed of a list, or '' if ``count`` papers are too few for a feed."""
        return site_path if count >= self.settings.feeds_from else ""

    # Links with and without numbers of papers are separate queries: a page that shows no number is not rebuilt when a
    # paper is added.

    @query
    def topic_with_count(self, topic_id: str) -> Link:
        """A link to a topic with the number of papers in the topic and its subtopics."""
        return replace(self.topic_link(topic_id), count=len(self.catalog.papers_by_topic.get(topic_id, ())))

    @query
    def topic_link(self, topic_id: str) -> Link:
        """A link to a topic without a number."""
        return Link(self.text(self.catalog.topics[topic_id].name), site_paths.topic(topic_id))

    def topics_above(self, topic_id: str) -> tuple[Link, ...]:
        """Links to the topics above a topic, from the top."""
        return tuple(self.topic_link(ancestor_id) for ancestor_id in self.catalog.ancestors(topic_id))

    @query
    def edition_with_count(self, edition_id: str) -> Link:
        """A link to an edition with its number of papers."""
        return replace(self.edition_link(edition_id), count=len(self.catalog.papers_by_edition.get(edition_id, ())))

    @query
    def edition_link(self, edition_id: str) -> Link:
        """A link to an edition without a number."""
        edition_entry = self.catalog.editions[edition_id]
        return Link(edition_entry.name, site_paths.edition(edition_entry))

    @query
    def series_link(self, series_id: str) -> Link:
        """A link to a series without a number."""
        return Link(self.catalog.series[series_id].name, site_paths.series(series_id))

    @query
    def series_of(self, edition_id: str) -> Link:
        """A link to the series of an edition."""
        return self.series_link(self.catalog.editions[edition_id].series.id)

    @query
    def reference(self, paper_id: str) -> Reference:
        """The reference of a paper."""
        settings = self.settings
        return reference_of(self.catalog, self.catalog.papers[paper_id], settings.language, settings.words)

    @query
    def author_with_count(self, author_id: str) -> Link:
        """A link to an author with their number of papers."""
        return replace(self.author_link(author_id), count=len(self.catalog.authors[author_id].papers))

    @query
    def author_link(self, author_id: str) -> Link:
        """A link to an author without a number."""
        return Link(self.catalog.authors[author_id].name, site_paths.author(author_id))

    # Not a query: the only value that it reads is in a mapping that records reads by itself.
    def affiliation(self, name: str) -> Link:
        """A link to the institution that a paper calls ``name``, with that name."""
        return Link(name, site_paths.institution(self.catalog.institution_ids[name]))

    @query
    def institution_link(self, institution_id: str) -> Link | None:
        """A link to an institution without a number; None if no paper names the institution."""
        entry = self.catalog.institutions.get(institution_id)
        return Link(entry.name, site_paths.institution(entry.id)) if entry else None

    def authors_of(self, paper: Paper) -> tuple[AuthorLink, ...]:
        """All authors of a paper, with the names as the paper writes them."""
        return tuple(
            AuthorLink(
                author.name,
                site_paths.author(author_id),
                tuple(self.affiliation(name) for name in author.affiliation),
                author.orcid,
            )
            for author_id, author in zip(self.catalog.author_ids[paper.id], paper.authors, strict=True)
        )

    @query
    def date(self, paper_id: str) -> str:
        """The publication date of a paper (``Catalog.date_of``)."""
        return self.catalog.date_of(self.catalog.papers[paper_id])

    @query
    def card(self, paper_id: str) -> Card:
        """A paper as lists show it."""
        paper = self.catalog.papers[paper_id]
        names = paper.author_names
        shown = shown_count(len(names), AUTHORS_SHOWN)
        iso_date = self.date(paper_id)
        return Card(
            title=paper.title,
            site_path=site_paths.paper(paper.id),
            authors=tuple(
                Link(name, site_paths.author(author_id))
                for name, author_id in zip(names[:shown], self.catalog.author_ids[paper_id], strict=False)
            ),
            more_authors=len(names) - shown,
            authors_incomplete=paper.authors_incomplete,
            edition=self.edition_link(paper.venue),
            track=paper.track,
            topics=tuple(self.topic_link(topic_id) for topic_id in paper.topics[:1]),
            tldr=self.text(paper.tldr),
            has_code=paper.links.code is not None,
            awards=paper.awards,
            status=self.status(paper),
            iso_date=iso_date,
            date_name=date_name(iso_date, self.settings.words),
            writer=short_disclosure(paper.summary_by, self.settings.words) if paper.tldr else "",
        )

    def cards(self, paper_ids: Iterable[str]) -> tuple[Card, ...]:
        """Several papers as lists show them."""
        return tuple(self.card(paper_id) for paper_id in paper_ids)

    @query
    def mention(self, paper_id: str) -> Mention:
        """A paper in one line."""
        paper = self.catalog.papers[paper_id]
        return Mention(paper.title, site_paths.paper(paper.id), self.edition_link(paper.venue).text)

    @query
    def subject(self, paper_id: str) -> Subject:
        """The subject of a paper, for comparison with others."""
        paper, catalog = self.catalog.papers[paper_id], self.catalog
        tags = [catalog.tags[tag_id] for tag_id in paper.tags]
        return Subject(
            title=to_plain(paper.title),
            tldr=to_plain(self.text(paper.tldr)),
            keywords=tuple(map(to_plain, paper.keywords)),
            topics=tuple((topic_id, self.topic_link(topic_id).text) for topic_id in paper.topics),
            methods=tuple((tag.id, self.text(tag.name)) for tag in tags if tag.kind is TagKind.TECHNIQUE),
            people=tuple(zip(catalog.author_ids[paper_id], paper.author_names, strict=True)),
        )

    @query
    def paper_link(self, paper_id: str) -> Link:
        """A link to a paper, with its title."""
        return Link(self.catalog.papers[paper_id].title, site_paths.paper(paper_id))
