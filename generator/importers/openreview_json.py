"""Notes of OpenReview's API, version 2: submissions are papers, their replies are not.

https://docs.openreview.net/reference/api-v2/entities/note
"""

import re
from datetime import UTC, datetime
from typing import Any

from generator.importers.public_record import PublicRecord, Writer, add_record, unreadable, year_of
from generator.importers.raw_paper import Note, Options, Parsed
from generator.importers.untyped import document, first, mapping, mappings, texts
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import identifier

NAME = "openreview-json"

_UNDECIDED = re.compile(r"submi|withdrawn|reject", re.IGNORECASE)
_EDITION = re.compile(r"(?P<name>\D+?) (?P<year>20[0-9]{2})\b *(?P<track>.*)", re.DOTALL)


def recognises(text: str) -> bool:
    """A list of ``notes`` with an id, a forum and content."""
    return bool(_notes(document(text, '"notes"', '"content"')))


def read(text: str, options: Options) -> Parsed:
    """Read the submissions. Reviews and comments are left out; an undecided paper has no venue, with a note."""
    notes = _notes(document(text))
    parsed = Parsed() if notes else unreadable(NAME)
    for note in notes:
        if note.get("forum", note["id"]) == note["id"]:
            record = _record(note)
            if record.venue is None:
                parsed.notes.append(Note(1, f"{record.key!r}: no venue has accepted the paper yet"))
            add_record(parsed, record, NAME, options)
    return parsed


def _notes(value: Any) -> list[dict[str, Any]]:
    notes = mappings(mapping(value).get("notes"))
    return [note for note in notes if isinstance(note.get("id"), str) and isinstance(note.get("content"), dict)]


def _record(note: dict[str, Any]) -> PublicRecord:
    content = {key: mapping(field).get("value") for key, field in note["content"].items()}
    published = _day(note.get("pdate") or note.get("odate"))
    named, venue_id = first(content.get("venue")), first(content.get("venueid"))
    venue, track = _venue(named, venue_id, year_of(published))
    return PublicRecord(
        key=note["id"],
        title=first(content.get("title")),
        writers=[Writer(name=name) for name in texts(content.get("authors"))],
        venue=venue,
        track=track,
        published=published,
        identifiers=[identifier("openreview", note["id"])],
        keywords=texts(content.get("keywords")),
        abstract=first(content.get("abstract")),
    )


def _venue(named: str, venue_id: str, year: int | None) -> tuple[VenueName | None, str]:
    """The venue and the track of an accepted paper: ``ICLR 2025 Poster``, ``Accepted by TMLR``, a workshop."""
    if not named or _UNDECIDED.search(named) or _UNDECIDED.search(venue_id):
        return None, ""
    host, _, rest = venue_id.partition("/")
    if "workshop" in rest.lower():
        name = f"{host.partition('.')[0]} Workshop"
        return VenueName(name=name, year=year_of(rest) or year, kind=VenueKind.WORKSHOP), named
    if match := _EDITION.fullmatch(named):
        venue = VenueName(name=match["name"], year=int(match["year"]), kind=VenueKind.CONFERENCE)
        return venue, match["track"].lower()
    return VenueName(name=named.removeprefix("Accepted by "), year=year, kind=VenueKind.JOURNAL), ""


def _day(milliseconds: object) -> str:
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        return ""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
