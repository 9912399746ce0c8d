"""RIS, as reference managers and publishers export it. https://en.wikipedia.org/wiki/RIS_(file_format)

rispy is not used: it keeps only one value of a repeated tag, stops at unknown lines, and takes quadratic time for
values of many lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from generator.importers.dates import PartialDate, read_date
from generator.importers.people import RecordAuthor
from generator.importers.public_record import PublicRecord, add_record
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.text.bibtex_names import PersonName, read_person_or_list
from generator.text.identifiers import Identifier, identifier, is_web_address, read_identifier

NAME = "ris"

# ``TY  - CONF``; some programs write fewer spaces
_START = re.compile(r"^[ \t\ufeff]*TY {0,2}- ?[A-Z]{2,}", re.MULTILINE)
# ``AU  - Byron, Ada``. Files also have fewer spaces before the dash, none after it, and tags without a value.
_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?: {0,2}-(?: (?P<value>.*))?|  -(?P<unspaced_value>.*))", re.DOTALL)
_MAX_QUOTED = 80  # characters of a quotation in a message
_VENUE_KINDS = {
    "JOUR": VenueKind.JOURNAL,
    "JFULL": VenueKind.JOURNAL,
    "EJOUR": VenueKind.JOURNAL,
    "CONF": VenueKind.CONFERENCE,
    "CPAPER": VenueKind.CONFERENCE,
    "UNPB": VenueKind.PREPRINT,
}
# Tags for the venue, the most specific first: of journals and others, and of papers in proceedings.
_VENUE_TAGS = ("BT", "T2", "JF", "C3", "JO", "J2", "JA", "J1")
_PROCEEDINGS_TAGS = ("BT", "T2", "C3", "JF", "JO", "T3", "J2", "JA", "J1")
# Types of works that have no venue: in these, the tags for the venue have the title or series of the book itself.
_INDEPENDENT_WORKS = frozenset({"BOOK", "EDBOOK", "THES", "RPRT"})
_AUTHOR_TAGS = ("AU", "A1")
_DATE_TAGS = ("PY", "Y1", "DA")
_DAY_TAGS = ("DA", "PD")  # day and month without the year, from EndNote and Web of Science
# ``DO`` is the tag for the DOI; older programs use the others
_DOI_TAGS = ("DO", "M3", "L3", "N1", "UR", "AN", "M1", "C7")
_DOI = re.compile(r"(?:^|\bdoi\b[\s:.]{0,3}|doi\.org/)\s*(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s;]+)", re.IGNORECASE)
_ARXIV = re.compile(r"arxiv[:\s/.]{0,3}(?:abs/)?([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}/[0-9]{7})", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s;]+")
_LINK_TAGS = {"UR": "page", "LK": "page", "L2": "page", "L1": "pdf"}
# the note (``N1``) that this program exports with an incomplete list of authors
_INCOMPLETE_NOTE = "The record names only some of the authors."


@dataclass
class _Reference:
    """A reference: ``kind`` is the type (``CONF``), and ``values`` are the line and text of each value, by tag.

    ``used`` are the tags and lines of values that were read. ``remarks`` explain how an unusual list of authors was
    read. ``is_closed`` is true if there is an end tag, ``ER``.
    """

    line: int
    kind: str
    values: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    is_closed: bool = False

    def take_all(self, tag: str) -> list[str]:
        """Return all values of a tag, and mark them as used."""
        values = self.values.get(tag, [])
        self.used |= {(tag, line) for line, _ in values}
        return [value for _, value in values]

    def take(self, *tags: str) -> str:
        """Return the first value of these tags that is not empty, and mark it as used; '' if there is none."""
        for tag in tags:
            for line, value in self.values.get(tag, []):
                if value:
                    self.used.add((tag, line))
                    return value
        return ""

    def unused(self) -> Iterator[Unread]:
        """Yield the values that were not used."""
        for tag, values in self.values.items():
            for line, value in values:
                if value and (tag, line) not in self.used:
                    yield Unread(line, f"field {tag}", value[:_MAX_QUOTED])


def recognizes(text: str) -> bool:
    """Whether a line opens a reference, in the first 2000 characters and without BibTeX, JSON or XML before it."""
    match = _START.search(text, 0, 2000)
    return bool(match) and not re.search(r"[@{]|<[^0-9]", text[: match.start() if match else 0])


def read(text: str, options: Options) -> Parsed:
    """Read the references. The last one is left out if it has no end tag, because the file may be cut there."""
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
    """The references in order. A line without a tag continues the value above it."""
    references: list[_Reference] = []
    current: _Reference | None = None
    open_tag, parts = "", list[str]()  # the value that is being read: its tag and lines
    for number, raw_line in enumerate(
        text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1
    ):
        line = raw_line.strip()
        match = _TAG.fullmatch(line)
        tag = match["tag"] if match else ""
        value = (match["value"] or match["unspaced_value"] or "").strip() if match else line
        if tag == "TY":
            if current is not None:
                _store_value(current, open_tag, parts)  # of a reference without ``ER``
            current, parts = _Reference(number, value), []
            references.append(current)
        elif current is None or current.is_closed:
            if line and not re.fullmatch(r"<?[0-9]+[.>]?", line):  # ``1.`` or ``<1>`` numbers the next reference
                parsed.unread.append(Unread(number, "text outside of references", line[:_MAX_QUOTED]))
        elif tag == "ER":
            _store_value(current, open_tag, parts)
            current.is_closed, parts = True, []
        elif tag:
            _store_value(current, open_tag, parts)
            open_tag, parts = tag, [value]
            current.values.setdefault(tag, []).append((number, ""))  # `_store_value` sets the value after its last line
        elif line:
            if parts:
                # EndNote writes one keyword per line; a wrapped line is indented.
                parts.append(f"; {line}" if open_tag == "KW" and not raw_line[0].isspace() else line)
            else:
                current.unread.append(Unread(number, "line without a tag", line[:_MAX_QUOTED]))
    if current is not None and not current.is_closed:
        _store_value(current, open_tag, parts)
    return references


def _store_value(reference: _Reference, tag: str, parts: list[str]) -> None:
    """Store the lines of a value, joined, as the last value of its tag."""
    if parts:
        values = reference.values[tag]
        values[-1] = (values[-1][0], " ".join(parts).strip())


def _record(reference: _Reference, key: str, options: Options) -> PublicRecord:
    date = _date(reference)
    identifiers = _identifiers(reference)
    links = _links(reference, identifiers)
    incomplete_notes = {("N1", line) for line, value in reference.values.get("N1", []) if value == _INCOMPLETE_NOTE}
    reference.used |= incomplete_notes
    return PublicRecord(
        key=reference.take("ID") or key,
        line=reference.line,
        title=_title(reference),
        authors=[
            RecordAuthor(name=person.name, family=person.family)
            for name in _names(reference)
            for person in _people(name, reference)
        ],
        authors_incomplete=bool(incomplete_notes),
        venue=_venue(reference, date.year),
        year=date.year,
        volume=reference.take("VL"),
        pages=_pages(reference),
        publisher=reference.take("PB"),
        published=date.iso_day,
        identifiers=identifiers,
        links=links,
        keywords=[word for value in reference.take_all("KW") for word in value.split(";")],
        abstract=reference.take("AB", "N2") if options.abstract else "",
    )


def _pages(reference: _Reference) -> str:
    """The pages as ``12-19``. Some programs write this range into ``SP``, and its end into ``EP`` too."""
    first, last = reference.take("SP"), reference.take("EP")
    is_range = last != "" and re.search(rf"[0-9] ?[-–—]+ ?{re.escape(last)}$", first) is not None
    return first if is_range else "-".join(filter(None, (first, last)))


def _names(reference: _Reference) -> list[str]:
    """The authors in the order of their lines. If both tags list the same authors, each is returned once."""
    names_by_tag = {tag: [name for name in reference.take_all(tag) if name] for tag in _AUTHOR_TAGS}
    if names_by_tag["AU"] == names_by_tag["A1"]:
        return names_by_tag["AU"]
    lines_and_names = sorted(pair for tag in _AUTHOR_TAGS for pair in reference.values.get(tag, ()))
    return [name for _, name in lines_and_names if name]


def _people(name: str, reference: _Reference) -> list[PersonName]:
    """The people in one value, usually one. A list of people adds a remark to the reference."""
    people = read_person_or_list(name)
    reference.remarks += people.remarks
    return people.names


def _title(reference: _Reference) -> str:
    if title := reference.take("TI", "T1", "CT"):
        return title
    return reference.take("BT") if reference.kind in _INDEPENDENT_WORKS else ""


def _date(reference: _Reference) -> PartialDate:
    """The first year, and a day of that year. ``Y2``, the date of access, is not used."""
    dates = {(tag, line): read_date(value) for tag in _DATE_TAGS for line, value in reference.values.get(tag, [])}
    year = next((date.year for date in dates.values() if date.year), None)
    if year is None:
        return PartialDate()
    reference.used |= {key for key, date in dates.items() if date.year == year}
    if day := next((date.iso_day for date in dates.values() if date.year == year and date.iso_day), ""):
        return PartialDate(year, day)
    for tag in _DAY_TAGS:
        for line, value in reference.values.get(tag, []):
            if (tag, line) not in reference.used and (day := read_date(f"{value} {year}").iso_day):
                reference.used.add((tag, line))
                return PartialDate(year, day)
    return PartialDate(year)


def _venue(reference: _Reference, year: int | None) -> VenueName | None:
    if reference.kind in _INDEPENDENT_WORKS:
        return None
    kind = _VENUE_KINDS.get(reference.kind, VenueKind.OTHER)
    name = reference.take(*(_PROCEEDINGS_TAGS if kind is VenueKind.CONFERENCE else _VENUE_TAGS))
    return VenueName(name=name, year=year, kind=kind) if name else None


def _identifiers(reference: _Reference) -> list[Identifier | None]:
    """The DOIs and arXiv ids in the values of `_DOI_TAGS`."""
    identifiers: list[Identifier | None] = []
    for tag in _DOI_TAGS:
        for line, value in reference.values.get(tag, []):
            match = _DOI.search(unquote(value) if "%2f" in value.lower() else value)
            registry_id = identifier("doi", _without_punctuation(match[1])) if match else None
            # `_links` reads the URLs in ``UR``.
            if registry_id is None and tag not in ("DO", "UR") and (arxiv_match := _ARXIV.search(value)):
                registry_id = identifier("arxiv", arxiv_match[1])
            if registry_id is not None:
                identifiers.append(registry_id)
                reference.used.add((tag, line))
    return identifiers


def _without_punctuation(doi: str) -> str:
    """A DOI in running text, without the punctuation or bracket after it."""
    doi = doi.rstrip(".,")
    return doi.rstrip(").,") if doi.count(")") > doi.count("(") else doi


def _links(reference: _Reference, identifiers: list[Identifier | None]) -> dict[str, str]:
    """The first URL of each kind of link. Identifiers in URLs are added to ``identifiers``; other URLs are unread."""
    links: dict[str, str] = {}
    for tag, kind in _LINK_TAGS.items():
        for line, value in reference.values.get(tag, []):
            unread = []
            for address in _ADDRESS.findall(value):
                if (registry_id := read_identifier(address)) is not None:
                    identifiers.append(registry_id)
                    reference.used.add((tag, line))
                elif is_web_address(address) and links.setdefault(kind, address) == address:
                    reference.used.add((tag, line))
                else:
                    unread.append(Unread(line, f"address in {tag}", address[:_MAX_QUOTED]))
            if (tag, line) in reference.used:  # otherwise the whole field is reported as unread
                reference.unread += unread
    return links
