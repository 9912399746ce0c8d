"""Collections, terms and tags as plain data for the API, and picks as entries of the digest's feeds."""

from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from generator.build.inputs import Inputs, query
from generator.exports.feed_items import FeedItem
from generator.exports.records import Record, non_empty, writer_record
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.editorial import Collection, CollectionKind, CollectionText, Tag, Term, collection_texts
from generator.model.localized import in_digest_language
from generator.model.own_text import collection_writer_line
from generator.model.settings import Settings
from generator.text.markup import prose_plain

PICKS_IN_FEED = 10


class PickedPaper(NamedTuple):
    """A paper among picks: its title and URL, and the editor's sentence on it."""

    title: str
    url: str
    note: str


class PicksEntry(NamedTuple):
    """Picks as one entry of the digest's feeds: the entry, and the values for ``picks.html.j2``, its content."""

    item: FeedItem
    intro: str
    papers: tuple[PickedPaper, ...]
    written_by: str
    license: str


def collection_records(catalog: Catalog, settings: Settings) -> list[Record]:
    """Return each collection with its texts."""
    return [_collection(collection, settings) for collection in catalog.collections.values()]


def term_records(catalog: Catalog, settings: Settings) -> list[Record]:
    """Return each term of the glossary."""
    return [_term(term, settings) for term in catalog.glossary.values()]


def tag_records(catalog: Catalog, settings: Settings) -> list[Record]:
    """Return each tag with its papers."""
    return [_tag(tag, catalog, settings) for tag in catalog.tags.values()]


def _collection(collection: Collection, settings: Settings) -> Record:
    language = settings.language
    return non_empty(
        {
            "id": collection.id,
            "url": f"{settings.site_url}{site_paths.collection(collection.id)}/",
            "name": in_digest_language(collection.name, language),
            "kind": collection.kind.value,
            "topic": collection.topic,
            "venue": collection.venue,
            "institution": collection.institution,
            "week": collection.week,
            "date": collection.date.isoformat(),
            "papers": list(collection.papers),
            "texts": [_text(text) for text in collection_texts(collection, language)],
            "text_writer": writer_record(collection.written_by),
            "text_license": settings.license or "not stated",
        }
    )


def _text(text: CollectionText) -> Record:
    items = [non_empty({"paper": item.paper, "heading": item.heading, "note": item.note}) for item in text.items]
    parts = {"language": text.language, "name": text.name, "intro": text.intro, "items": items}
    return non_empty({**parts, "conclusion": text.conclusion, "disclosure": text.disclosure})


def _term(term: Term, settings: Settings) -> Record:
    language = settings.language
    return non_empty(
        {
            "id": term.id,
            "url": f"{settings.site_url}glossary/#{term.id}",
            "names": _by_language(term.name, language),
            "aliases": _by_language({key: list(names) for key, names in (term.aliases or {}).items()}, language),
            "definitions": _by_language(term.definition, language),
            "text_writer": writer_record(term.written_by),
            "text_license": settings.license or "not stated",
        }
    )


def _by_language(texts: Mapping[str, object], digest_language: str) -> Record:
    """The texts by language. In the model, the language '' is the digest's own."""
    return {key or digest_language: text for key, text in texts.items()}


def _tag(tag: Tag, catalog: Catalog, settings: Settings) -> Record:
    language = settings.language
    return {
        "id": tag.id,
        "url": f"{settings.site_url}{site_paths.tag(tag.id)}/",
        "name": in_digest_language(tag.name, language),
        "kind": tag.kind.value,
        "description": in_digest_language(tag.description, language),
        "papers": list(catalog.papers_by_tag.get(tag.id, ())),
    }


class Picks:
    """The picks of one catalog as feeds show them."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        inputs.register(self)

    @query
    def newest(self) -> tuple[PicksEntry, ...]:
        """The newest picks, at most ``PICKS_IN_FEED``."""
        all_picks = (
            collection for collection in self._catalog.collections.values() if collection.kind is CollectionKind.PICKS
        )
        newest = islice(all_picks, PICKS_IN_FEED)  # the catalog lists collections newest first
        return tuple(picks_entry(collection, self._catalog, self._settings) for collection in newest)


def picks_entry(collection: Collection, catalog: Catalog, settings: Settings) -> PicksEntry:
    """Picks as an entry of a feed, in the digest's language."""
    text = collection_texts(collection, settings.language)[0]  # the digest's language comes first
    site_path = site_paths.collection(collection.id)
    feed_item = FeedItem(
        id=f"tag:{settings.tag_authority}:{site_path}",
        title=text.name,
        url=f"{settings.site_url}{site_path}/",
        paper_url="",  # picks are about several papers
        published=collection.date,
        # The text may have been written after the day of the picks.
        updated=max(collection.date, collection.written_by.date or collection.date),
        authors=(),
        categories=(),
        summary=prose_plain(text.intro),
    )
    papers = tuple(
        PickedPaper(catalog.papers[item.paper].title, f"{settings.site_url}{site_paths.paper(item.paper)}/", item.note)
        for item in text.items
    )
    written_by = collection_writer_line(collection.written_by, settings.words)
    return PicksEntry(feed_item, text.intro, papers, written_by, settings.license)
