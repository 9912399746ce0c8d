"""The lines of a page of papers as rows: each with its kind and the date of the heading above it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.importers.dates import PageDate, is_span, page_date
from generator.importers.page_elements import Row, kind_of
from generator.importers.page_lines import NumberedLine
from generator.importers.raw_paper import Note, Options, Parsed, Unread

_GLUE = "Subscribe"  # the last word of the banner, to which copying may attach the first title
_TURNS = frozenset({"previous", "next"})  # links to other days; their dates are not headings
_HEADINGS = frozenset({"daily papers", "trending papers"})


class PageRow(NamedTuple):
    """A line, its kind, and the ISO date of its page or section; '' if it is unknown."""

    kind: Row
    line: NumberedLine
    day: str = ""

    @property
    def text(self) -> str:
        """The line's text."""
        return self.line.text


def page_rows(lines: Sequence[NumberedLine], options: Options, parsed: Parsed) -> list[PageRow]:
    """The rows of a page without its date headings. Unusable dates are noted in ``parsed``."""
    rows: list[PageRow] = []
    day = ""
    for is_heading, group in groupby(_unglued(lines), key=lambda line: _is_date(line) or line.text.lower() in _TURNS):
        if is_heading:
            day = _heading(list(group), day, options, parsed)
            continue
        for line in group:
            if line.text.lower() in _HEADINGS:
                day = ""
            rows.append(PageRow(kind_of(line.text), line, day))
    return rows


def _unglued(lines: Sequence[NumberedLine]) -> Iterator[NumberedLine]:
    """Split the first title from the last word of the banner if they are joined."""
    after_banner = True
    for index, line in enumerate(lines):
        if after_banner and is_glued(line.text):
            yield line._replace(text=line.text.removeprefix(_GLUE).strip())
        else:
            yield line
        after_banner = index < 3 or kind_of(line.text) is Row.MENU


def is_glued(line: str) -> bool:
    """Whether the banner's last word and a title are joined to one word."""
    return line.startswith(_GLUE) and len(line) > len(_GLUE) and not line[len(_GLUE)].islower()


def _is_date(line: NumberedLine) -> bool:
    return page_date(line.text) is not None or is_span(line.text)


def _heading(lines: list[NumberedLine], before: str, options: Options, parsed: Parsed) -> str:
    """The day of the heading in lines of dates, *Previous* and *Next*; ``before`` if they only link to other pages."""
    days = [line for line in lines if page_date(line.text)]
    spans = [line for line in lines if is_span(line.text)]
    turns = len(lines) > len(days) + len(spans)
    if turns and len(days) == 3:
        days = days[1:2]
    elif turns and len(days) != 1:
        parsed.unread += [Unread(line.number, Row.MENU.value, line.text) for line in lines]
        return before
    if spans:
        if not options.added:
            message = f"the page covers {spans[0].text!r}, so its papers have no day: give --added"
            parsed.notes.append(Note(spans[0].number, message))
        return ""
    if len({line.text for line in days}) > 1:
        parsed.notes.append(Note(days[0].number, "several dates in a row: the papers below have no day"))
        return ""
    return iso_day(days[0], options, parsed)


def iso_day(line: NumberedLine, options: Options, parsed: Parsed) -> str:
    """The day in a line, completed with ``options.year``; '' with a note if it is not a date."""
    named: PageDate | None = page_date(line.text)
    if named is None:
        return ""
    day = named.iso(options.year)
    if not day:
        why = "is not in the calendar" if named.year or options.year else "needs a year: give --year"
        parsed.notes.append(Note(line.number, f"the date {line.text!r} {why}"))
    return day
