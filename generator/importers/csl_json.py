"""CSL-JSON, the format of reference managers and of DOI content negotiation.

https://docs.citationstyles.org/en/stable/specification.html; Crossref's works have the same fields as lists.
"""

import re
from collections.abc import Iterator
from typing import Any

from generator.importers.dates import Dated, iso_day, read_date, year_of
from generator.importers.documents import first, json_value, mapping, mappings, texts
from generator.importers.people import RecordAuthor
from generator.importers.plain import plain, with_subtitle
from generator.importers.public_record import PublicRecord, add_record, unreadable
from generator.importers.raw_paper import Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.text.bibtex_names import read_person_or_list
from generator.text.identifiers import Identifier, identifier, is_web_address, read_identifier
from generator.text.names import joined_name, natural_order

NAME = "csl-json"

# types of CSL and of Crossref, which uses its own names for the same types
_KINDS = {
    "article-journal": VenueKind.JOURNAL,
    "journal-article": VenueKind.JOURNAL,
    "paper-conference": VenueKind.CONFERENCE,
    "proceedings-article": VenueKind.CONFERENCE,
    "posted-content": VenueKind.PREPRINT,
    "article": VenueKind.PREPRINT,
}
# types whose container is a volume of proceedings
_IN_VOLUMES = frozenset({"book-chapter", "book-part", "book-section", "proceedings-article"})
# the date of the issue first: databases also state the day of online publication
_DATES = ("issued", "published", "published-online", "published-print")
# ``arXiv:2301.00017``, ``arxiv.org/abs/2301.00017``
_ARXIV = re.compile(r"arxiv[:\s/.]{0,3}(?:abs/)?([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}/[0-9]{7})", re.IGNORECASE)
# Variables that are read, and variables that do not describe the paper.
_IMPORTED = frozenset(
    "id type title subtitle author abstract keyword keywords container-title event event-title container-title-short "
    "citation-key volume page".split()
) | set(_DATES)
# variables in which programs write the arXiv id; CSL has none for it
_ARXIV_VARIABLES = ("number", "archive_location", "archive-location", "note")


def recognizes(text: str) -> bool:
    """Whether ``text`` is one or several objects with CSL's ``title`` and ``type``, without Crossref's envelope."""
    items = _items(json_value(text, '"title"', '"type"'))
    return bool(items) and all("type" in item for item in items[:3]) and any(map(_has_title, items[:9]))


def _has_title(item: dict[str, Any]) -> bool:
    return isinstance(item.get("title"), str)


def read(text: str, options: Options) -> Parsed:
    """Read the items."""
    items = _items(json_value(text))
    parsed = Parsed() if items else unreadable(NAME)
    for ordinal, item in enumerate(items, 1):
        key = str(item.get("id") or item.get("DOI") or f"{options.origin}:{ordinal}")
        if add_record(parsed, record_of(item, key), NAME, options):
            parsed.unread += _unread(item, key, abstract=options.abstract)
    return parsed


def _unread(item: dict[str, Any], key: str, *, abstract: bool) -> Iterator[Unread]:
    """The variables of an item that were not imported."""
    imported = (_IMPORTED if abstract else _IMPORTED - {"abstract"}) | set(_used(item))
    for name, value in item.items():
        if name not in imported and value not in (None, "", [], {}):
            yield Unread(1, f"variable {name}", f"{key}: {str(value)[:80]}")


def _used(item: dict[str, Any]) -> Iterator[str]:
    """The variables that are used if their value has the expected type."""
    if identifier("doi", first(item.get("DOI"))):
        yield "DOI"
    if is_web_address(first(item.get("URL"))):
        yield "URL"
    if item.get("container-title"):
        yield "publisher"
    if any(isinstance(value, str) and identifier(kind, value) for kind, value in mapping(item.get("custom")).items()):
        yield "custom"
    for name in _ARXIV_VARIABLES:
        if _ARXIV.search(first(item.get(name))):
            yield from (name, "archive")


def _items(value: Any) -> list[dict[str, Any]]:
    """The items of a list, of an object around one (``items``, as Zotero's server returns it), or a single one."""
    if isinstance(value, dict):
        return mappings(value.get("items")) or [value]
    return mappings(value)


def record_of(item: dict[str, Any], key: str) -> PublicRecord:
    """The record in an item of CSL-JSON or in a work of Crossref."""
    dated = _date(item)
    address = first(item.get("URL"))
    authors = _authors(item.get("author"))
    from_address = read_identifier(address)
    is_contained = bool(first(item.get("container-title")))  # the publisher of a preprint is its server
    return PublicRecord(
        key=key,
        title=with_subtitle(plain(first(item.get("title"))), plain(first(item.get("subtitle")))),
        authors=authors,
        venue=_venue(item, dated.year),
        year=dated.year,
        volume=first(item.get("volume")),
        pages=first(item.get("page")),
        publisher=first(item.get("publisher")) if is_contained else "",
        published=dated.day,
        identifiers=[identifier("doi", first(item.get("DOI"))), from_address, *_other_identifiers(item)],
        links={"page": address} if address and from_address is None else {},
        keywords=first(item.get("keyword")).split(",") if "keyword" in item else texts(item.get("keywords")),
        abstract=first(item.get("abstract")),
    )


def _other_identifiers(item: dict[str, Any]) -> Iterator[Identifier | None]:
    """The arXiv id that Zotero writes to ``number``, and the identifiers that this program writes to ``custom``."""
    for kind, value in mapping(item.get("custom")).items():
        yield identifier(kind, value) if isinstance(value, str) else None
    for name in _ARXIV_VARIABLES:
        match = _ARXIV.search(first(item.get(name)))
        yield identifier("arxiv", match[1]) if match else None


def _authors(value: Any) -> list[RecordAuthor]:
    """The authors as objects. Some programs write texts, which the format does not define."""
    authors = []
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, dict):
            authors.append(_author(author))
        elif isinstance(author, str):
            authors += [
                RecordAuthor(name=person.name, family=person.family) for person in read_person_or_list(author).names
            ]
    return authors


def _author(author: dict[str, Any]) -> RecordAuthor:
    given, dropping, particle, family = (
        first(author.get(part)) for part in ("given", "dropping-particle", "non-dropping-particle", "family")
    )
    # A dropping particle belongs to the given name, a non-dropping one to the family name (CSL 1.0.2, name particles).
    family = " ".join(filter(None, (particle, family)))
    given = " ".join(filter(None, (given, dropping)))
    full_name = joined_name(given, family, first(author.get("suffix")))
    return RecordAuthor(
        name=full_name or natural_order(first(author.get("literal")) or first(author.get("name"))),
        family=family if given else "",
        affiliations=tuple(first(place.get("name")) for place in mappings(author.get("affiliation"))),
        orcid=first(author.get("ORCID")),
    )


def _venue(item: dict[str, Any], year: int | None) -> VenueName | None:
    kind = _KINDS.get(first(item.get("type")), VenueKind.OTHER)
    event = mapping(item.get("event"))
    name = container_of(item) or first(item.get("event-title")) or first(item.get("event")) or first(event.get("name"))
    if not name and kind is VenueKind.PREPRINT:
        name = first(item.get("publisher"))
    short = first(item.get("container-title-short")) or first(event.get("acronym"))
    return VenueName(name=name, year=year, kind=kind, short=short) if name else None


def container_of(item: dict[str, Any]) -> str:
    """The title of the container. Crossref lists the series of a volume before the volume's own title."""
    titles = texts(item.get("container-title"))
    return titles[-1] if titles and item.get("type") in _IN_VOLUMES else next(iter(titles), "")


def _date(item: dict[str, Any]) -> Dated:
    """The day or year of the first date that has one."""
    return next((dated for dated in map(_read, map(item.get, _DATES)) if dated.year), Dated())


def _read(value: Any) -> Dated:
    """Read a date: ``date-parts`` (maybe nested), ``raw``, ``literal`` or EDTF, or a list of them."""
    if isinstance(value, list):
        return next((dated for dated in map(_read, value) if dated.year), Dated())
    if not isinstance(value, dict):
        return read_date(value) if isinstance(value, str) else Dated(year_of(value) if value else None)
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts:
        inner = parts[0] if isinstance(parts[0], list) else parts
        if year := year_of(inner[0]) if inner else None:
            return Dated(year, iso_day(*inner) if len(inner) > 2 else "")
    if value.get("year") and (year := year_of(value["year"])):  # the form of Pandoc and YAML bibliographies
        return Dated(year, iso_day(year, value.get("month"), value.get("day")))
    written_dates = (first(value.get(name)) for name in ("raw", "literal", "edtf", "date-time"))
    return next((dated for dated in map(read_date, written_dates) if dated.year), Dated())
