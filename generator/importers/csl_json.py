"""CSL-JSON, as reference managers and DOI content negotiation give it.

https://docs.citationstyles.org/en/stable/specification.html; Crossref's works have the same fields as lists.
"""

from typing import Any

from generator.importers.public_record import PublicRecord, Writer, add_record, day, unreadable, year_of
from generator.importers.raw_paper import Options, Parsed
from generator.importers.untyped import document, first, mapping, mappings, texts
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import identifier, read_identifier

NAME = "csl-json"

_KINDS = {
    "article-journal": VenueKind.JOURNAL,
    "journal-article": VenueKind.JOURNAL,
    "paper-conference": VenueKind.CONFERENCE,
    "proceedings-article": VenueKind.CONFERENCE,
    "posted-content": VenueKind.PREPRINT,
    "article": VenueKind.PREPRINT,
}
_OTHERS = {"literal": "others"}  # how Pandoc, and this digest, write BibTeX's "and others"
_DATES = ("issued", "published", "published-online", "published-print")


def recognises(text: str) -> bool:
    """A list of objects, or one object, with CSL's ``title`` and ``type`` and without Crossref's wrapping."""
    items = _items(document(text, '"title"', '"type"'))
    return bool(items) and all(isinstance(item.get("title"), str) and "type" in item for item in items[:3])


def read(text: str, options: Options) -> Parsed:
    """Read the items."""
    items = _items(document(text))
    parsed = Parsed() if items else unreadable(NAME)
    for ordinal, item in enumerate(items, 1):
        key = str(item.get("id") or item.get("DOI") or f"{options.origin}:{ordinal}")
        add_record(parsed, record_of(item, key), NAME, options)
    return parsed


def _items(value: Any) -> list[dict[str, Any]]:
    return [value] if isinstance(value, dict) else mappings(value)


def record_of(item: dict[str, Any], key: str) -> PublicRecord:
    """The record that an item of CSL-JSON, or a work of Crossref, holds."""
    parts = _date(item)
    address = first(item.get("URL"))
    authors = mappings(item.get("author"))
    incomplete = authors[-1:] == [_OTHERS]
    is_contained = bool(first(item.get("container-title")))  # of a preprint the publisher is the server
    return PublicRecord(
        key=key,
        title=first(item.get("title")),
        writers=[_writer(author) for author in (authors[:-1] if incomplete else authors)],
        incomplete=incomplete,
        venue=_venue(item, year_of(parts[0]) if parts else None),
        volume=first(item.get("volume")),
        pages=first(item.get("page")),
        publisher=first(item.get("publisher")) if is_contained else "",
        published=day(*parts) if len(parts) == 3 else "",
        identifiers=[identifier("doi", first(item.get("DOI"))), read_identifier(address)],
        keywords=first(item.get("keyword")).split(",") if "keyword" in item else texts(item.get("keywords")),
        abstract=first(item.get("abstract")),
    )


def _writer(author: dict[str, Any]) -> Writer:
    words = [first(author.get(part)) for part in ("given", "dropping-particle", "non-dropping-particle", "family")]
    whole = first(author.get("literal")) or first(author.get("name")) or " ".join(filter(None, words))
    return Writer(
        name=" ".join(filter(None, (whole, first(author.get("suffix"))))),
        affiliations=tuple(first(place.get("name")) for place in mappings(author.get("affiliation"))),
        orcid=first(author.get("ORCID")),
    )


def _venue(item: dict[str, Any], year: int | None) -> VenueName | None:
    kind = _KINDS.get(first(item.get("type")), VenueKind.OTHER)
    event = mapping(item.get("event"))
    held = first(item.get("event-title")) or first(event.get("name"))
    name = first(item.get("container-title")) or held
    if not name and kind is VenueKind.PREPRINT:
        name = first(item.get("publisher"))
    short = first(item.get("container-title-short")) or first(event.get("acronym"))
    return VenueName(name=name, year=year, kind=kind, short=short) if name else None


def _date(item: dict[str, Any]) -> list[object]:
    for field in _DATES:
        parts = mapping(item.get(field)).get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] and parts[0][0] is not None:
            return parts[0]
    return []
