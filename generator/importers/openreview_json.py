"""OpenReview's API, versions 1 and 2: submissions are imported as papers, replies are not.

OpenReview calls each of them a note (https://docs.openreview.net/reference/api-v2/entities/note). In version 2, each
value of ``content`` is in an object with the key ``value``; in version 1, it is not.
"""

import re
from datetime import UTC, datetime
from typing import Any

from generator.importers.dates import year_of
from generator.importers.documents import LineFinder, first, json_value, mapping, mappings, texts
from generator.importers.people import RecordAuthor
from generator.importers.public_record import PublicRecord, add_record, note_if_empty, unread_fields, unreadable
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.text.identifiers import identifier, is_web_address

NAME = "openreview-json"

# ``Submitted to ICLR 2025``, ``Withdrawn Submission``: not a venue
_UNDECIDED = re.compile(r"submi|withdrawn|reject|under review", re.IGNORECASE)
# ``ICLR 2025 Oral`` in the field ``venue``
_EDITION = re.compile(r"(?P<name>\D+?) (?P<year>20[0-9]{2})\b *(?P<track>.*)", re.DOTALL)
# ``ICLR.cc/2025/Conference`` in the field ``venueid``
_GROUP = re.compile(r"(?P<host>[^./]+)\.[^/]+/(?P<year>20[0-9]{2})/(?P<rest>.+)")
# ``Accept (Oral)`` in the reply with the decision
_DECISION = re.compile(r"\s*accept(?:ed)?\b[\s:(–-]*(?P<track>[^()]*)", re.IGNORECASE)
# Conferences choose the names of fields, so several mean the same link.
_LINKS = {
    "pdf": "pdf", "code": "code", "code_url": "code", "code_link": "code", "github": "code", "software": "code",
    "project_page": "project", "project": "project", "website": "project", "homepage": "project", "video": "video",
    "slides": "slides", "poster": "poster", "dataset": "data", "data": "data", "dataset_url": "data", "html": "page",
}  # fmt: skip
_IMPORTED = frozenset({"title", "authors", "venue", "venueid", "keywords", "abstract"})


def recognizes(text: str) -> bool:
    """Whether ``text`` is a list of notes with id, forum and content."""
    return bool(_entries(json_value(text, '"content"', '"forum"')))


def read(text: str, options: Options) -> Parsed:
    """Read the submissions, without reviews and comments. Papers without a decision have no venue; a note says so."""
    entries = _entries(json_value(text))
    parsed = Parsed() if entries else unreadable(NAME)
    lines = LineFinder(text)
    for entry in entries:
        line = lines.line_of(f'"{entry["id"]}"')
        if entry.get("forum", entry["id"]) != entry["id"]:
            parsed.unread.append(Unread(line, "reply to a paper", entry["id"]))
            continue
        content = {key: _value(field) for key, field in entry["content"].items()}
        record = _record(entry, content, line, parsed)
        if record.venue is None:
            parsed.notes.append(Note(line, f"{record.key!r}: {_why_undecided(content)}"))
        add_record(parsed, record, NAME, options)
        used = {name for name, kind in _LINKS.items() if content.get(name) in record.links.values()}
        derived = {"pdf"} if first(content.get("pdf")).startswith(("/pdf", "pdf/")) else set()  # follows from the id
        abstract = set() if options.abstract else {"abstract"}
        parsed.unread += unread_fields(content, (_IMPORTED - abstract) | used | derived, line)
    return note_if_empty(parsed)


def _entries(value: Any) -> list[dict[str, Any]]:
    """The notes of OpenReview in a document. Here they are entries, since `Note` is a message of an importer."""
    document = mapping(value)
    entries = mappings(document.get("notes")) or mappings(value) or [document]
    return [
        entry
        for entry in entries
        if isinstance(entry.get("id"), str) and isinstance(entry.get("content"), dict) and "forum" in entry
    ]


def _value(field: Any) -> Any:
    """The value of a content field, in either version."""
    return field["value"] if isinstance(field, dict) and "value" in field else field


def _why_undecided(content: dict[str, Any]) -> str:
    stated = first(content.get("venue"))
    return (
        f"no venue has accepted the paper: {stated}" if stated else "the record names no venue that accepted the paper"
    )


def _record(entry: dict[str, Any], content: dict[str, Any], line: int, parsed: Parsed) -> PublicRecord:
    published = _day(entry.get("pdate") or entry.get("odate"))
    venue, track = _venue(entry, content, year_of(published))
    # Reversed, so that of several fields for one kind the first of the table counts.
    links = {kind: first(content.get(name)) for name, kind in reversed(_LINKS.items())}
    return PublicRecord(
        key=entry["id"],
        title=first(content.get("title")),
        line=line,
        authors=_authors(content.get("authors"), line, parsed),
        venue=venue,
        track=track,
        published=published,
        identifiers=[identifier("openreview", entry["id"])],
        links={kind: link for kind, link in links.items() if is_web_address(link)},
        keywords=texts(content.get("keywords")),
        abstract=first(content.get("abstract")),
    )


def _authors(value: Any, line: int, parsed: Parsed) -> list[RecordAuthor]:
    """The authors as names, or as objects with name, profile and institutions."""
    if isinstance(value, str):
        return [RecordAuthor(name=name) for name in re.split(r",(?! *(?:Jr|Sr)\b)|;|\band\b", value)]
    authors = []
    for author in value if isinstance(value, list) else []:
        if isinstance(author, str):
            authors.append(RecordAuthor(name=author))
            continue
        profile = mapping(author)
        parts = " ".join(filter(None, (first(profile.get(part)) for part in ("first", "middle", "last"))))
        name = first(profile.get("fullname")) or first(profile.get("name")) or parts
        if not name:
            parsed.unread.append(
                Unread(line, "author without a name", first(profile.get("username")) or str(author)[:80])
            )
            authors.append(RecordAuthor(name="others"))  # as in BibTeX: `author_list` then marks the list as incomplete
            continue
        institutions = [*mappings(profile.get("institutions")), mapping(profile.get("institution"))]
        names = [first(institution.get("name")) for institution in institutions]
        authors.append(
            RecordAuthor(name=name, affiliations=tuple(filter(None, names)), orcid=first(profile.get("orcid")))
        )
    return authors


def _venue(entry: dict[str, Any], content: dict[str, Any], year: int | None) -> tuple[VenueName | None, str]:
    """The venue and track of an accepted paper: ``ICLR 2025 Poster``, ``Accepted by TMLR``, a workshop."""
    stated, venue_id = first(content.get("venue")), first(content.get("venueid"))
    if not stated:
        return _venue_of_decision(entry, content)
    if _UNDECIDED.search(stated) or _UNDECIDED.search(venue_id):
        return None, ""
    host, _, rest = venue_id.partition("/")
    if "workshop" in rest.lower():
        name = f"{host.partition('.')[0]} Workshop"
        return VenueName(name=name, year=year_of(rest) or year, kind=VenueKind.WORKSHOP), stated
    if match := _EDITION.fullmatch(stated):
        venue = VenueName(name=match["name"], year=int(match["year"]), kind=VenueKind.CONFERENCE)
        return venue, match["track"].lower()
    kind = VenueKind.CONFERENCE if rest.lower().endswith("/conference") else VenueKind.JOURNAL
    return VenueName(name=stated.removeprefix("Accepted by "), year=year or year_of(rest), kind=kind), ""


def _venue_of_decision(entry: dict[str, Any], content: dict[str, Any]) -> tuple[VenueName | None, str]:
    """The venue of a paper from years in which the decision was a reply, if the record contains that reply."""
    details = mapping(entry.get("details"))
    replies = [*mappings(details.get("directReplies")), *mappings(details.get("replies"))]
    decisions = [first(_value(mapping(reply.get("content")).get("decision"))) for reply in replies]
    match = next(
        (decision for text in [first(content.get("decision")), *decisions] if (decision := _DECISION.match(text))), None
    )
    group = _GROUP.match(first(content.get("venueid")) or first(entry.get("invitation")))
    if match is None or group is None:
        return None, ""
    is_workshop = "workshop" in group["rest"].lower()
    name = f"{group['host']} Workshop" if is_workshop else group["host"]
    kind = VenueKind.WORKSHOP if is_workshop else VenueKind.CONFERENCE
    return VenueName(name=name, year=int(group["year"]), kind=kind), match["track"].strip().lower()


def _day(milliseconds: object) -> str:
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        return ""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
