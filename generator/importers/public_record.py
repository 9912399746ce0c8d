"""Public records of papers, and their conversion to raw papers. Text is cleaned and checked, never guessed.

Every importer of a bibliography maps its records to ``PublicRecord`` and passes them to ``add_record``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.importers.dates import year_of
from generator.importers.people import RecordAuthor, author_list
from generator.importers.plain import plain
from generator.importers.raw_paper import Note, Options, Parsed, RawPaper, Unread
from generator.model.entities import VenueKind, VenueName
from generator.model.record import RawRecord
from generator.model.values import quoted
from generator.text.data_entry import repair_mojibake
from generator.text.identifiers import KINDS, Identifier, is_web_address, read_identifier

_DASHES = re.compile(r"(?<!\s)\s*+[-–—][-–—\s]*+")  # any dash in ``12--34``, with or without spaces
_MAX_UNREAD_LENGTH = 200  # characters of a value in a report; the report names the line, so a beginning is enough


@dataclass(frozen=True, kw_only=True)
class PublicRecord:
    """One record, with ISO dates and uncleaned text.

    ``key`` identifies it in its source. ``authors_incomplete`` is true if some are missing. ``year`` is the year of
    publication, for a record whose ``venue`` has no name. ``identifiers`` may contain None for invalid values.
    ``links`` are URLs by kind.
    """

    key: str
    title: str
    line: int = 1
    authors: Iterable[RecordAuthor] = ()
    authors_incomplete: bool = False
    venue: VenueName | None = None
    year: int | None = None
    track: str = ""
    volume: str = ""
    pages: str = ""
    publisher: str = ""
    added: str = ""
    published: str = ""
    identifiers: Iterable[Identifier | None] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    keywords: Iterable[str] = ()
    abstract: str = ""


def add_record(
    parsed: Parsed, record: PublicRecord, importer: str, options: Options, extra_fields: RawRecord | None = None
) -> bool:
    """Add the paper of a record to ``parsed``. ``importer`` is the importer's ``NAME``.

    ``extra_fields`` are fields of the entry that `PublicRecord` does not have. Returns False for a record without a
    title, which is reported and left out.
    """
    if not (title := plain(record.title)):
        parsed.notes.append(Note(record.line, f"the record {record.key!r} has no title and was left out", lost=True))
        return False
    authors = author_list(record.authors)
    parsed.unread += [Unread(record.line, dropped.kind, dropped.text) for dropped in authors.dropped]
    identifiers = _identifiers(record.identifiers, record.links)
    fields: RawRecord = {
        "title": title,
        "authors": authors.authors,
        "track": plain(record.track),
        "volume": plain(record.volume),
        "pages": _DASHES.sub("-", plain(record.pages)).strip("-"),
        "publisher": plain(record.publisher),
        "keywords": list(dict.fromkeys(filter(None, map(plain, record.keywords)))),
        **identifiers,
        "links": {kind: link for kind, link in record.links.items() if is_web_address(link)},
        "abstract": plain(record.abstract) if options.abstract else "",
        "added": record.added or options.added or "",
        "published": record.published,
        "source": {"kind": importer, "item": plain(record.key)},
    }
    if record.authors_incomplete or authors.incomplete or not authors.authors:
        fields["authors_incomplete"] = "true"
    nonempty_fields = {name: value for name, value in {**(extra_fields or {}), **fields}.items() if value}
    parsed.papers.append(RawPaper(nonempty_fields, record.line, _venue(record, identifiers)))
    _warn_of_mojibake(parsed, record)
    return True


def note_if_empty(parsed: Parsed) -> Parsed:
    """Return ``parsed``, with a note if it has neither papers nor notes."""
    if not parsed.papers and not parsed.notes:
        parsed.notes.append(Note(1, "no record of a paper was found"))
    return parsed


def unreadable(importer: str, why: str = "") -> Parsed:
    """The result for a text that the importer cannot read. ``why`` is the parser's message, if any."""
    reason = f": {why}" if why else ""
    return Parsed(notes=[Note(1, f"not readable as {importer}; the file may be cut{reason}", lost=True, cut=True)])


def unread_fields(fields: Mapping[str, Any], known: Iterable[str], line: int) -> list[Unread]:
    """The fields of a record that are neither ``known`` nor empty."""
    known_names = frozenset(known)
    return [
        Unread(line, f"field {name}", _short(value))
        for name, value in fields.items()
        if name not in known_names and value not in (None, "", [], {}, False)
    ]


def arxiv_edition(paper_id: Identifier | None, published: str) -> VenueName | None:
    """The venue arXiv in the year of ``published`` or, without it, of the arXiv id; None for any other identifier."""
    if paper_id is None or paper_id.kind != "arxiv":
        return None
    year = year_of(published) or _year_of_arxiv(paper_id.value)
    return VenueName(name="arXiv", year=year, kind=VenueKind.PREPRINT)


def _venue(record: PublicRecord, identifiers: Mapping[str, str]) -> VenueName | None:
    """The record's venue; without one, arXiv if the paper has an arXiv id, else a venue that has only a year, or None.

    A venue with a name does not get the record's year. Only arXiv without a year gets the year of the arXiv id.
    """
    venue = record.venue and replace(record.venue, name=plain(record.venue.name), short=plain(record.venue.short))
    arxiv_id = identifiers.get("arxiv", "")
    if venue and (venue.name or venue.short):
        needs_year = venue.name == "arXiv" and arxiv_id and not venue.year
        return replace(venue, year=_year_of_arxiv(arxiv_id)) if needs_year else venue
    year = record.year or (venue.year if venue else None)
    if arxiv_id:
        return VenueName(name="arXiv", year=year or _year_of_arxiv(arxiv_id), kind=VenueKind.PREPRINT)
    return VenueName(name="", year=year) if year else None


def _year_of_arxiv(arxiv_id: str) -> int:
    """The year in ``2301.00017`` or ``math/0309136``: https://info.arxiv.org/help/arxiv_identifier.html"""
    two_digits = int(arxiv_id.rpartition("/")[2][:2])
    return 1900 + two_digits if two_digits > 90 else 2000 + two_digits  # arXiv began in 1991


def _identifiers(record_identifiers: Iterable[Identifier | None], links: Mapping[str, str]) -> dict[str, str]:
    """The first identifier of each kind, by kind in the order of `KINDS`. Links are searched too."""
    values: dict[str, str] = {}
    # Identifiers of the record come before those in links, which may lead to another version of the paper.
    for identifier in (*record_identifiers, *map(read_identifier, links.values())):
        if identifier is not None:
            values.setdefault(identifier.kind, identifier.value)
    return {kind: values[kind] for kind in KINDS if kind in values}


def _warn_of_mojibake(parsed: Parsed, record: PublicRecord) -> None:
    # The repair comes before cleaning, which may remove a byte of a character in a wrong encoding (a soft hyphen).
    for text in (record.title, *(author.name for author in record.authors)):
        if isinstance(text, str) and (better := plain(repair_mojibake(text))) != plain(text):
            message = f"text in a wrong encoding: {quoted(plain(text))}; it may read {quoted(better)}"
            parsed.notes.append(Note(record.line, message))


def _short(value: Any) -> str:
    """A JSON value as one line of a report: ``3 values`` for a list."""
    if isinstance(value, str):
        return " ".join(value[:_MAX_UNREAD_LENGTH].split())
    if isinstance(value, (int, float)):
        return str(value)
    return f"{len(value)} values" if isinstance(value, (list, dict)) else type(value).__name__
