"""All records of a digest: the content as read from disk, and the catalog, which joins the records for all pages.

The rules check the content before ``build_catalog`` joins it, so this module does not check whether an id exists.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from generator.model.contributors import AuthorEntry, InstitutionEntry, author_ids, join_authors, join_institutions
from generator.model.editorial import Collection, Tag, TagKind, Term
from generator.model.entities import Edition, Institution, Person, Series, Topic
from generator.model.localized import NO_LANGUAGE_CODE, in_digest_language
from generator.model.paper import Paper
from generator.model.record import record
from generator.text.identifiers import arxiv_month

Key = TypeVar("Key")


@record
class HandPage:
    """A page written by hand: ``content/pages/ID.md``. ``text`` is trusted Markdown by a maintainer.

    ``lines_before`` is the number of lines of the file before ``text``: the front matter and the heading.
    """

    id: str
    title: str
    text: str
    has_heading: bool = True
    description: str = ""
    lines_before: int = 0


@record
class HandFile:
    """A file beside pages written by hand, such as an image: its path below ``content/pages/`` and its bytes."""

    id: str
    data: bytes


@record
class Content:
    """The records of one content folder, each kind ordered by id.

    ``bulk`` are the ids of papers that share a file with others. ``permalinks`` are the lines of
    ``permalinks.txt``: the addresses of all pages ever published.
    """

    papers: tuple[Paper, ...] = ()
    series: tuple[Series, ...] = ()
    topics: tuple[Topic, ...] = ()
    people: tuple[Person, ...] = ()
    institutions: tuple[Institution, ...] = ()
    collections: tuple[Collection, ...] = ()
    glossary: tuple[Term, ...] = ()
    tags: tuple[Tag, ...] = ()
    pages: tuple[HandPage, ...] = ()
    files: tuple[HandFile, ...] = ()
    bulk: frozenset[str] = frozenset()
    permalinks: tuple[str, ...] = ()


@record
class EditionEntry:
    """An edition with its series and the last part of its URL.

    ``slug`` is ``2026``, ``2026-ID`` for another edition of the same year, or the id of an edition without a year.
    """

    edition: Edition
    series: Series
    slug: str

    @property
    def name(self) -> str:
        """The name for display: ``ICLR 2026``."""
        return f"{self.series.name} {self.edition.year}" if self.edition.year else self.series.name


@record
class Catalog:
    """All joined records, by id. Mappings are read-only, in the order in which lists show them.

    ``papers`` are ordered by ``date_of``, newest first; ``topics`` in depth-first order of the tree; ``collections``
    newest first; ``tags`` by kind and name. ``pages`` and ``files`` are written by hand. ``subtopics`` has the ids of
    each topic's children, and the ids of top-level topics under ''. ``author_ids`` has the ids of each paper's authors
    in author order; ``institution_ids`` maps the spelling of a name in a paper to an id.

    The mappings ``papers_by_…`` have ids of papers, newest first. ``papers_by_topic`` lists a paper under each of its
    topics and their ancestors. ``papers_by_date`` groups by ``date_of``, ``papers_by_added`` by the day on which
    entries were added; ``additions`` does so without the founding collection, for feeds, mailings and weekly pages. The
    keys of ``bulk`` are the ids of papers that share a file with others.
    """

    papers: Mapping[str, Paper]
    series: Mapping[str, Series]
    editions: Mapping[str, EditionEntry]
    topics: Mapping[str, Topic]
    subtopics: Mapping[str, tuple[str, ...]]
    authors: Mapping[str, AuthorEntry]
    institutions: Mapping[str, InstitutionEntry]
    author_ids: Mapping[str, tuple[str, ...]]
    institution_ids: Mapping[str, str]
    papers_by_edition: Mapping[str, tuple[str, ...]]
    papers_by_series: Mapping[str, tuple[str, ...]]
    papers_by_topic: Mapping[str, tuple[str, ...]]
    papers_by_date: Mapping[str, tuple[str, ...]]
    papers_by_added: Mapping[date, tuple[str, ...]]
    additions: Mapping[date, tuple[str, ...]]
    pages: Mapping[str, HandPage]
    files: Mapping[str, HandFile]
    bulk: Mapping[str, bool]
    collections: Mapping[str, Collection]
    glossary: Mapping[str, Term]
    tags: Mapping[str, Tag]
    papers_by_tag: Mapping[str, tuple[str, ...]]

    def ancestors(self, topic_id: str) -> tuple[str, ...]:
        """The ids of a topic's ancestors, top level first."""
        ancestors: list[str] = []
        parent = self.topics[topic_id].parent
        while parent:
            ancestors.append(parent)
            parent = self.topics[parent].parent
        return tuple(reversed(ancestors))

    def year_of(self, paper: Paper) -> int | None:
        """The year of the paper's edition, else of its publication; None if neither is recorded."""
        return self.editions[paper.venue].edition.year or (paper.published.year if paper.published else None)

    def date_of(self, paper: Paper) -> str:
        """When a paper appeared, as precisely as recorded: ``2024-05-13``, ``2024-05``, ``2024`` or ''.

        This is the day of ``published``; else the month of the arXiv id or of the edition, whichever is earlier. An
        edition without a day counts by its year.
        """
        return _date_of(paper, self.editions[paper.venue].edition)

    def papers_in_series(self, series_id: str) -> tuple[str, ...]:
        """The ids of all papers of a series, newest first."""
        return self.papers_by_series.get(series_id, ())


def build_catalog(content: Content, founded: date | None = None) -> Catalog:
    """Join the records of content that has passed the rules: no unknown ids, no cycles.

    Papers added up to and including ``founded`` form the founding collection, which ``additions`` leaves out.
    """
    series = sorted(content.series, key=lambda item: (item.name.casefold(), item.id))
    editions = {entry.edition.id: entry for item in series for entry in edition_entries(item)}
    dates = {paper.id: _date_of(paper, editions[paper.venue].edition) for paper in content.papers}
    by_id = sorted(content.papers, key=lambda paper: paper.id)
    # Sorting is stable: papers of one date stay in id order, and entries added on one day in the catalog's order.
    papers = {paper.id: paper for paper in sorted(by_id, key=lambda paper: dates[paper.id], reverse=True)}
    latest_added_first = sorted(papers.values(), key=lambda paper: paper.added, reverse=True)
    topics, subtopics = _topic_tree(content.topics)
    ids_of_authors = author_ids(papers.values(), content.people)
    authors = join_authors(papers.values(), content.people, ids_of_authors)
    institutions, institution_ids = join_institutions(papers.values(), content.institutions)
    return Catalog(
        papers=MappingProxyType(papers),
        series=MappingProxyType({item.id: item for item in series}),
        editions=MappingProxyType(editions),
        topics=MappingProxyType(topics),
        subtopics=MappingProxyType(subtopics),
        authors=MappingProxyType(authors),
        institutions=MappingProxyType(institutions),
        author_ids=MappingProxyType(ids_of_authors),
        institution_ids=MappingProxyType(institution_ids),
        papers_by_edition=_group((paper.venue, paper.id) for paper in papers.values()),
        papers_by_series=_group((editions[paper.venue].series.id, paper.id) for paper in papers.values()),
        papers_by_topic=_group((topic, p.id) for p in papers.values() for topic in _with_ancestors(p.topics, topics)),
        papers_by_date=_group((dates[paper_id], paper_id) for paper_id in papers),
        papers_by_added=_group((paper.added, paper.id) for paper in latest_added_first),
        additions=_group((p.added, p.id) for p in latest_added_first if not founded or p.added > founded),
        pages=MappingProxyType({page.id: page for page in content.pages}),
        files=MappingProxyType({file.id: file for file in content.files}),
        # A mapping, since the build does not record which members of a set are read.
        bulk=MappingProxyType(dict.fromkeys(content.bulk, True)),
        collections=MappingProxyType({item.id: item for item in sorted(content.collections, key=_collection_order)}),
        glossary=MappingProxyType({term.id: term for term in content.glossary}),
        tags=MappingProxyType({tag.id: tag for tag in sorted(content.tags, key=_tag_order)}),
        papers_by_tag=_group((tag, paper.id) for paper in papers.values() for tag in paper.tags),
    )


def edition_entries(series: Series) -> tuple[EditionEntry, ...]:
    """The editions of a series, newest first, each with the last part of its URL."""
    # Among editions of one year, the first id gets the short URL ``2026``.
    ordered = sorted(series.editions, key=lambda edition: (-(edition.year or 0), edition.id))
    entries = []
    previous_year: int | None = None
    for edition in ordered:
        slug = edition.id if edition.year is None else str(edition.year)
        if edition.year is not None and edition.year == previous_year:
            slug = f"{edition.year}-{edition.id}"
        entries.append(EditionEntry(edition=edition, series=series, slug=slug))
        previous_year = edition.year
    return tuple(entries)


def _date_of(paper: Paper, edition: Edition) -> str:
    if paper.published:
        return paper.published.isoformat()
    edition_date = edition.starts.isoformat()[:7] if edition.starts else f"{edition.year:04}" if edition.year else ""
    if not paper.arxiv:
        return edition_date
    preprint_month = arxiv_month(paper.arxiv).isoformat()[:7]
    # Some papers are posted after their conference, so the earlier date counts. A year is compared with a year only.
    return edition_date if edition_date < preprint_month[: len(edition_date)] else preprint_month


def _collection_order(collection: Collection) -> tuple[int, str]:
    return (-collection.date.toordinal(), collection.id)


def _tag_order(tag: Tag) -> tuple[int, str, str]:
    return (list(TagKind).index(tag.kind), _name_for_sorting(tag.name), tag.id)


def _name_for_sorting(name: Mapping[str, str]) -> str:
    # The catalog does not contain the digest's language, so a name without a language code counts first.
    return in_digest_language(name, NO_LANGUAGE_CODE).casefold()


def _group(pairs: Iterable[tuple[Key, str]]) -> Mapping[Key, tuple[str, ...]]:
    """Collect the paper ids of (key, paper id) pairs by key."""
    groups: dict[Key, list[str]] = defaultdict(list)
    for key, paper_id in pairs:
        groups[key].append(paper_id)
    return MappingProxyType({key: tuple(ids) for key, ids in groups.items()})


def _topic_tree(topics: Iterable[Topic]) -> tuple[dict[str, Topic], dict[str, tuple[str, ...]]]:
    """Return the topics in depth-first order, and the ids of each topic's children; the top level is under ''."""
    children: dict[str, list[Topic]] = defaultdict(list)
    for topic in sorted(topics, key=lambda topic: (topic.order, _name_for_sorting(topic.name), topic.id)):
        children[topic.parent or ""].append(topic)
    ordered: dict[str, Topic] = {}

    def visit(topic: Topic) -> None:
        ordered[topic.id] = topic
        for child in children[topic.id]:
            visit(child)

    for topic in children[""]:
        visit(topic)
    # ``visit`` has added empty lists for topics without children.
    return ordered, {parent: tuple(child.id for child in below) for parent, below in children.items() if below}


def _with_ancestors(topic_ids: Iterable[str], topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """The ids of topics and their ancestors, each once."""
    ids: dict[str, None] = {}
    for topic_id in topic_ids:
        current: str | None = topic_id
        while current:
            ids[current] = None
            current = topics[current].parent
    return tuple(ids)
