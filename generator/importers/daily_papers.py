"""Copies of Hugging Face's page of Daily Papers, by day, week or month, or of Trending Papers.

A file may contain several pages. A date applies to the papers below it, up to the next date or page.
"""

from generator.importers.dates import page_date
from generator.importers.listing import read_page
from generator.importers.page_lines import is_markdown, without_markdown
from generator.importers.page_rows import MAX_LABEL_LENGTH, RowKind, kind_of
from generator.importers.raw_paper import Options, Parsed

NAME = "daily-papers"

_HEADINGS = frozenset({"Daily Papers", "Trending Papers"})
_CARD_ROWS = frozenset({RowKind.SUBMITTED, RowKind.AUTHORS, RowKind.UPVOTE})  # rows that occur in cards only


def recognizes(text: str) -> bool:
    """Whether a heading of the page or a date is in the first 60 lines with text, or the text has two rows of cards."""
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if is_markdown(text):
        lines = [without_markdown(line).text for line in lines]
    if any(line in _HEADINGS or page_date(line) for line in lines[:60] if line):
        return True
    return sum(len(line) <= MAX_LABEL_LENGTH and kind_of(line) in _CARD_ROWS for line in lines if line) > 1


def read(text: str, options: Options) -> Parsed:
    """Read the pages. ``options.year`` completes dates without a year."""
    return read_page(text, options, NAME)
