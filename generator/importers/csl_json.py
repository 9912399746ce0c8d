"""CSL-JSON, the format of reference managers and of DOI content negotiation.

https://docs.citationstyles.org/en/stable/specification.html. Crossref's works have the same variables with lists as
values, so `crossref_json` uses `record_of` too.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.importers.dates import PartialDate, iso_day, read_date, year_of
from generator.importers.documents import first_text, json_value, mapping, mappings, texts
from generator.importers.people import RecordAuthor
from generator.importers.plain import plain, with_subtitle
from generator.importers.public_record import PublicRecord, add_record, unreadable
from generator.importers.raw_paper import Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.text.bibtex_names import read_person_or_list
from generator.text.identifiers import Identifier, identifier, is_web_address, read_identifier
from generator.text.names import joined_name, natural_order

NAME = "csl-json"

# types of CSL and of Crossref, which has other names for the same types
_KINDS = {
    "article-journal": VenueKind.JOURNAL,
    "journal-article": VenueKind.JOURNAL,
    "paper-conference": VenueKind.CONFERENCE,
    "proceedings-article": VenueKind.CONFERENCE,
    "posted-content": VenueKind.PREPRINT,
    "article": VenueKind.PREPRINT,
}
# types of papers in a volume, for which Crossref also lists the series of the volume as a container
_IN_VOLUMES = frozenset({"book-chapter", "book-part", "book-section", "proceedings-article"})
# CSL has ``issued``; the others are Crossref's, and may be the day of online publication
_DATES = ("issued", "published", "published-online", "published-print")
# ``arXiv:2301.00017``, ``arxiv.org/abs/2301.00017``
_ARXIV = re.compile(r"arxiv[:\s/.]{0,3}(?:abs/)?([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}/[0-9]{7})", re.IGNORECASE)
# Variables that are imported or do not describe the paper; others are reported as unread.
_IMPORTED = frozenset(
    "id type title subtitle author abstract keyword keywords container-title event event-title container-title-short "
    "citation-key volume page".split()
) | set(_DATES)
# variables in which programs write the arXiv id; CSL has none for it
_ARXIV_VARIABLES = ("number", "archive_location", "archive-location", "note")


def recognizes(text: str) -> bool:
    """Whether ``text`` is one or several objects with ``type``, some of which have a text as ``title``."""
    items = _items(json_value(text, '"title"', '"type"'))
    # The first items are enough. Crossref's titles are lists.
    has_title = any(isinstance(item.get("title"), str) for item in items[:9])
    return has_title and all("type" in item for item in items[:3])


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
    """Yield the variables, besides `_IMPORTED`, that `record_of` could use in this item."""
    if identifier("doi", first_text(item.get("DOI"))):
        yield "DOI"
    if is_web_address(first_text(item.get("URL"))):
        yield "URL"
    publisher, venue = first_text(item.get("publisher")), _venue(item, None)
    if item.get("container-title") or (venue and venue.name == publisher):
        yield "publisher"
    if any(isinstance(value, str) and identifier(kind, value) for kind, value in mapping(item.get("custom")).items()):
        yield "custom"
    for name in _ARXIV_VARIABLES:
        if _ARXIV.search(first_text(item.get(name))):
            yield from (name, "archive")


def _items(value: Any) -> list[dict[str, Any]]:
    """The items in a list, in an object with a list (``{"items": […]}``, from Zotero's server), or a single item."""
    if isinstance(value, dict):
        return mappings(value.get("items")) or [value]
    return mappings(value)


def record_of(item: dict[str, Any], key: str) -> PublicRecord:
    """Convert an item of CSL-JSON or a work of Crossref to a record. ``key`` identifies it in the source."""
    date = _date(item)
    address = first_text(item.get("URL"))
    linked_identifier = read_identifier(address)
    # Without a container, the publisher is the server of the preprint.
    is_contained = bool(first_text(item.get("container-title")))
    return PublicRecord(
        key=key,
        title=with_subtitle(plain(first_text(item.get("title"))), plain(first_text(item.get("subtitle")))),
        authors=_authors(item.get("author")),
        venue=_venue(item, date.year),
        year=date.year,
        volume=_text_or_number(item.get("volume")),
        pages=_text_or_number(item.get("page")),
        publisher=first_text(item.get("publisher")) if is_contained else "",
        published=date.iso_day,
        identifiers=[identifier("doi", first_text(item.get("DOI"))), linked_identifier, *_other_identifiers(item)],
        links={"page": address} if address and linked_identifier is None else {},
        keywords=first_text(item.get("keyword")).split(",") if "keyword" in item else texts(item.get("keywords")),
        abstract=first_text(item.get("abstract")),
    )


def _text_or_number(value: Any) -> str:
    return str(value) if type(value) is int else first_text(value)


def _other_identifiers(item: dict[str, Any]) -> Iterator[Identifier | None]:
    """The identifiers that this program writes to ``custom``, and the arXiv id in one of ``_ARXIV_VARIABLES``."""
    for kind, value in mapping(item.get("custom")).items():
        yield identifier(kind, value) if isinstance(value, str) else None
    for name in _ARXIV_VARIABLES:
        match = _ARXIV.search(first_text(item.get(name)))
        yield identifier("arxiv", match[1]) if match else None


def _authors(value: Any) -> list[RecordAuthor]:
    """The authors from a list of objects, or from texts, which some programs write against the specification."""
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
        first_text(author.get(part)) for part in ("given", "dropping-particle", "non-dropping-particle", "family")
    )
    # A dropping particle belongs to the given name, a non-dropping one to the family name (CSL 1.0.2, name particles).
    family = " ".join(filter(None, (particle, family)))
    given = " ".join(filter(None, (given, dropping)))
    full_name = joined_name(given, family, first_text(author.get("suffix")))
    return RecordAuthor(
        name=full_name or natural_order(first_text(author.get("literal")) or first_text(author.get("name"))),
        family=family if given else "",
        affiliations=tuple(first_text(institution.get("name")) for institution in mappings(author.get("affiliation"))),
        orcid=first_text(author.get("ORCID")),
    )


def _venue(item: dict[str, Any], year: int | None) -> VenueName | None:
    kind = _KINDS.get(first_text(item.get("type")), VenueKind.OTHER)
    event = mapping(item.get("event"))
    event_names = map(first_text, (item.get("event-title"), item.get("event"), event.get("name")))
    name = container_of(item) or next(filter(None, event_names), "")
    if not name and kind is VenueKind.PREPRINT:
        name = first_text(item.get("publisher"))
    short = first_text(item.get("container-title-short")) or first_text(event.get("acronym"))
    return VenueName(name=name, year=year, kind=kind, short=short) if name else None


def container_of(item: dict[str, Any]) -> str:
    """The title of the container. Crossref lists the series of a volume before the volume's own title."""
    titles = texts(item.get("container-title"))
    return titles[-1] if titles and first_text(item.get("type")) in _IN_VOLUMES else next(iter(titles), "")


def _date(item: dict[str, Any]) -> PartialDate:
    """The first date of an item that has a year."""
    return _first_with_year(_read_csl_date(item.get(name)) for name in _DATES)


def _first_with_year(dates: Iterable[PartialDate]) -> PartialDate:
    return next((date for date in dates if date.year), PartialDate())


def _read_csl_date(value: Any) -> PartialDate:
    """Read a date variable: an object with ``date-parts``, ``year`` or a text (``raw``), a text, a year, or a list."""
    if isinstance(value, list):
        return _first_with_year(map(_read_csl_date, value))
    if not isinstance(value, dict):
        return read_date(value) if isinstance(value, str) else PartialDate(year_of(value) if value else None)
    dates = value.get("date-parts")
    if isinstance(dates, list) and dates:
        date_parts = dates[0] if isinstance(dates[0], list) else dates  # ``[[2025, 4, 2]]`` or ``[2025, 4, 2]``
        if year := year_of(date_parts[0]) if date_parts else None:
            return PartialDate(year, iso_day(*date_parts) if len(date_parts) > 2 else "")
    if value.get("year") and (year := year_of(value["year"])):  # in bibliographies of Pandoc and in YAML
        return PartialDate(year, iso_day(year, value.get("month"), value.get("day")))
    return _first_with_year(read_date(first_text(value.get(name))) for name in ("raw", "literal", "edtf", "date-time"))
