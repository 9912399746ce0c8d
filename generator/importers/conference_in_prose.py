"""The conference in the opening of an article: ``The … (NeurIPS) … from December 2nd to December 7th 2025 in …``.

English and German. Only an acronym in brackets after its long form counts as a conference, or a name with a year after
*at*, *auf dem*, *bei der*.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

OPENING_LINES = 4
"""The number of lines to search: a headline, perhaps a second one, and a first paragraph."""

# an acronym of one to four words: ``ICML``, ``USENIX Security``
_SHORT = r"[A-Z][A-Za-z&]*(?:[ -][A-Z&][A-Za-z&]*){0,3}"
# ``(NeurIPS)``, ``(ICML '24)``
_BRACKETS = re.compile(rf"\((?P<name>{_SHORT})(?:[ ’'-]{{0,2}}(?P<year>20[0-9]{{2}}|[0-9]{{2}}))?\)")
# the long form before the bracket, from its article on
_FULL = re.compile(r"(?:^|[\s,])(?:the|das|die|der|dem|den)\s+(?P<full>[^.;:!?]{4,200})$", re.IGNORECASE)
# ``at ICLR 2026``, ``auf der 12. ACM CCS 2025``
_HEADLINE = re.compile(
    r"\b(?:at|auf (?:dem|der)|bei (?:dem|der)|beim|zur|zum|in|@)\s+(?:the\s+|this year’s\s+)?"
    r"(?:[0-9]{1,2}(?:st|nd|rd|th|\.)\s+)?"
    r"(?P<name>[A-Z][\w&]*(?:[ -](?:on |of |for |and |in )?[A-Z&][\w&]*){0,8})[ ,-]+(?P<year>20[0-9]{2})\b"
)
_MONTH = r"(?:Jan|Feb|M[aä]r|Apr|Ma[yi]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[a-zä]*"
# From the most to the least precise: the first match wins.
_DATES = tuple(
    re.compile(form)
    for form in (
        rf"{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?(?: to | – | - |–|-| and |[^.]{{1,40}}?)(?:{_MONTH} )?"
        r"[0-9]{1,2}(?:st|nd|rd|th)?,? "
        r"(?P<year>20[0-9]{2})(?:,? in (?P<place>[^.;]{2,80}))?",
        rf"[0-9]{{1,2}}\.?(?: {_MONTH})?(?: to | bis(?: zum)? | – | - |–|-| and )[0-9]{{1,2}}\.? {_MONTH} "
        r"(?P<year>20[0-9]{2})(?:,? in (?P<place>[^.;]{2,80}))?",
        rf"{_MONTH} (?P<year>20[0-9]{{2}})(?:,? in (?P<place>[^.;]{{2,80}}))?",
    )
)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_CAPITALS = re.compile(r"[A-Z].*[A-Z]")  # an acronym has two capitals at least
_VENUE_WORD = re.compile(r"conference|symposium|konferenz|tagung|workshop|meeting|congress|kongress", re.IGNORECASE)


class Conference(NamedTuple):
    """A conference in an article; ``year`` may be None and ``place`` ''."""

    short: str
    name: str
    year: int | None
    place: str


def conference_of(lines: Sequence[str]) -> Conference | None:
    """Return the first conference in ``lines``. Year and place may be in another line."""
    year, place = _year_and_place(lines)
    for line in lines:
        for match in _BRACKETS.finditer(line[:2000]):  # an opening is short; this bounds the time for long lines
            full = _full_name(line[max(0, match.start() - 240) : match.start()].rstrip())
            if full and (_CAPITALS.match(match["name"]) or _VENUE_WORD.search(full)):
                digits = match["year"]
                stated_year = int(digits if len(digits) == 4 else f"20{digits}") if digits else None
                return Conference(match["name"], full, stated_year or year, place)
    for line in lines:
        if headline := _HEADLINE.search(line[:2000]):
            return Conference(headline["name"], headline["name"], int(headline["year"]), place)
    return None


def _full_name(before: str) -> str:
    """The long form of an acronym in brackets: the words before it, if they are a conference's name or spell it."""
    match = _FULL.search(before)
    full = match["full"] if match else before.rpartition(". ")[2]
    words = full.split()
    while words and not words[0][:1].isupper() and not words[0][:1].isdigit():
        words.pop(0)
    return " ".join(words) if len(words) > 1 and _VENUE_WORD.search(full) else ""


def _year_and_place(lines: Sequence[str]) -> tuple[int | None, str]:
    for line in lines:
        for form in _DATES:
            if match := form.search(line[:2000]):
                place = (match["place"] or "").strip(" ,")
                return int(match["year"]), re.sub(r"(?<!\s)\s++statt\w*+\b.*|,\s++[a-zäöü].*", "", place)
    # Without a date, a year counts only if the opening names no other one.
    years = {match[0] for line in lines for match in _YEAR.finditer(line[:2000])}
    return (int(years.pop()) if len(years) == 1 else None), ""
