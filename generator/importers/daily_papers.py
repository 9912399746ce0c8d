"""Copies of the Daily Papers page, by day, week or month, or of Trending Papers; a file may contain several.

A date applies to the papers below it, up to the next date or page.
"""

from generator.importers.dates import page_date
from generator.importers.listing import read_page
from generator.importers.page_lines import is_markdown, without_markdown
from generator.importers.page_rows import RowKind, kind_of
from generator.importers.raw_paper import Options, Parsed

NAME = "daily-papers"

_HEADINGS = frozenset({"Daily Papers", "Trending Papers"})
_CARD = frozenset({RowKind.SUBMITTED, RowKind.AUTHORS, RowKind.UPVOTE})  # rows that occur in cards only


def recognizes(text: str) -> bool:
    """Whether a heading of the page or a date is near the top, or cards are anywhere."""
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if is_markdown(text):
        lines = [without_markdown(line).text for line in lines]
    if any(line in _HEADINGS or page_date(line) for line in lines[:60] if line):
        return True
    return sum(len(line) < 90 and kind_of(line) in _CARD for line in lines if line) > 1


def read(text: str, options: Options) -> Parsed:
    """Read the pages. ``options.year`` completes dates; without it, the papers have no date."""
    return read_page(text, options, NAME)
