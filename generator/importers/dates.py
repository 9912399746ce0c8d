"""Dates as bibliographies and pages write them.

`read_date` reads dates of bibliographies: ISO 8601, EDTF level 1 (https://www.loc.gov/standards/datetime/, as in
biblatex), RIS, and days in words. It returns a day only if the text states one. `page_date` reads dates of web pages:
``Sep 3``, ``Wednesday, 3 September 2025``, ``2025-09-03``, but no weeks and months.
"""

import re
from datetime import date
from typing import NamedTuple

YEARS = 1900, 2099
"""The first and the last year that an entry may have."""

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# ``2024-05-13``, ``2024/5/13``: the year comes first, so the order is certain
_NUMBERS = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")  # ``20240513``
# months by their first three letters, in English and German
_MONTH_NUMBERS = {
    "jan": 1, "feb": 2, "mar": 3, "mär": 3, "mrz": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])")  # ``13``, ``3rd``
_PAGE_MONTH = r"(?P<month>(?:jan|feb|m[aä]r|mrz|apr|ma[yi]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zäö]*)\.?"
_PAGE_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_PAGE_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*\.?,? )?"
# ``Wednesday, September 3, 2025``, ``Sep 3``; ``3 September 2025``, ``3. Sep``; ``2025-09-03``
_PAGE_DATES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}{_PAGE_MONTH} {_PAGE_DAY}(?:,? {_PAGE_YEAR})?",
        rf"{_WEEKDAY}{_PAGE_DAY} {_PAGE_MONTH}(?:,? {_PAGE_YEAR})?",
        rf"{_PAGE_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
    )
)
# As above without named groups, because a pattern may contain a name only once.
_PLAIN_YEAR = r"(?:,? (?:19|20)[0-9]{2})?"
_PLAIN_DAY = rf"{_PAGE_MONTH.replace('?P<month>', '?:')} {_PAGE_DAY.replace('?P<day>', '?:')}{_PLAIN_YEAR}"
# ``Week 36``, ``2025-W36``, ``September 2025``, ``Sep 1 - Sep 7``: periods, not days
_PERIOD = re.compile(
    rf"(?:week|woche|kw) ?[0-9]{{1,2}}{_PLAIN_YEAR}|(?:19|20)[0-9]{{2}}-W?[0-9]{{2}}"
    rf"|{_PAGE_MONTH},? (?:19|20)[0-9]{{2}}"
    rf"|{_PLAIN_DAY} ?(?:[-–—]|to|bis) ?(?:{_PLAIN_DAY}|[0-9]{{1,2}}{_PLAIN_YEAR})",
    re.IGNORECASE,
)


class PartialDate(NamedTuple):
    """The year of a date, or None; and the whole date in ISO form if the day is known, or ''."""

    year: int | None = None
    iso_day: str = ""


def read_date(text: str) -> PartialDate:
    """The first date or year in ``text``; for a range (``2016-07-18/2016-07-20``), its beginning."""
    if match := _NUMBERS.search(text) or _COMPACT.fullmatch(text.strip()):
        return PartialDate(year_of(match[1]), iso_day(*match.groups()))
    year = year_of(text)
    if year is None:
        return PartialDate()
    without_year = _YEAR.sub(" ", text, count=1)
    month, day = month_of(without_year), _DAY.search(without_year)
    return PartialDate(year, iso_day(year, month, day[1]) if month and day else "")


def iso_day(*parts: object) -> str:
    """An ISO date from year, month and day; '' if a part is missing or invalid, or the year is outside `YEARS`."""
    try:
        year, month, day = (int(str(part)) for part in parts[:3])
        return date(year, month, day).isoformat() if YEARS[0] <= year <= YEARS[1] else ""
    except (ValueError, OverflowError):
        return ""


def year_of(text: object) -> int | None:
    """The first year named in a text or number, from 1900 to 2099; else None."""
    match = _YEAR.search(str(text))
    return int(match[0]) if match else None


def month_of(text: str) -> int | None:
    """The number of the month whose name is in ``text``, or whose number is ``text`` (``05``); else None."""
    for word in _WORD.findall(text.casefold()):
        if word[:3] in _MONTH_NUMBERS:
            return _MONTH_NUMBERS[word[:3]]
    number = text.strip()
    return int(number) if re.fullmatch(r"0?[1-9]|1[0-2]", number) else None


class PageDate(NamedTuple):
    """A date as a page writes it: the numbers of its parts. The year may be missing."""

    month: int
    day: int
    year: int | None

    def iso(self, default_year: int | None) -> str:
        """The day as an ISO date; '' if its year is unknown or the calendar has no such day."""
        year = self.year or default_year
        try:
            return date(year, self.month, self.day).isoformat() if year else ""
        except ValueError:
            return ""


def page_date(line: str) -> PageDate | None:
    """The date if the whole line is one, else None."""
    for pattern in _PAGE_DATES:
        if match := pattern.fullmatch(line):
            month_name = match["month"].casefold()  # not ``lower``: regular expressions treat ``ſ`` as ``s``
            month = int(month_name) if month_name.isdigit() else _MONTH_NUMBERS[month_name[:3]]
            return PageDate(month, int(match["day"]), int(match["year"]) if match["year"] else None)
    return None


def is_period(line: str) -> bool:
    """Whether the whole line is a week, a month of a year, or a range of days."""
    return bool(_PERIOD.fullmatch(line))
