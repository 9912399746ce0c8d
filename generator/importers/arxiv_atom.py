"""Responses of arXiv's API, an Atom feed. https://info.arxiv.org/help/api/user-manual.html"""

import re
from xml.etree.ElementTree import Element

from generator.importers.dates import iso_day, year_of
from generator.importers.documents import BadXml, LineFinder, root_of, text_of
from generator.importers.people import RecordAuthor
from generator.importers.plain import plain
from generator.importers.public_record import PublicRecord, add_record, note_if_empty, unreadable
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.model.record import RawRecord
from generator.text.identifiers import identifier, read_identifier
from generator.text.latex_text import decode_latex

NAME = "arxiv-atom"

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_IMPORTED = frozenset({f"{_ATOM}{tag}" for tag in ("id", "published", "title", "author")} | {f"{_ARXIV}doi"})
# ``This paper has been withdrawn``, but not ``We study withdrawn papers``
_WITHDRAWN = re.compile(
    r"\b(?:this|the) (?:paper|article|submission|manuscript|work) (?:has been|is|was) withdrawn\b", re.I
)


def recognizes(text: str) -> bool:
    """Whether ``text`` is an Atom feed from arXiv."""
    head = text[:4000]
    return "http://www.w3.org/2005/Atom" in head and "arxiv.org" in head


def read(text: str, options: Options) -> Parsed:
    """Read the entries. An error message of arXiv, which is an entry too, is reported."""
    try:
        entries = root_of(text).findall(f"{_ATOM}entry")
    except BadXml as error:
        return unreadable(NAME, str(error))
    parsed = Parsed()
    lines = LineFinder(text)
    for entry in entries:
        line = lines.line_of("<entry")
        address = text_of(entry.find(f"{_ATOM}id")).strip()
        if "/api/errors" in address:  # arXiv answers a wrong query with an entry that describes the error
            message = f"arXiv says: {plain(text_of(entry.find(f'{_ATOM}summary')))}"
            parsed.notes.append(Note(line, message, lost=True))
            continue
        add_record(parsed, _record(entry, address, line), NAME, options, _status(entry))
        parsed.unread += _unread(entry, line, abstract=options.abstract)
    return note_if_empty(parsed)


def _record(entry: Element, address: str, line: int) -> PublicRecord:
    arxiv = read_identifier(address)
    # ``published`` is the day of version 1; ``updated`` is the day of the version in this entry.
    published = iso_day(*text_of(entry.find(f"{_ATOM}published")).strip()[:10].split("-"))
    return PublicRecord(
        key=arxiv.value if arxiv else address,
        title=decode_latex(text_of(entry.find(f"{_ATOM}title"))),
        line=line,
        authors=[_author(author) for author in entry.findall(f"{_ATOM}author")],
        venue=VenueName(name="arXiv", year=year_of(published), kind=VenueKind.PREPRINT),
        published=published,
        identifiers=[arxiv, identifier("doi", text_of(entry.find(f"{_ARXIV}doi")))],
        abstract=text_of(entry.find(f"{_ATOM}summary")),
    )


def _status(entry: Element) -> RawRecord:
    """Return the status and its note for a withdrawn paper, else {}. arXiv states it only in the authors' comment."""
    comment = plain(text_of(entry.find(f"{_ARXIV}comment")))
    return {"status": "withdrawn", "status_note": comment} if _WITHDRAWN.search(comment) else {}


def _unread(entry: Element, line: int, *, abstract: bool) -> list[Unread]:
    """Return the elements of an entry that were not imported, without links, which only repeat the arXiv id."""
    known = _IMPORTED | {f"{_ATOM}link"} | ({f"{_ATOM}summary"} if abstract else set())
    return [
        Unread(line, f"field {child.tag.rpartition('}')[2]}", plain(text_of(child))[:200] or child.get("term", ""))
        for child in entry
        if isinstance(child.tag, str) and child.tag not in known
    ]


def _author(author: Element) -> RecordAuthor:
    affiliations = tuple(text_of(element) for element in author.findall(f"{_ARXIV}affiliation"))
    return RecordAuthor(name=decode_latex(text_of(author.find(f"{_ATOM}name"))), affiliations=affiliations)
