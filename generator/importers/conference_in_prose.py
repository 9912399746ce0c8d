"""The conference in the opening of an article: ``The … (NeurIPS) … from December 2nd to December 7th 2025 in …``.

The article may be in English or German. A conference is an acronym in brackets after its long form, or a name with a
year after *at*, *auf dem*, *bei der*.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

OPENING_LINES = 4
"""The number of lines to search: a headline, perhaps a second one, and a first paragraph."""

_MAX_LINE = 2000  # characters of a line; an opening is short, and longer lines would take too much time
_MAX_LONG_FORM = 240  # characters before an acronym that may be its long form
# an acronym of one to four words: ``ICML``, ``USENIX Security``
_ACRONYM = r"[A-Z][A-Za-z&]*(?:[ -][A-Z&][A-Za-z&]*){0,3}"
# ``(NeurIPS)``, ``(ICML '24)``
_BRACKETS = re.compile(rf"\((?P<name>{_ACRONYM})(?:[ ’'-]{{0,2}}(?P<year>20[0-9]{{2}}|[0-9]{{2}}))?\)")
# the long form before the bracket, after *the* or *die*
_LONG_FORM = re.compile(r"(?:^|[\s,])(?:the|das|die|der|dem|den)\s+(?P<long_form>[^.;:!?]{4,200})$", re.IGNORECASE)
# ``at ICLR 2026``, ``auf der 12. ACM CCS 2025``
_HEADLINE = re.compile(
    r"\b(?:at|auf (?:dem|der)|bei (?:dem|der)|beim|zur|zum|in|@)\s+(?:the\s+|this year’s\s+)?"
    r"(?:[0-9]{1,2}(?:st|nd|rd|th|\.)\s+)?"
    r"(?P<name>[A-Z][\w&]*(?:[ -](?:on |of |for |and |in )?[A-Z&][\w&]*){0,8})[ ,-]+(?P<year>20[0-9]{2})\b"
)
_MONTH = r"(?:Jan|Feb|M[aä]r|Apr|Ma[yi]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[a-zä]*"
# ``December 2nd to December 7th 2025 in Oslo``; ``2. bis 7. Dezember 2025``; ``December 2025``. From the most to the
# least precise, because the first match counts.
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?(?: to | – | - |–|-| and |[^.]{{1,40}}?)(?:{_MONTH} )?"
        r"[0-9]{1,2}(?:st|nd|rd|th)?,? "
        r"(?P<year>20[0-9]{2})(?:,? in (?P<place>[^.;]{2,80}))?",
        rf"[0-9]{{1,2}}\.?(?: {_MONTH})?(?: to | bis(?: zum)? | – | - |–|-| and )[0-9]{{1,2}}\.? {_MONTH} "
        r"(?P<year>20[0-9]{2})(?:,? in (?P<place>[^.;]{2,80}))?",
        rf"{_MONTH} (?P<year>20[0-9]{{2}})(?:,? in (?P<place>[^.;]{{2,80}}))?",
    )
)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_TWO_CAPITALS = re.compile(r"[A-Z].*[A-Z]")  # an acronym has at least two
_VENUE_WORD = re.compile(r"conference|symposium|konferenz|tagung|workshop|meeting|congress|kongress", re.IGNORECASE)


class Conference(NamedTuple):
    """A conference in an article. ``short`` is the acronym, ``name`` the long form; ``place`` may be ''."""

    short: str
    name: str
    year: int | None
    place: str


def conference_of(lines: Sequence[str]) -> Conference | None:
    """Return the first conference in brackets, else the first after *at* or the like; None if there is none.

    Its place may be in another line. So may its year, if the conference is in brackets.
    """
    lines = [line[:_MAX_LINE] for line in lines]
    year, place = _year_and_place(lines)
    for line in lines:
        for match in _BRACKETS.finditer(line):
            # A name with one capital, such as ``Interspeech``, counts if its long form has a word such as *conference*.
            # In *the workshop on …*, ``_long_form`` has cut that word off.
            long_form = _long_form(line[max(0, match.start() - _MAX_LONG_FORM) : match.start()].rstrip())
            if long_form and (_TWO_CAPITALS.match(match["name"]) or _VENUE_WORD.search(long_form)):
                digits = match["year"]
                stated_year = int(digits if len(digits) == 4 else f"20{digits}") if digits else None
                return Conference(match["name"], long_form, stated_year or year, place)
    for line in lines:
        if headline := _HEADLINE.search(line):
            return Conference(headline["name"], headline["name"], int(headline["year"]), place)
    return None


def _long_form(before: str) -> str:
    """The long form at the end of the text ``before`` an acronym: several words, one such as *conference*; else ''.

    It begins after an article or a sentence, with the first word that is capitalized or a number.
    """
    match = _LONG_FORM.search(before)
    candidate = match["long_form"] if match else before.rpartition(". ")[2]
    words = candidate.split()
    while words and not words[0][:1].isupper() and not words[0][:1].isdigit():
        words.pop(0)
    return " ".join(words) if len(words) > 1 and _VENUE_WORD.search(candidate) else ""


def _year_and_place(lines: Sequence[str]) -> tuple[int | None, str]:
    """The year and place of the first date; without a date, the year if the lines name only one."""
    for line in lines:
        for pattern in _DATES:
            if match := pattern.search(line):
                place = (match["place"] or "").strip(" ,")
                # Cut off the rest of the sentence: ``Oslo, where …``, ``findet … in Oslo statt``.
                return int(match["year"]), re.sub(r"(?<!\s)\s++statt\w*+\b.*|,\s++[a-zäöü].*", "", place)
    years = {match[0] for line in lines for match in _YEAR.finditer(line)}
    return (int(years.pop()) if len(years) == 1 else None), ""
