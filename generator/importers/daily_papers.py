"""A dump of the Daily Papers page, by day, week or month, or of Trending Papers; several of them may follow each other.

A date heading holds for the papers below it, up to the next date or the next page.
"""

from generator.importers.dates import page_date
from generator.importers.listing import read_page
from generator.importers.page_elements import Row, kind_of
from generator.importers.page_lines import is_markdown, reduced
from generator.importers.raw_paper import Options, Parsed

NAME = "daily-papers"

_HEADINGS = frozenset({"Daily Papers", "Trending Papers"})
_CARD = frozenset({Row.SUBMITTED, Row.AUTHORS, Row.UPVOTE})


def recognises(text: str) -> bool:
    """A heading of the page or a date stands near the top, or cards stand anywhere."""
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if is_markdown(text):
        lines = [reduced(line).text for line in lines]
    if any(line in _HEADINGS or page_date(line) for line in lines[:60] if line):
        return True
    return sum(len(line) < 90 and kind_of(line) in _CARD for line in lines if line) > 1


def read(text: str, options: Options) -> Parsed:
    """Read the pages. The year of a date comes from ``options.year``; without it the papers have no date."""
    return read_page(text, options, NAME)
