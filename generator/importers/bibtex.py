"""BibTeX and biblatex. Names are split before their LaTeX is decoded, so that ``{Open AI Team}`` stays one author."""

import re
from collections.abc import Callable, Iterator

from generator.importers.bibtex_blocks import Block, read_blocks
from generator.importers.bibtex_entry import BibtexEntry, Macros, entry_of, inherit, parents, shortened
from generator.importers.bibtex_locators import Locators, locators_of, venue_of_preprint
from generator.importers.dates import PartialDate, iso_day, month_of, read_date, year_of
from generator.importers.people import RecordAuthor
from generator.importers.plain import with_subtitle
from generator.importers.public_record import PublicRecord, add_record
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.text.bibtex_names import People, read_people
from generator.text.latex_text import read_latex

NAME = "bibtex"

# ``@inproceedings{key,``, or without a key ``@article{title = {``. Possessive quantifiers prevent quadratic
# backtracking in long files without entries.
_ENTRY = re.compile(
    r"^[ \t]*+@[ \t]*+[A-Za-z]++\s*+[{(]\s*+(?:[^\s,{}()=\"]*+[ \t]*+,|[A-Za-z]++\s*+=\s*+[{\"])", re.MULTILINE
)
_HAS_YEAR = re.compile(r"['’][0-9]{2}\b|\b(?:19|20)[0-9]{2}\b")  # ``’24`` or ``2024``
# types of entries that are whole volumes, and types for settings of biblatex and shared fields
_NOT_PAPERS = frozenset(
    "proceedings mvproceedings collection mvcollection periodical mvbook set xdata control bibnote".split()
)
_VENUE_KINDS = {
    "inproceedings": VenueKind.CONFERENCE,
    "conference": VenueKind.CONFERENCE,
    "article": VenueKind.JOURNAL,
}
# fields that name a venue, the most specific first
_VENUE_FIELDS = ("booktitle", "journal", "journaltitle", "eventtitle", "shortjournal")
# Texts that begin like this are placeholders for a venue: ``Submitted to …``. Journals may begin with ``Online`` or
# ``Manuscript`` and another capitalized word: ``Online Information Review``.
_PLACEHOLDER_VENUE = re.compile(
    r"(?:submitted|in preparation|under (?:review|submission)|unpublished|in press|to appear|forthcoming|accepted|"
    r"preprint|work in progress|technical report|blog|"
    r"manuscript (?:submitted|in preparation|under)|online (?:at|available))\b|"
    r"(?:manuscript|online)\b(?! (?-i:[A-Z]))",
    re.IGNORECASE,
)


def recognizes(text: str) -> bool:
    """Whether a line opens an entry: ``@inproceedings{key,``."""
    return bool(_ENTRY.search(text.removeprefix("\ufeff")))


def read(text: str, options: Options) -> Parsed:
    """Read the entries, except proceedings and other volumes. Unreadable parts are reported with their line."""
    parsed = Parsed()
    file = read_blocks(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    parsed.unread += [Unread(line, "text outside of entries", shortened(rest)) for line, rest in file.other_texts]
    entries = _entries(parsed, file.blocks)
    by_key: dict[str, BibtexEntry] = {}
    for entry in entries:
        if entry.key and by_key.setdefault(entry.key.lower(), entry) is not entry:
            parsed.notes.append(Note(entry.line, f"the key {entry.key!r} is already used in the file"))
    parent_keys = {key.lower() for entry in entries for field, key in parents(entry) if field != "xdata"}
    for ordinal, entry in enumerate(entries, 1):
        # A book that other entries refer to is the volume of their papers.
        is_volume = entry.kind == "book" and entry.key.lower() in parent_keys
        if is_volume or entry.kind in _NOT_PAPERS:
            parsed.notes.append(Note(entry.line, f"{entry.key!r} is not a paper and was left out"))
            continue
        missing = inherit(entry, lambda key: by_key.get(key.lower()))
        parsed.unread += [Unread(entry.line, "reference to a missing entry", key) for key in missing]
        _add_paper(parsed, entry, entry.key or f"{options.origin}:{ordinal}", options)
    if not parsed.papers and not parsed.notes:
        parsed.notes.append(Note(1, "no BibTeX entry was found", lost=True))
    return parsed


def _entries(parsed: Parsed, blocks: list[Block]) -> list[BibtexEntry]:
    """The entries, with macros replaced. Other blocks and unreadable entries are reported in ``parsed``."""
    macros, entries = Macros(), []
    for block in blocks:
        if block.kind in ("comment", "preamble"):
            parsed.unread.append(Unread(block.line, f"@{block.kind}", ""))
        elif block.fault:
            message = f"not readable as BibTeX: {block.fault} ({block.key or block.kind!r})"
            parsed.notes.append(Note(block.line, message, lost=True, cut=block.is_cut))
        elif block.kind == "string":
            parsed.unread += macros.define(block)
        elif block.fields:
            entries.append(entry_of(block, macros))
        else:
            parsed.notes.append(Note(block.line, f"the entry {block.key!r} has no fields and was left out"))
    return entries


def _add_paper(parsed: Parsed, entry: BibtexEntry, key: str, options: Options) -> None:
    """Add the paper of an entry to ``parsed``, with its unread parts. ``key`` identifies it in the source."""
    unknown_commands: dict[str, None] = {}  # a set in order

    def take_text(*names: str) -> str:
        """The text of the first of these fields that is not empty; '' if all are empty.

        Marks the field as used, and adds its unknown commands to ``unknown_commands``.
        """
        decoded = read_latex(entry.take(*names))
        unknown_commands.update(dict.fromkeys(decoded.unknown_commands))
        return decoded.text

    people = read_people(entry.take("author"))
    unknown_commands.update(dict.fromkeys(people.unknown_commands))
    _report_people(parsed, entry, people)
    date = _date(entry)
    locators = locators_of(entry)
    record = PublicRecord(
        key=key,
        line=entry.line,
        title=with_subtitle(take_text("title"), take_text("subtitle")),
        authors=[RecordAuthor(name=person.name, family=person.family) for person in people.names],
        authors_incomplete=people.is_unreadable or "author" in entry.incomplete,
        venue=_venue(entry, take_text, date.year, locators),
        year=date.year,
        # Fields that `locators_of` read are identifiers: DBLP writes ``volume = {abs/2301.00017}``.
        volume=take_text("volume") if "volume" not in entry.used else "",
        pages=take_text("pages") if "pages" not in entry.used else "",
        publisher=take_text("publisher") if "publisher" not in entry.used else "",
        published=date.iso_day,
        identifiers=locators.identifiers,
        links=locators.links,
        keywords=re.split(r"[,;]", take_text("keywords", "keyword", "author_keywords")),
        abstract=take_text("abstract") if options.abstract else "",
    )
    parsed.unread += entry.unread
    if add_record(parsed, record, NAME, options):
        parsed.unread += entry.unused()
        parsed.unread += [Unread(entry.line, "LaTeX command", command) for command in unknown_commands]


def _report_people(parsed: Parsed, entry: BibtexEntry, people: People) -> None:
    line = entry.lines.get("author", entry.line)
    parsed.notes += [Note(line, f"{entry.key or entry.kind!r}: {remark}") for remark in people.remarks]
    if people.is_unreadable:
        parsed.unread.append(Unread(line, "author list", shortened(entry.peek("author"))))


def _date(entry: BibtexEntry) -> PartialDate:
    """The date in ``date``, or else in ``year``, ``month`` and ``day``, or else in other fields."""
    for name in ("date", "year", "issued", "eventdate", "origdate"):
        date = read_date(read_latex(entry.peek(name)).text)
        if date.year is None:
            continue
        entry.used.add(name)
        if year_of(entry.peek("year")) == date.year:
            entry.used.add("year")
        if date.iso_day:
            return date
        month = read_latex(entry.peek("month")).text
        full_date = iso_day(date.year, month_of(month), _day_of_month(entry, month))
        entry.used |= {"month", "day"} if full_date else set()
        return PartialDate(date.year, full_date)
    return PartialDate()


def _day_of_month(entry: BibtexEntry, month: str) -> str:
    """The number in ``day``, or in a ``month`` with letters (``13 May``); '' if there is none."""
    match = re.search(r"[0-9]{1,2}", entry.peek("day"))
    if match is None and re.search(r"[^\W\d_]", month):
        match = re.search(r"(?<![0-9])[0-9]{1,2}(?![0-9])", month)
    return match[0] if match else ""


def _venue(entry: BibtexEntry, take_text: Callable[..., str], year: int | None, locators: Locators) -> VenueName | None:
    """The venue in the first field that names one; without such a field, the archive of a preprint or None."""
    for name in _venue_fields(entry):
        value = read_latex(entry.peek(name)).text
        if preprint := venue_of_preprint(value):
            entry.used.add(name)
            return VenueName(name=preprint, year=year, kind=VenueKind.PREPRINT)
        if not value or _PLACEHOLDER_VENUE.match(value):
            continue
        take_text(name)  # marks the field as used, and reports its unknown commands
        # With a year (ACM writes ``KDD '24``), ``series`` is the conference. Without a year, it is a series of books.
        series = read_latex(entry.peek("series")).text
        short = take_text("series") if _HAS_YEAR.search(series) else ""
        kind = _VENUE_KINDS.get(entry.kind, VenueKind.OTHER)
        return VenueName(name=value, year=year or year_of(value) or year_of(short), kind=kind, short=short)
    return VenueName(name=locators.archive, year=year, kind=VenueKind.PREPRINT) if locators.archive else None


def _venue_fields(entry: BibtexEntry) -> Iterator[str]:
    """The fields that may name the venue; for an article, the journal first."""
    if entry.kind == "article":
        yield from ("journal", "journaltitle")
    yield from _VENUE_FIELDS
