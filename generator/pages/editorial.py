"""Views of collections, tags and the glossary, and queries for them (see ``build/inputs.py``)."""

from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

from markupsafe import Markup

from generator.build.inputs import Inputs, query
from generator.model import site_paths
from generator.model.editorial import Collection, CollectionKind, CollectionText, collection_texts
from generator.model.own_text import OwnText
from generator.pages.lists import Neighbors, neighbors
from generator.pages.views import Link, Mention, Views
from generator.text.markup import line_html, prose_html
from generator.text.terms import Spellings, link_terms


class Item(NamedTuple):
    """A paper of a collection: the heading above the paper or '', the paper, and the editor's note on it."""

    heading: str
    paper: Mention
    note: str


class Version(NamedTuple):
    """A collection in one language."""

    text: CollectionText
    items: tuple[Item, ...]


class ShortCollection(NamedTuple):
    """A collection on other pages: a link to its page, its day (ISO 8601), and its text in the digest's language."""

    link: Link
    day: str
    version: Version


class PaperText(NamedTuple):
    """The digest's text on a paper in one language as HTML, with links to the glossary."""

    language: str
    tldr: Markup
    summary: Markup
    significance: Markup
    limitations: Markup


class Editorial:
    """The editorial records of one catalog."""

    def __init__(self, views: Views) -> None:
        self.inputs: Inputs = views.inputs
        self._views, self._catalog = views, views.catalog
        self.inputs.register(self)

    # Collections

    @query
    def collection_with_count(self, collection_id: str) -> Link:
        """A link to a collection with its number of papers."""
        collection = self._catalog.collections[collection_id]
        name = self._views.text(collection.name)
        return Link(name, site_paths.collection(collection_id), len(collection.papers))

    @query
    def collections_of_kind(self, kind: str) -> tuple[Link, ...]:
        """Links to the collections of a kind, in topic order. The link of an introduction shows its topic."""
        topic_numbers = {topic_id: number for number, topic_id in enumerate(self._catalog.topics)}
        collections = [collection for collection in self._catalog.collections.values() if collection.kind == kind]
        # The sort is stable: collections on one topic, or without a topic, keep the catalog's order, the newest first.
        collections.sort(key=lambda collection: topic_numbers[collection.topic] if collection.topic else 0)
        return tuple(
            replace(self.collection_with_count(collection.id), text=self._views.topic_link(collection.topic).text)
            if collection.topic and collection.kind is CollectionKind.START_HERE
            else self.collection_with_count(collection.id)
            for collection in collections
        )

    @query
    def collection_neighbors(self, collection_id: str) -> Neighbors:
        """The previous and the next collection of the same kind."""
        same_kind = self.collections_of_kind(self._catalog.collections[collection_id].kind.value)
        links = {link.site_path: link for link in same_kind}
        paths = list(links)
        return neighbors(paths, paths.index(site_paths.collection(collection_id)), links.__getitem__)

    @query
    def collections_with_paper(self, paper_id: str) -> tuple[Link, ...]:
        """Links without numbers to the collections that contain a paper."""
        collection_ids = self._collections_by_paper().get(paper_id, ())
        return tuple(replace(self.collection_with_count(collection_id), count=0) for collection_id in collection_ids)

    @query
    def _collections_by_paper(self) -> dict[str, list[str]]:
        by_paper: dict[str, list[str]] = defaultdict(list)
        for collection in self._catalog.collections.values():
            for paper_id in collection.papers:
                by_paper[paper_id].append(collection.id)
        return dict(by_paper)

    @query
    def introduction_id(self, topic_id: str) -> str:
        """The id of the collection that introduces a topic, or ''."""
        for collection in self._catalog.collections.values():
            if collection.kind is CollectionKind.START_HERE and collection.topic == topic_id:
                return str(collection.id)
        return ""

    @query
    def picks_between(self, first: str, last: str) -> tuple[str, ...]:
        """The ids of the picks from the day ``first`` to the day ``last`` (ISO 8601), the newest first."""
        return tuple(
            collection.id
            for collection in self._catalog.collections.values()
            if collection.kind is CollectionKind.PICKS and first <= collection.date.isoformat() <= last
        )

    def newest_picks(self) -> tuple[ShortCollection, ...]:
        """The picks of the latest day that has any."""
        picks_ids = self.picks_between("", "~")  # all: '' sorts before every date, ~ after
        newest_first = [self.short_collection(collection_id) for collection_id in picks_ids]
        return tuple(picks for picks in newest_first if picks.day == newest_first[0].day)

    def short_collection(self, collection_id: str) -> ShortCollection:
        """A collection as other pages show it."""
        collection: Collection = self._catalog.collections[collection_id]
        link = replace(self.collection_with_count(collection_id), count=0)
        return ShortCollection(link, collection.date.isoformat(), self.versions(collection)[0])

    def versions(self, collection: Collection) -> tuple[Version, ...]:
        """A collection in each of its languages, the digest's own first."""
        return tuple(
            Version(text, tuple(Item(item.heading, self._views.mention(item.paper), item.note) for item in text.items))
            for text in collection_texts(collection, self._views.settings.language)
        )

    # Tags

    @query
    def tag_with_count(self, tag_id: str) -> Link:
        """A link to a tag with its number of papers."""
        return replace(self.tag_link(tag_id), count=len(self._catalog.papers_by_tag.get(tag_id, ())))

    @query
    def tag_link(self, tag_id: str) -> Link:
        """A link to a tag without a number."""
        return Link(self._views.text(self._catalog.tags[tag_id].name), site_paths.tag(tag_id))

    # The glossary

    @query
    def term_names(self, language: str) -> Spellings:
        """The names and aliases of all terms in a language, each with the id of its term."""
        digest_language = self._views.settings.language
        # Both mappings get one form, ``{language: (name, …)}``. The language '' is the digest's own.
        return tuple(
            (name, term.id)
            for term in self._catalog.glossary.values()
            for names_by_language in ({key: (name,) for key, name in term.name.items()}, term.aliases or {})
            for key, names in names_by_language.items()
            if (key or digest_language) == language
            for name in names
        )

    def paper_text(self, text: OwnText, to_glossary: str) -> PaperText:
        """A text on a paper as HTML. ``to_glossary`` is the URL of the glossary, relative to the paper's page."""
        # The four texts together, so that each term is linked only where the page uses it first.
        html = [line_html(text.tldr), *map(prose_html, (text.summary, text.significance, text.limitations))]
        linked = link_terms(
            html, self.term_names(text.language), text.language, lambda term_id: f"{to_glossary}#{term_id}"
        )
        return PaperText(text.language, *map(Markup, linked))
