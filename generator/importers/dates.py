"""Days and years as bibliographies write them: ISO 8601, EDTF level 1 (as biblatex), RIS, and days in words.

https://www.loc.gov/standards/datetime/; only what is certain becomes a day, and every year that is named is kept.
"""

import re
from datetime import date
from typing import NamedTuple

YEARS = 1900, 2099
"""The years that an entry can hold."""

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_NUMBERS = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHER_MONTHS = {"mär": 3, "mai": 5, "okt": 10, "dez": 12}
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])")


class Dated(NamedTuple):
    """The year, or None; and the whole day in ISO form, or ''."""

    year: int | None = None
    day: str = ""


def read_date(text: str) -> Dated:
    """The first day or year that ``text`` names. Of a range (``2016-07-18/2016-07-20``) it is the beginning."""
    if match := _NUMBERS.search(text) or _COMPACT.fullmatch(text.strip()):
        whole = iso_day(*match.groups())
        return Dated(year_of(match[1]), whole)
    year = year_of(text)
    if year is None:
        return Dated()
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
        if short in _OTHER_MONTHS:
            return _OTHER_MONTHS[short]
    number = text.strip()
    return int(number) if number.isdecimal() and number.isascii() and 1 <= int(number[:4]) <= 12 else None
