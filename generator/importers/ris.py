"""RIS, as reference managers and publishers export it. https://en.wikipedia.org/wiki/RIS_(file_format)

rispy is not used: it keeps one value of a repeated tag, stops at unknown lines, and its time grows with the square of
the lines of a value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from generator.importers.dates import Dated, read_date
from generator.importers.people import RecordAuthor
from generator.importers.public_record import PublicRecord, add_record
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.text.bibtex_names import Person, read_person_or_list
from generator.text.identifiers import Identifier, identifier, is_web_address, read_identifier

NAME = "ris"

# ``TY  - CONF``; some programs write fewer spaces
_START = re.compile(r"^[ \t\ufeff]*TY {0,2}- ?[A-Z]{2,}", re.MULTILINE)
# Two spaces before and one after the dash are the rule; files have fewer, and tags without a value.
_TAG = re.compile(r"([A-Z][A-Z0-9])(?: {0,2}-(?: (.*)|())|  -(.*))", re.DOTALL)
_MAX_QUOTATION = 80  # characters of a value in a message
_KINDS = {
    "JOUR": VenueKind.JOURNAL,
    "JFULL": VenueKind.JOURNAL,
    "EJOUR": VenueKind.JOURNAL,
    "CONF": VenueKind.CONFERENCE,
    "CPAPER": VenueKind.CONFERENCE,
    "UNPB": VenueKind.PREPRINT,
}
# tags with the venue, the most specific first; programs disagree on them
_VENUES = ("BT", "T2", "JF", "C3", "JO", "J2", "JA", "J1")
_IN_PROCEEDINGS = ("BT", "T2", "C3", "JF", "JO", "T3", "J2", "JA", "J1")
# Some records of these types have book titles and series in these tags, which are not the venue.
_INDEPENDENT_WORKS = frozenset({"BOOK", "EDBOOK", "THES", "RPRT"})  # types of works that are not part of a volume
_AUTHORS = ("AU", "A1")
_DATES = ("PY", "Y1", "DA")
_DAYS = ("DA", "PD")  # EndNote and Web of Science write the day here, without the year
# ``DO`` is the tag of the DOI; older exports write it into others
_DOIS = ("DO", "M3", "L3", "N1", "UR", "AN", "M1", "C7")
_DOI = re.compile(r"(?:^|\bdoi\b[\s:.]{0,3}|doi\.org/)\s*(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s;]+)", re.IGNORECASE)
_ARXIV = re.compile(r"arxiv[:\s/.]{0,3}(?:abs/)?([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}/[0-9]{7})", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s;]+")
_LINKS = {"UR": "page", "LK": "page", "L2": "page", "L1": "pdf"}
_INCOMPLETE = "The record names only some of the authors."  # this program's own export of "and others"


@dataclass
class _Reference:
    """A reference: the values by tag, each with its line.

    ``used`` are the values that were read. ``remarks`` explain how an unusual list of authors was read.
    """

    line: int
    kind: str
    values: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    is_closed: bool = False

    def all(self, tag: str) -> list[str]:
        """Every value of a tag, marked as used."""
        values = self.values.get(tag, [])
        self.used |= {(tag, line) for line, _ in values}
        return [value for _, value in values]

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that has one, marked as used; or ''."""
        for tag in tags:
            for line, value in self.values.get(tag, []):
                if value:
                    self.used.add((tag, line))
                    return value
        return ""

    def unused(self) -> Iterator[Unread]:
        """The values that were not used."""
        for tag, values in self.values.items():
            for line, value in values:
                if value and (tag, line) not in self.used:
                    yield Unread(line, f"field {tag}", value[:_MAX_QUOTATION])


def recognizes(text: str) -> bool:
    """Whether a line opens a reference, with little but numbers and blank lines before it."""
    match = _START.search(text, 0, 2000)
    return bool(match) and not re.search(r"[@{]|<[^0-9]", text[: match.start() if match else 0])


def read(text: str, options: Options) -> Parsed:
    """Read the references. One without an end tag is read too, except the last: the file may be cut there."""
    parsed = Parsed()
    references = _references(text, parsed)
    for ordinal, reference in enumerate(references, 1):
        if not reference.is_closed:
            is_last = ordinal == len(references)
            reason = "the reference has no ER line" + (": is the file cut?" if is_last else "")
            parsed.notes.append(Note(reference.line, reason, lost=is_last, cut=is_last))
            if is_last:
                continue
        record = _record(reference, f"{options.origin}:{ordinal}", options)
        if add_record(parsed, record, NAME, options):
            parsed.unread += [*reference.unread, *reference.unused()]
            parsed.notes += [Note(reference.line, f"{record.key!r}: {remark}") for remark in reference.remarks]
    if not parsed.papers and not parsed.notes:
        parsed.notes.append(Note(1, "no reference was found: each opens with a line TY", lost=True))
    return parsed


def _references(text: str, parsed: Parsed) -> list[_Reference]:
    """The references in order. A line without a tag continues the value before it."""
    references: list[_Reference] = []
    current: _Reference | None = None
    open_tag, parts = "", list[str]()
    for number, raw_line in enumerate(
        text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1
    ):
        line = raw_line.strip()
        match = _TAG.fullmatch(line)
        tag, value = (match[1], (match[2] or match[4] or "").strip()) if match else ("", line)
        if tag == "TY":
            current, parts = _Reference(number, value), []
            references.append(current)
        elif current is None or current.is_closed:
            if line and not re.fullmatch(r"<?[0-9]+[.>]?", line):
                parsed.unread.append(Unread(number, "text outside of references", line[:_MAX_QUOTATION]))
        elif tag == "ER":
            _close(current, open_tag, parts)
            current.is_closed, parts = True, []
        elif tag:
            _close(current, open_tag, parts)
            open_tag, parts = tag, [value]
            current.values.setdefault(tag, []).append((number, ""))
        elif line:
            if parts:
                # EndNote writes one keyword per line; a wrapped line is indented.
                parts.append(f"; {line}" if open_tag == "KW" and not raw_line[0].isspace() else line)
            else:
                current.unread.append(Unread(number, "line without a tag", line[:_MAX_QUOTATION]))
    if current is not None and not current.is_closed:
        _close(current, open_tag, parts)
    return references


def _close(reference: _Reference, tag: str, parts: list[str]) -> None:
    """Join the lines of the last value."""
    if parts:
        values = reference.values[tag]
        values[-1] = (values[-1][0], " ".join(parts).strip())


def _record(reference: _Reference, key: str, options: Options) -> PublicRecord:
    dated = _date(reference)
    names = _names(reference)
    identifiers = _identifiers(reference)
    links = _addresses(reference, identifiers)
    notes = [(line, value) for line, value in reference.values.get("N1", []) if value == _INCOMPLETE]
    reference.used |= {("N1", line) for line, _ in notes}
    return PublicRecord(
        key=reference.first("ID") or key,
        line=reference.line,
        title=_title(reference),
        authors=[
            RecordAuthor(name=person.name, family=person.family)
            for name in names
            for person in _people(name, reference)
        ],
        incomplete=bool(notes),
        venue=_venue(reference, dated.year),
        year=dated.year,
        volume=reference.first("VL"),
        pages="-".join(filter(None, (reference.first("SP"), reference.first("EP")))),
        publisher=reference.first("PB"),
        published=dated.day,
        identifiers=identifiers,
        links=links,
        keywords=[word for value in reference.all("KW") for word in re.split(r";", value)],
        abstract=reference.first("AB", "N2") if options.abstract else "",
    )


def _names(reference: _Reference) -> list[str]:
    """The authors in the order of their lines. Some exports list them twice, under both tags."""
    stated = {tag: [value for value in reference.all(tag) if value] for tag in _AUTHORS}
    if stated["AU"] == stated["A1"]:
        return stated["AU"]
    return [value for _, value in sorted((n, v) for tag in _AUTHORS for n, v in reference.values.get(tag, ())) if value]


def _people(written: str, reference: _Reference) -> list[Person]:
    """The people on one line, which should contain one."""
    people = read_person_or_list(written)
    reference.remarks += people.remarks
    return people.names


def _title(reference: _Reference) -> str:
    if title := reference.first("TI", "T1", "CT"):
        return title
    return reference.first("BT") if reference.kind in _INDEPENDENT_WORKS else ""


def _date(reference: _Reference) -> Dated:
    """The year, and the day if a field of that year is complete. ``Y2``, the date of access, is not used."""
    dates = [(tag, line, read_date(value)) for tag in _DATES for line, value in reference.values.get(tag, [])]
    year = next((dated.year for _, _, dated in dates if dated.year), None)
    agreeing = [(tag, line, dated) for tag, line, dated in dates if year is not None and dated.year == year]
    reference.used |= {(tag, line) for tag, line, _ in agreeing}
    day = next((dated.day for _, _, dated in agreeing if dated.day), "")
    for tag in () if day or year is None else _DAYS:
        for line, value in reference.values.get(tag, []):
            if (tag, line) not in reference.used and (day := read_date(f"{value} {year}").day):
                reference.used.add((tag, line))
                return Dated(year, day)
    return Dated(year, day)


def _venue(reference: _Reference, year: int | None) -> VenueName | None:
    if reference.kind in _INDEPENDENT_WORKS:
        return None
    kind = _KINDS.get(reference.kind, VenueKind.OTHER)
    name = reference.first(*(_IN_PROCEEDINGS if kind is VenueKind.CONFERENCE else _VENUES))
    return VenueName(name=name, year=year, kind=kind) if name else None


def _identifiers(reference: _Reference) -> list[Identifier | None]:
    """The DOI, in any field, and the identifiers in URLs."""
    identifiers: list[Identifier | None] = []
    for tag in _DOIS:
        for line, value in reference.values.get(tag, []):
            match = _DOI.search(unquote(value) if "%2f" in value.lower() else value)
            registry_id = identifier("doi", _closed(match[1])) if match else None
            if registry_id is None and tag not in ("DO", "UR") and (arxiv := _ARXIV.search(value)):
                registry_id = identifier("arxiv", arxiv[1])
            if registry_id is not None:
                identifiers.append(registry_id)
                reference.used.add((tag, line))
    return identifiers


def _closed(doi: str) -> str:
    """A DOI in running text, without the punctuation or bracket after it."""
    bare = doi.rstrip(".,")
    return bare.rstrip(").,") if bare.count(")") > bare.count("(") else bare


def _addresses(reference: _Reference, identifiers: list[Identifier | None]) -> dict[str, str]:
    """Links by kind. URLs of known registries are added to the identifiers."""
    links: dict[str, str] = {}
    for tag, kind in _LINKS.items():
        for line, value in reference.values.get(tag, []):
            unread = []
            for address in _ADDRESS.findall(value):
                if (registry_id := read_identifier(address)) is not None:
                    identifiers.append(registry_id)
                    reference.used.add((tag, line))
                elif is_web_address(address) and links.setdefault(kind, address) == address:
                    reference.used.add((tag, line))
                else:
                    unread.append(Unread(line, f"address in {tag}", address[:_MAX_QUOTATION]))
            if (tag, line) in reference.used:  # otherwise the whole field is reported as unread
                reference.unread += unread
    return links
