"""Dates on pages: ``Sep 3``, ``Wednesday, 3 September 2025``, ``2025-09-03``; and weeks and months, which are none."""

import re
from datetime import date

_MONTHS = {
    **{name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)},
    "mai": 5,
    "okt": 10,
    "dez": 12,
    "mär": 3,
    "mrz": 3,
}
_MONTH = r"(?P<month>(?:jan|feb|m[aä]r|mrz|apr|ma[yi]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zäö]*)\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*\.?,? )?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}{_MONTH} {_DAY}(?:,? {_YEAR})?",
        rf"{_WEEKDAY}{_DAY} {_MONTH}(?:,? {_YEAR})?",
        rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
    )
)
_PLAIN_YEAR = r"(?:,? (?:19|20)[0-9]{2})?"
_PLAIN_DAY = rf"{_MONTH.replace('?P<month>', '?:')} {_DAY.replace('?P<day>', '?:')}{_PLAIN_YEAR}"
_SPAN = re.compile(
    rf"(?:week|woche|kw) ?[0-9]{{1,2}}{_PLAIN_YEAR}|(?:19|20)[0-9]{{2}}-W?[0-9]{{2}}|{_MONTH},? (?:19|20)[0-9]{{2}}"
    rf"|{_PLAIN_DAY} ?(?:[-–—]|to|bis) ?(?:{_PLAIN_DAY}|[0-9]{{1,2}}{_PLAIN_YEAR})",
    re.IGNORECASE,
)


class PageDate:
    """A day as a page writes it; ``iso`` completes it with a year where it has none."""

    def __init__(self, month: int, day: int, year: int | None) -> None:
        self.month, self.day, self.year = month, day, year

    def iso(self, year: int | None) -> str:
        """The day as an ISO date, or '' if its year is not known or the calendar has no such day."""
        known = self.year or year
        try:
            return date(known, self.month, self.day).isoformat() if known else ""
        except ValueError:
            return ""


def page_date(line: str) -> PageDate | None:
    """The day that a whole line names, or None."""
    for form in _FORMS:
        if match := form.fullmatch(line):
            month = match["month"].lower()
            number = int(month) if month.isdigit() else _MONTHS[month[:3]]
            return PageDate(number, int(match["day"]), int(match["year"]) if match["year"] else None)
    return None


def is_span(line: str) -> bool:
    """Whether a whole line names a week, a month of a year, or the days from one to another."""
    return bool(_SPAN.fullmatch(line))
