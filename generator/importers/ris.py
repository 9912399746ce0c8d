"""RIS, as reference managers and publishers export it. https://en.wikipedia.org/wiki/RIS_(file_format)"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import rispy

from generator.importers.public_record import PublicRecord, Writer, add_record, day, year_of
from generator.importers.raw_paper import Note, Options, Parsed
from generator.importers.untyped import first, texts
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import identifier, read_identifier
from generator.text.names import natural_order

NAME = "ris"

_START = re.compile(r"^[ \t]*TY  ?-", re.MULTILINE)
_TAG = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?")
_END = re.compile(r"^ER  ?-", re.MULTILINE)
_KINDS = {
    "JOUR": VenueKind.JOURNAL,
    "CONF": VenueKind.CONFERENCE,
    "CPAPER": VenueKind.CONFERENCE,
    "UNPB": VenueKind.PREPRINT,
}
_VENUES = ("secondary_title", "journal_name", "alternate_title3", "alternate_title2")


def recognises(text: str) -> bool:
    """The first line that is not blank opens a reference."""
    return bool(_START.match(text.removeprefix("\ufeff").lstrip()))


def read(text: str, options: Options) -> Parsed:
    """Read the references. One without its end is noted, since the file is cut there."""
    parsed = Parsed()
    for ordinal, (line, reference) in enumerate(_references(text), 1):
        try:
            entries = rispy.loads(reference) if _END.search(reference) else []
        except (KeyError, TypeError, AttributeError):  # a continuation line where there is nothing to continue
            entries = []
        if entries:
            add_record(parsed, _record(entries[0], f"{options.origin}:{ordinal}", line), NAME, options)
        else:
            parsed.notes.append(Note(line, "the reference is broken, or has no ER line: is the file cut?", lost=True))
    if not parsed.papers and not parsed.notes:
        parsed.notes.append(Note(1, "no reference was found: each opens with a line TY", lost=True))
    return parsed


def _references(text: str) -> Iterator[tuple[int, str]]:
    """Each reference with its first line's number. Lines lose what surrounds them; short tag gaps are widened."""
    lines = [_TAG.sub(r"\1  - ", line.strip()) for line in text.removeprefix("\ufeff").split("\n")]
    starts = [number for number, line in enumerate(lines) if line.startswith("TY  -")]
    for start, end in pairwise([*starts, len(lines)]):
        yield start + 1, "\n".join(lines[start:end])


def _record(entry: dict[str, Any], key: str, line: int) -> PublicRecord:
    date = first(entry.get("date")) or first(entry.get("publication_year"))
    year = year_of(first(entry.get("year")) or date)
    venue = next((first(entry[field]) for field in _VENUES if entry.get(field)), "")
    kind = _KINDS.get(first(entry.get("type_of_reference")), VenueKind.OTHER)
    names = texts(entry.get("authors")) or texts(entry.get("first_authors"))
    addresses = texts(entry.get("urls"))
    return PublicRecord(
        key=first(entry.get("id")) or key,
        line=line,
        title=first(entry.get("title")) or first(entry.get("primary_title")),
        writers=[Writer(name=natural_order(name)) for name in names],
        venue=VenueName(name=venue, year=year, kind=kind) if venue else None,
        volume=first(entry.get("volume")),
        pages="-".join(filter(None, (first(entry.get("start_page")), first(entry.get("end_page"))))),
        publisher=first(entry.get("publisher")),
        published=day(*date.split("/")[:3]),
        identifiers=[identifier("doi", first(entry.get("doi"))), *map(read_identifier, addresses)],
        keywords=texts(entry.get("keywords")),
        abstract=first(entry.get("abstract")) or first(entry.get("notes_abstract")),
    )
