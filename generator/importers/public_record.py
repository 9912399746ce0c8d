"""What a public record of a paper tells, and the one way from it to a raw paper: cleaned, checked, nothing invented.

Every importer of a bibliography maps its format to a ``PublicRecord``; what all formats have in common is here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.importers.dates import iso_day, year_of
from generator.importers.people import Writer, author_list
from generator.importers.plain import plain
from generator.importers.raw_paper import Note, Options, Parsed, RawPaper, Unread
from generator.model.record import RawRecord
from generator.model.values import shown
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import KINDS, Identifier, read_identifier
from generator.text.identifiers import is_web_address
from generator.text.mojibake import repaired

__all__ = ["PublicRecord", "Writer", "add_record", "day", "plain", "unreadable", "year_of"]

day = iso_day
_RANGE = re.compile(r"\s*[-–—]+\s*")


@dataclass(frozen=True, kw_only=True)
class PublicRecord:
    """One record. ``key`` names it in its source; ``incomplete`` says that not all authors are named.

    ``year`` is the paper's where the record names no venue. ``identifiers`` may hold None, where the source's value is
    no identifier. ``unread`` is what the importer met in the record and could not use.
    """

    key: str
    title: str
    line: int = 1
    writers: Iterable[Writer] = ()
    incomplete: bool = False
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
    unread: Iterable[Unread] = ()


def add_record(parsed: Parsed, told: PublicRecord, importer: str, options: Options) -> None:
    """Add the paper that a record tells of to ``parsed``; a record without a title is noted and left out."""
    if not (title := plain(told.title)):
        parsed.notes.append(Note(told.line, f"the record {told.key!r} has no title and was left out", lost=True))
        return
    people = author_list(told.writers)
    parsed.unread += told.unread
    parsed.unread += [Unread(told.line, dropped.kind, dropped.text) for dropped in people.dropped]
    identifiers = _identifiers(told.identifiers, told.links)
    fields: RawRecord = {
        "title": title,
        "authors": people.authors,
        "track": plain(told.track),
        "volume": plain(told.volume),
        "pages": _RANGE.sub("-", plain(told.pages)).strip("-"),
        "publisher": plain(told.publisher),
        "keywords": list(dict.fromkeys(filter(None, map(plain, told.keywords)))),
        **identifiers,
        "links": {kind: link for kind, link in told.links.items() if is_web_address(link)},
        "abstract": plain(told.abstract) if options.abstract else "",
        "added": told.added or options.added or "",
        "published": told.published,
        "source": {"kind": importer, "item": plain(told.key)},
    }
    if told.incomplete or people.incomplete or not people.authors:
        fields["authors_incomplete"] = "true"
    kept = {name: value for name, value in fields.items() if value}
    parsed.papers.append(RawPaper(kept, told.line, _venue(told, identifiers)))
    _warn_of_mojibake(parsed, told, title)


def _venue(told: PublicRecord, identifiers: Mapping[str, str]) -> VenueName | None:
    """The venue; arXiv for a preprint there that names none. A name of '' has a year alone."""
    venue = told.venue and replace(told.venue, name=plain(told.venue.name), short=plain(told.venue.short))
    year = told.year or (venue.year if venue else None)
    arxiv = identifiers.get("arxiv", "")
    if venue and (venue.name or venue.short):
        return replace(venue, year=_year_of_arxiv(arxiv)) if not year and arxiv and venue.name == "arXiv" else venue
    if arxiv:
        return VenueName(name="arXiv", year=year or _year_of_arxiv(arxiv), kind=VenueKind.PREPRINT)
    return VenueName(name="", year=year) if year else None


def _year_of_arxiv(arxiv: str) -> int:
    """The year in which arXiv gave an id: https://info.arxiv.org/help/arxiv_identifier.html"""
    short = int(arxiv.rpartition("/")[2][:2])
    return 1900 + short if short > 90 else 2000 + short


def _warn_of_mojibake(parsed: Parsed, told: PublicRecord, title: str) -> None:
    names = [plain(writer.name) for writer in told.writers]
    for text in (title, *names):
        if (better := repaired(text)) != text:
            message = f"text in a wrong encoding: {shown(text)}; it may read {shown(better)}"
            parsed.notes.append(Note(told.line, message))


def _identifiers(named: Iterable[Identifier | None], links: Mapping[str, str]) -> dict[str, str]:
    """The first identifier of each kind, those that links hold included."""
    found: dict[str, str] = {}
    for each in (*named, *map(read_identifier, links.values())):
        if each is not None:
            found.setdefault(each.kind, each.value)
    return {kind: found[kind] for kind in KINDS if kind in found}


def unreadable(importer: str, why: str = "") -> Parsed:
    """What an importer gives for a text that is not of its kind, or is cut."""
    reason = f": {why}" if why else ""
    return Parsed(notes=[Note(1, f"not readable as {importer}; the file may be cut{reason}", lost=True, cut=True)])
