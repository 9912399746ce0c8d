"""BibTeX and biblatex. Names are split before their LaTeX is decoded, so that ``{Open AI Team}`` stays one author."""

import re
from collections.abc import Callable, Iterator

from generator.importers.bibtex_blocks import Block, read_blocks
from generator.importers.bibtex_entry import Macros, Source, inherit, parents, shortened, source_of
from generator.importers.bibtex_locators import Locators, locators_of, venue_of_preprint
from generator.importers.dates import Dated, iso_day, month_of, read_date, year_of
from generator.importers.people import RecordAuthor
from generator.importers.plain import with_subtitle
from generator.importers.public_record import PublicRecord, add_record
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.text.bibtex_names import People, read_people
from generator.text.latex_text import read_latex

NAME = "bibtex"

# Possessive quantifiers prevent quadratic backtracking in long files without entries.
_ENTRY = re.compile(
    r"^[ \t]*+@[ \t]*+[A-Za-z]++\s*+[{(]\s*+(?:[^\s,{}()=\"]*+[ \t]*+,|[A-Za-z]++\s*+=\s*+[{\"])", re.MULTILINE
)
_DATED = re.compile(r"['’][0-9]{2}\b|\b(?:19|20)[0-9]{2}\b")  # ``’24`` or ``2024``
# entry types of whole volumes
_VOLUMES = frozenset({"proceedings", "mvproceedings", "collection", "mvcollection", "periodical", "mvbook"})
_NO_PAPERS = _VOLUMES | {"set", "xdata", "control", "bibnote"}
_KINDS = {
    "inproceedings": VenueKind.CONFERENCE,
    "conference": VenueKind.CONFERENCE,
    "article": VenueKind.JOURNAL,
}
# fields that name a venue, the most specific first
_VENUES = ("booktitle", "journal", "journaltitle", "eventtitle", "shortjournal")
# Placeholders for the name of a journal before publication.
_NO_VENUE = re.compile(
    r"(?:submitted|in preparation|under (?:review|submission)|unpublished|manuscript|in press|to appear|forthcoming|"
    r"accepted|preprint|work in progress|technical report|online|blog)\b",
    re.IGNORECASE,
)


def recognizes(text: str) -> bool:
    """Whether a line opens an entry: ``@inproceedings{key,``."""
    return bool(_ENTRY.search(text.removeprefix("\ufeff")))


def read(text: str, options: Options) -> Parsed:
    """Read the entries, except proceedings and other volumes. Unreadable parts are reported with their line."""
    parsed = Parsed()
    blocks = read_blocks(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    parsed.unread += [Unread(line, "text outside of entries", shortened(between)) for line, between in blocks.between]
    sources = _sources(parsed, blocks.blocks)
    by_key: dict[str, Source] = {}
    for source in sources:
        if source.key and by_key.setdefault(source.key.lower(), source) is not source:
            parsed.notes.append(Note(source.line, f"the key {source.key!r} is already used in the file"))
    volumes = {key.lower() for source in sources for name, key in parents(source) if name != "xdata"}
    for ordinal, source in enumerate(sources, 1):
        # A book that other entries refer to is the volume of their papers.
        is_volume = source.kind == "book" and source.key.lower() in volumes
        if is_volume or source.kind in _NO_PAPERS:
            parsed.notes.append(Note(source.line, f"{source.key!r} is not a paper and was left out"))
            continue
        missing = inherit(source, lambda key: by_key.get(key.lower()))
        parsed.unread += [Unread(source.line, "reference to a missing entry", key) for key in missing]
        _add(parsed, source, source.key or f"{options.origin}:{ordinal}", options)
    if not parsed.papers and not parsed.notes:
        parsed.notes.append(Note(1, "no BibTeX entry was found", lost=True))
    return parsed


def _sources(parsed: Parsed, blocks: list[Block]) -> list[Source]:
    macros, sources = Macros(), []
    for block in blocks:
        if block.kind in ("comment", "preamble"):
            parsed.unread.append(Unread(block.line, f"@{block.kind}", ""))
        elif block.fault:
            message = f"not readable as BibTeX: {block.fault} ({block.key or block.kind!r})"
            parsed.notes.append(Note(block.line, message, lost=True, cut=block.is_cut))
        elif block.kind == "string":
            parsed.unread += macros.define(block)
        elif block.fields:
            sources.append(source_of(block, macros))
        else:
            parsed.notes.append(Note(block.line, f"the entry {block.key!r} has no fields and was left out"))
    return sources


def _add(parsed: Parsed, source: Source, key: str, options: Options) -> None:
    commands: dict[str, None] = {}

    def text(*names: str) -> str:
        decoded = read_latex(source.take(*names))
        commands.update(dict.fromkeys(decoded.unknown_commands))
        return decoded.text

    people = read_people(source.take("author"))
    commands.update(dict.fromkeys(people.unknown_commands))
    _report_people(parsed, source, people)
    dated = _date(source)
    locators = locators_of(source)
    record = PublicRecord(
        key=key,
        line=source.line,
        title=with_subtitle(text("title"), text("subtitle")),
        authors=[RecordAuthor(name=person.name, family=person.family) for person in people.names],
        incomplete=people.is_unreadable or "author" in source.incomplete,
        venue=_venue(source, text, dated.year, locators),
        year=dated.year,
        # A field that was read as an identifier is none of these: DBLP writes ``volume = {abs/2301.00017}``.
        volume=text("volume") if "volume" not in source.used else "",
        pages=text("pages") if "pages" not in source.used else "",
        publisher=text("publisher") if "publisher" not in source.used else "",
        published=dated.day,
        identifiers=locators.identifiers,
        links=locators.links,
        keywords=re.split(r"[,;]", text("keywords", "keyword", "author_keywords")),
        abstract=text("abstract") if options.abstract else "",
    )
    parsed.unread += source.unread
    if add_record(parsed, record, NAME, options):
        parsed.unread += source.unused()
        parsed.unread += [Unread(source.line, "LaTeX command", command) for command in commands]


def _report_people(parsed: Parsed, source: Source, people: People) -> None:
    line = source.lines.get("author", source.line)
    parsed.notes += [Note(line, f"{source.key or source.kind!r}: {remark}") for remark in people.remarks]
    if people.is_unreadable:
        parsed.unread.append(Unread(line, "author list", shortened(source.peek("author"))))


def _date(source: Source) -> Dated:
    """Return the year, and the full date if it is certain: from ``date``, or from ``year``, ``month`` and ``day``."""
    for name in ("date", "year", "issued", "eventdate", "origdate"):
        dated = read_date(read_latex(source.peek(name)).text)
        if dated.year is None:
            continue
        source.used |= {name, "year"} if year_of(source.peek("year")) == dated.year else {name}
        if dated.day:
            return dated
        month = read_latex(source.peek("month")).text
        # Some write the day into the month: ``month = "13 May"``. A month that is a number is no day.
        day = re.search(r"[0-9]{1,2}", source.peek("day")) or (
            re.search(r"(?<![0-9])[0-9]{1,2}(?![0-9])", month) if re.search(r"[^\W\d_]", month) else None
        )
        full_date = iso_day(dated.year, month_of(month), day[0]) if day else ""
        source.used |= {"month", "day"} if full_date else set()
        return Dated(dated.year, full_date)
    return Dated()


def _venue(source: Source, text: Callable[..., str], year: int | None, locators: Locators) -> VenueName | None:
    for name in _venues(source):
        value = read_latex(source.peek(name)).text
        if preprint := venue_of_preprint(value):
            source.used.add(name)
            return VenueName(name=preprint, year=year, kind=VenueKind.PREPRINT)
        if not value or _NO_VENUE.match(value):
            continue
        text(name)
        # ACM writes ``KDD '24``. Without a year, it is a book series with proceedings of many conferences.
        series = read_latex(source.peek("series")).text
        short = text("series") if _DATED.search(series) else ""
        kind = _KINDS.get(source.kind, VenueKind.OTHER)
        return VenueName(name=value, year=year or year_of(value) or year_of(short), kind=kind, short=short)
    return VenueName(name=locators.preprint, year=year, kind=VenueKind.PREPRINT) if locators.preprint else None


def _venues(source: Source) -> Iterator[str]:
    """The fields that may name the venue; an article's journal comes first."""
    if source.kind == "article":
        yield from ("journal", "journaltitle")
    yield from _VENUES
