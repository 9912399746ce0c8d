"""Dates as bibliographies and pages write them.

Bibliographies: ISO 8601, EDTF level 1 (https://www.loc.gov/standards/datetime/, as biblatex), RIS, and days in words.
Only what is certain becomes a day; a year without a day stays a year. Pages: ``Sep 3``, ``Wednesday, 3 September
2025``, ``2025-09-03``; weeks and months are no days.
"""

import re
from datetime import date
from typing import NamedTuple

YEARS = 1900, 2099
"""The years that an entry can hold."""

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# ``2024-05-13``, ``2024/5/13``: the year comes first, so the order is certain
_NUMBERS = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")  # ``20240513``
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# German months whose first letters differ from the English ones
_GERMAN_MONTHS = {"mär": 3, "mai": 5, "okt": 10, "dez": 12}
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])")  # ``13``, ``3rd``
_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **_GERMAN_MONTHS,
    "mrz": 3,
}
_PAGE_MONTH = r"(?P<month>(?:jan|feb|m[aä]r|mrz|apr|ma[yi]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zäö]*)\.?"
_PAGE_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_PAGE_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*\.?,? )?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}{_PAGE_MONTH} {_PAGE_DAY}(?:,? {_PAGE_YEAR})?",
        rf"{_WEEKDAY}{_PAGE_DAY} {_PAGE_MONTH}(?:,? {_PAGE_YEAR})?",
        rf"{_PAGE_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
    )
)
_PLAIN_YEAR = r"(?:,? (?:19|20)[0-9]{2})?"
_PLAIN_DAY = rf"{_PAGE_MONTH.replace('?P<month>', '?:')} {_PAGE_DAY.replace('?P<day>', '?:')}{_PLAIN_YEAR}"
# ``Week 36``, ``2025-W36``, ``September 2025``, ``Sep 1 - Sep 7``: periods, not days
_PERIOD = re.compile(
    rf"(?:week|woche|kw) ?[0-9]{{1,2}}{_PLAIN_YEAR}|(?:19|20)[0-9]{{2}}-W?[0-9]{{2}}"
    rf"|{_PAGE_MONTH},? (?:19|20)[0-9]{{2}}"
    rf"|{_PLAIN_DAY} ?(?:[-–—]|to|bis) ?(?:{_PLAIN_DAY}|[0-9]{{1,2}}{_PLAIN_YEAR})",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """The year, or None; and the whole day in ISO form, or ''."""

    year: int | None = None
    day: str = ""


def read_date(text: str) -> Dated:
    """The first day or year that ``text`` names. Of a range (``2016-07-18/2016-07-20``) it is the beginning."""
    if match := _NUMBERS.search(text) or _COMPACT.fullmatch(text.strip()):
        return Dated(year_of(match[1]), iso_day(*match.groups()))
    year = year_of(text)
    if year is None:
        return Dated()
    # The year goes first: its digits would count as a day.
    rest = _YEAR.sub(" ", text, count=1)
    month, number = month_of(rest), _DAY.search(rest)
    return Dated(year, iso_day(year, month, number[1]) if month and number else "")


def iso_day(*parts: object) -> str:
    """An ISO date from year, month and day, or '' where one of them is missing, wrong, or of another century."""
    try:
        year, month, number = (int(str(part)) for part in parts[:3])
        return date(year, month, number).isoformat() if YEARS[0] <= year <= YEARS[1] else ""
    except (ValueError, OverflowError):
        return ""


def year_of(text: object) -> int | None:
    """The first year named in a text or number, from 1900 to 2099; else None."""
    match = _YEAR.search(str(text))
    return int(match[0]) if match else None


def month_of(text: str) -> int | None:
    """The month that a text names, in words or as its only number; else None."""
    for word in _WORD.findall(text.casefold()):
        short = word[:3]
        if short in _MONTHS:
            return _MONTHS.index(short) + 1
        if short in _GERMAN_MONTHS:
            return _GERMAN_MONTHS[short]
    # Digits of other scripts are decimal too, and a number of any length would be read: four digits are enough.
    number = text.strip()
    return int(number) if number.isdecimal() and number.isascii() and 1 <= int(number[:4]) <= 12 else None


class PageDate:
    """A day as a page writes it; ``iso`` completes it with a year where it has none."""

    def __init__(self, month: int, day: int, year: int | None) -> None:
        self.month, self.day, self.year = month, day, year

    def iso(self, year: int | None) -> str:
        """The day as an ISO date, or '' if its year is not known or the calendar has no such day."""
        full_year = self.year or year
        try:
            return date(full_year, self.month, self.day).isoformat() if full_year else ""
        except ValueError:
            return ""


def page_date(line: str) -> PageDate | None:
    """The day that a whole line names, or None."""
    for form in _FORMS:
        if match := form.fullmatch(line):
            month = match["month"].lower()
            number = int(month) if month.isdigit() else _MONTH_NUMBERS[month[:3]]
            return PageDate(number, int(match["day"]), int(match["year"]) if match["year"] else None)
    return None


def is_period(line: str) -> bool:
    """Whether a whole line names a week, a month of a year, or the days from one to another."""
    return bool(_PERIOD.fullmatch(line))
