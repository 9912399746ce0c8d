"""BibTeX. Names are split before their LaTeX is decoded, so that ``{Open AI Team}`` stays one author."""

import logging
import re
from collections.abc import Mapping
from itertools import takewhile

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Entry, Field

from generator.importers.public_record import PublicRecord, Writer, add_record, day, plain, year_of
from generator.importers.raw_paper import Note, Options, Parsed
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import identifier, read_identifier
from generator.text.latex import decode_latex

NAME = "bibtex"

# The library writes each fault to the log; here they become notes.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*\{[ \t]*[^\s,{}]*[ \t]*,", re.MULTILINE)
_PIECE = re.compile(r'"([^"]*)"|\{([^{}]*)\}|([^\s#"{}]+)')
_DATED = re.compile(r"['’][0-9]{2}\b|\b(?:19|20)[0-9]{2}\b")
_NO_PAPERS = frozenset({"proceedings", "book", "comment"})
_KINDS = {
    "inproceedings": VenueKind.CONFERENCE,
    "conference": VenueKind.CONFERENCE,
    "article": VenueKind.JOURNAL,
    "misc": VenueKind.PREPRINT,
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def recognises(text: str) -> bool:
    """A line opens an entry: ``@inproceedings{key,``."""
    return bool(_ENTRY.search(text.removeprefix("\ufeff")))


def read(text: str, options: Options) -> Parsed:
    """Read the entries. A block that cannot be read is noted with its line; proceedings and books are no papers."""
    parsed = Parsed()
    library = parse_string(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    strings = {string.key: str(string.value) for string in library.strings}
    for entry in library.entries:
        if entry.entry_type.lower() in _NO_PAPERS:
            parsed.notes.append(Note(_line(entry.start_line), f"{entry.key!r} is no paper and was left out"))
        else:
            add_record(parsed, _record(entry, strings), NAME, options)
    for block in library.failed_blocks:
        reason = " ".join(str(block.error).split())
        parsed.notes.append(Note(_line(block.start_line), f"not readable as BibTeX: {reason}", lost=True))
    if not parsed.papers and not parsed.notes:
        parsed.notes.append(Note(1, "no BibTeX entry was found", lost=True))
    return parsed


def _line(start: int | None) -> int:
    return (start or 0) + 1


def _joined(field: Field, strings: Mapping[str, str]) -> str:
    """A field's source text; ``name # " 2024"`` is joined, which the library leaves to others."""
    value = str(field.value)
    if field.enclosing != "no-enclosing" or "#" not in value:
        return value
    pieces = (quoted or braced or strings.get(name, name) for quoted, braced, name in _PIECE.findall(value))
    return "".join(pieces)


def _record(entry: Entry, strings: Mapping[str, str]) -> PublicRecord:
    source = {field.key.lower(): _joined(field, strings) for field in entry.fields}
    fields = {key: decode_latex(value) for key, value in source.items()}
    names, complete = _names(source.get("author", ""))
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    return PublicRecord(
        key=entry.key,
        line=_line(entry.start_line),
        title=fields.get("title", ""),
        writers=[Writer(name=name) for name in names],
        incomplete=not complete,
        venue=_venue(entry.entry_type.lower(), fields, archive),
        volume=fields.get("volume", ""),
        pages=fields.get("pages", ""),
        publisher=fields.get("publisher", ""),
        published=day(fields.get("year"), _month(fields.get("month", "")), fields.get("day")),
        identifiers=[
            identifier("arxiv", source.get("eprint", "")) if archive in ("", "arxiv") else None,
            identifier("doi", source.get("doi", "").replace("\\_", "_")),
            read_identifier(source.get("url", "")),
        ],
        keywords=re.split(r"[,;]", fields.get("keywords", "")),
        abstract=fields.get("abstract", ""),
    )


def _names(source: str) -> tuple[list[str], bool]:
    """The authors in natural order, and whether they are all: ``and others`` says that they are not."""
    people = split_multiple_persons_names(source) if source.strip() else []
    named = list(takewhile(lambda person: person.lower() != "others", people))
    return [_name(person) for person in named], len(named) == len(people)


def _name(person: str) -> str:
    try:
        parts = parse_single_name_into_parts(person, strict=False)
    except InvalidNameError:
        return plain(decode_latex(person))
    return decode_latex(" ".join([*parts.first, *parts.von, *parts.last, *parts.jr]))


def _venue(kind: str, fields: dict[str, str], archive: str) -> VenueName | None:
    year = year_of(fields.get("year", "") or fields.get("date", ""))
    name = fields.get("booktitle") or fields.get("journal") or fields.get("journaltitle")
    if name:
        # ACM writes ``KDD '24``; without a year it is a series of books, in which many conferences appear.
        series = fields.get("series", "")
        short = series if _DATED.search(series) else ""
        return VenueName(name=name, year=year, kind=_KINDS.get(kind, VenueKind.OTHER), short=short)
    return VenueName(name="arXiv", year=year, kind=VenueKind.PREPRINT) if archive == "arxiv" else None


def _month(text: str) -> str:
    short = text.strip().lower()[:3]
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else text
