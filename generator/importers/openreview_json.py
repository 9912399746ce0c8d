"""Responses of OpenReview's API, versions 1 and 2: submissions are imported as papers, replies are not.

OpenReview calls submissions and replies notes (https://docs.openreview.net/reference/api-v2/entities/note). In version
2, each value of ``content`` is in an object with the key ``value``; in version 1, it is not.
"""

import re
from datetime import UTC, datetime
from typing import Any

from generator.importers.dates import year_of
from generator.importers.documents import LineFinder, first_text, json_value, mapping, mappings, texts
from generator.importers.people import RecordAuthor
from generator.importers.public_record import PublicRecord, add_record, note_if_empty, unread_fields, unreadable
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.text.identifiers import identifier, is_web_address

NAME = "openreview-json"

# ``Submitted to ICLR 2025``, ``Withdrawn Submission``: no venue has accepted the paper
_NOT_ACCEPTED = re.compile(r"submi|withdrawn|reject|under review", re.IGNORECASE)
# ``ICLR 2025 Oral`` in the field ``venue``
_EDITION = re.compile(r"(?P<name>\D+?) (?P<year>20[0-9]{2})\b *(?P<track>.*)", re.DOTALL)
# ``ICLR.cc/2025/Conference`` in the field ``venueid``
_GROUP = re.compile(r"(?P<host>[^./]+)\.[^/]+/(?P<year>20[0-9]{2})/(?P<rest>.+)")
# ``Accept (Oral)`` in the reply with the decision
_DECISION = re.compile(r"\s*accept(?:ed)?\b[\s:(–-]*(?P<track>[^()]*)", re.IGNORECASE)
# Fields with URLs, and the kind of link of each; the first field of a kind counts. Conferences choose the names.
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
    """Read the submissions, without reviews and comments. Papers that no venue accepted get no venue, but a note."""
    entries = _entries(json_value(text))
    parsed = Parsed() if entries else unreadable(NAME)
    lines = LineFinder(text)
    for entry in entries:
        line = lines.line_of(f'"{entry["id"]}"')
        if entry["forum"] != entry["id"]:  # the forum of a reply is the id of its paper
            parsed.unread.append(Unread(line, "reply to a paper", entry["id"]))
            continue
        content = {key: _value(field) for key, field in entry["content"].items()}
        record = _record(entry, content, line, parsed)
        if record.venue is None:
            parsed.notes.append(Note(line, f"{record.key!r}: {_why_no_venue(content)}"))
        add_record(parsed, record, NAME, options)
        used = {name for name in _LINKS if _url(content, name) in record.links.values()}
        # A path on OpenReview follows from the id, so it is neither a link nor reported.
        derived = {"pdf"} if first_text(content.get("pdf")).startswith(("/pdf", "pdf/")) else set()
        abstract = set() if options.abstract else {"abstract"}
        parsed.unread += unread_fields(content, (_IMPORTED - abstract) | used | derived, line)
    return note_if_empty(parsed)


def _entries(value: Any) -> list[dict[str, Any]]:
    """The notes of OpenReview in a document, called entries here because a `Note` is an importer's message."""
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


def _url(content: dict[str, Any], name: str) -> str:
    return first_text(content.get(name)).strip()


def _why_no_venue(content: dict[str, Any]) -> str:
    venue_text = first_text(content.get("venue"))
    if venue_text:
        return f"no venue has accepted the paper: {venue_text}"
    return "the record names no venue that accepted the paper"


def _record(entry: dict[str, Any], content: dict[str, Any], line: int, parsed: Parsed) -> PublicRecord:
    published = _day(entry.get("pdate") or entry.get("odate"))
    venue, track = _venue(entry, content, year_of(published))
    links: dict[str, str] = {}
    for name, kind in _LINKS.items():
        if is_web_address(address := _url(content, name)):
            links.setdefault(kind, address)
    return PublicRecord(
        key=entry["id"],
        title=first_text(content.get("title")),
        line=line,
        authors=_authors(content.get("authors"), line, parsed),
        venue=venue,
        track=track,
        published=published,
        identifiers=[identifier("openreview", entry["id"])],
        links=links,
        keywords=texts(content.get("keywords")),
        abstract=first_text(content.get("abstract")),
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
        joined_parts = " ".join(filter(None, (first_text(profile.get(part)) for part in ("first", "middle", "last"))))
        name = first_text(profile.get("fullname")) or first_text(profile.get("name")) or joined_parts
        if not name:
            parsed.unread.append(
                Unread(line, "author without a name", first_text(profile.get("username")) or str(author)[:80])
            )
            authors.append(RecordAuthor(name="others"))  # as in BibTeX: `author_list` then marks the list as incomplete
            continue
        institutions = [*mappings(profile.get("institutions")), mapping(profile.get("institution"))]
        names = [first_text(institution.get("name")) for institution in institutions]
        authors.append(
            RecordAuthor(name=name, affiliations=tuple(filter(None, names)), orcid=first_text(profile.get("orcid")))
        )
    return authors


def _venue(entry: dict[str, Any], content: dict[str, Any], year: int | None) -> tuple[VenueName | None, str]:
    """The venue and track of an accepted paper: ``ICLR 2025 Poster``, ``Accepted by TMLR``; else None and ''.

    ``year`` is that of publication, for venues without a year.
    """
    venue_text, venue_id = first_text(content.get("venue")), first_text(content.get("venueid"))
    if not venue_text:
        return _venue_of_decision(entry, content)
    if _NOT_ACCEPTED.search(venue_text) or _NOT_ACCEPTED.search(venue_id):
        return None, ""
    host, _, rest = venue_id.partition("/")
    if "workshop" in rest.lower():
        name = f"{host.partition('.')[0]} Workshop"
        return VenueName(name=name, year=year_of(rest) or year, kind=VenueKind.WORKSHOP), venue_text
    if match := _EDITION.fullmatch(venue_text):
        venue = VenueName(name=match["name"], year=int(match["year"]), kind=VenueKind.CONFERENCE)
        return venue, match["track"].lower()
    kind = VenueKind.CONFERENCE if rest.lower().endswith("/conference") else VenueKind.JOURNAL
    return VenueName(name=venue_text.removeprefix("Accepted by "), year=year or year_of(rest), kind=kind), ""


def _venue_of_decision(entry: dict[str, Any], content: dict[str, Any]) -> tuple[VenueName | None, str]:
    """The venue and track of a paper without ``venue``, from a decision in the record or in its replies.

    In earlier years, decisions were replies. The record contains replies if the request has ``details=replies``.
    """
    details = mapping(entry.get("details"))
    replies = [*mappings(details.get("directReplies")), *mappings(details.get("replies"))]
    reply_contents = [mapping(reply.get("content")) for reply in replies]
    decisions = [content.get("decision"), *(_value(reply.get("decision")) for reply in reply_contents)]
    acceptance = next(filter(None, (_DECISION.match(first_text(decision)) for decision in decisions)), None)
    group = _GROUP.match(first_text(content.get("venueid")) or first_text(entry.get("invitation")))
    if acceptance is None or group is None:
        return None, ""
    is_workshop = "workshop" in group["rest"].lower()
    name = f"{group['host']} Workshop" if is_workshop else group["host"]
    kind = VenueKind.WORKSHOP if is_workshop else VenueKind.CONFERENCE
    return VenueName(name=name, year=int(group["year"]), kind=kind), acceptance["track"].strip().lower()


def _day(milliseconds: object) -> str:
    """The ISO date of a time in milliseconds since 1970; '' for any other value."""
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        return ""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
