"""A dump of one Daily Papers page: banner, a date heading without a year, then titles and abstracts."""

import re
from datetime import date

from generator.importers.lines import clean_lines, is_banner
from generator.importers.listing import read_listing
from generator.importers.raw_paper import Note, Options, Parsed
from generator.model.record import RawRecord

NAME = "daily-papers"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(rf"({'|'.join(_MONTHS)})[a-z]*\.? ([0-9]{{1,2}})(?:,? ([0-9]{{4}}))?", re.IGNORECASE)


def recognises(text: str) -> bool:
    """A ``Daily Papers`` line or a date heading stands near the top."""
    head = [line.strip() for line in text.removeprefix("\ufeff").splitlines()[:40]]
    return "Daily Papers" in head or any(_DATE.fullmatch(line) for line in head)


def read(text: str, options: Options) -> Parsed:
    """Read the page. The year of its date comes from ``options.year``; without it the papers have no date."""
    parsed = Parsed()
    lines = clean_lines(text, parsed.repairs)
    fields: RawRecord = {}
    notes = []
    body = []
    for line in lines:
        if match := _DATE.fullmatch(line.text):
            year = int(match[3]) if match[3] else options.year
            day = _day(year, match)
            if day:
                fields["added"] = day
            else:
                notes.append(Note(line.number, f"the date {line.text!r} needs a year: give --year"))
        elif not is_banner(line.text):
            body.append(line)
    listing = read_listing(body, options, NAME, fields)
    listing.notes[:0] = notes
    listing.repairs.update(parsed.repairs)
    return listing


def _day(year: int | None, match: re.Match[str]) -> str:
    if year is None:
        return ""
    try:
        return date(year, _MONTHS.index(match[1][:3].lower()) + 1, int(match[2])).isoformat()
    except ValueError:
        return ""
