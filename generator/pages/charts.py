"""Compute the geometry of charts: columns along an axis of years or sizes, and rows of bars.

Horizontal measures are percentages, so that a chart fits any screen while its labels keep their size. Vertical ones are
pixels. Templates add the texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from generator.model.counting import Share
from generator.pages.views import Link

COLUMN_WIDTH = 52  # pixels; the greatest width of a column with its gap
FILLED_PERCENT = 62  # of that width; the column without its gap
WIDE, NARROW = 720, 300  # pixels; the width of a chart on a desktop and on a phone
DIGIT_WIDTH = 7  # pixels; a character of a label
SPACE_ABOVE, SPACE_BELOW = 18, 20  # pixels; for the number above a column and the name below it
MIN_HEIGHT = 1.5  # pixels; lower columns could not be seen
MAX_YEARS = 40  # columns; older years share one, so that labels fit a phone
HEIGHT, HEIGHT_SMALL = 150, 72  # pixels; the tallest column, on the page of statistics and on pages with papers


class Column(NamedTuple):
    """A column with its name and number of papers: ``x``, ``width`` and ``middle`` in percent, ``y`` and ``height`` in
    pixels.

    ``shown`` says where there is room for its labels: ``always``, only on ``wide`` screens, or '' for nowhere.
    """

    text: str
    papers: int
    x: str
    width: str
    middle: str
    y: str
    height: str
    shown: str


class Columns(NamedTuple):
    """A chart of columns, ``width`` and ``height`` in pixels; ``base`` is the bottom of the columns."""

    columns: tuple[Column, ...]
    width: int
    height: int
    base: int


class Row(NamedTuple):
    """A bar of ``width`` percent for ``link.count``. If that is a share, ``total`` is the whole; else 0."""

    link: Link
    total: int
    width: str

    @property
    def percent(self) -> int:
        """The share in whole percent."""
        return Share(self.link.count, self.total).percent


class Rows(NamedTuple):
    """A chart of rows. ``hidden`` is the number of omitted rows, ``rest`` the sum of their counts."""

    rows: tuple[Row, ...]
    hidden: int = 0
    rest: int = 0


def columns(counts: Sequence[tuple[str, int]], height: int) -> Columns:
    """Draw counts, given with their names, from left to right as columns of at most ``height`` pixels."""
    largest = max((count for _, count in counts), default=0)
    longest_label = max((max(len(text), len(f"{count:,}")) for text, count in counts), default=0)
    last, base = len(counts) - 1, SPACE_ABOVE + height
    drawn = []
    for number, (text, count) in enumerate(counts):
        # Each column is in the middle of its share of the width, with half of the gap on each side.
        column_height = max(height * count / largest, MIN_HEIGHT) if count else 0.0
        drawn.append(
            Column(
                text=text,
                papers=count,
                x=_two_decimals((number + (1 - FILLED_PERCENT / 100) / 2) * 100 / len(counts)),
                width=_two_decimals(FILLED_PERCENT / len(counts)),
                middle=_two_decimals((number + 0.5) * 100 / len(counts)),
                y=_two_decimals(base - column_height),
                height=_two_decimals(column_height),
                shown=_shown(last - number, len(counts), longest_label),
            )
        )
    return Columns(tuple(drawn), max(len(counts), 1) * COLUMN_WIDTH, base + SPACE_BELOW, base)


def year_columns(counts: Mapping[int, int], height: int) -> Columns:
    """Draw counts by year, with a column for each year from the first to the last.

    If these are more than ``MAX_YEARS`` years, the earliest ones share a column.
    """
    if not counts:
        return columns((), height)
    newest = max(counts)
    first = max(min(counts), newest - MAX_YEARS + 1)
    earlier = sum(count for year, count in counts.items() if year < first)
    by_year = [(str(year), counts.get(year, 0)) for year in range(first, newest + 1)]
    return columns([(f"<{first}", earlier), *by_year] if earlier else by_year, height)


def size_columns(counts: Mapping[int, int], max_size: int, height: int) -> Columns:
    """Draw counts by size, from 1 to ``max_size``. Larger sizes count as ``max_size``."""
    if not counts:
        return columns((), height)
    by_size = [(str(size), counts.get(size, 0)) for size in range(1, min(max_size, max(counts)) + 1)]
    larger = sum(count for size, count in counts.items() if size > max_size)
    return columns([*by_size[:-1], (f"{max_size}+", by_size[-1][1] + larger)] if larger else by_size, height)


def rows(links: Sequence[Link], max_rows: int) -> Rows:
    """Draw the first ``max_rows`` links with their counts as bars, relative to the longest."""
    if len(links) == max_rows + 1:  # a row for one hidden link would take as much space as the link
        max_rows += 1
    longest = max((link.count for link in links), default=0) or 1
    return Rows(
        tuple(Row(link, 0, _two_decimals(100 * link.count / longest)) for link in links[:max_rows]),
        len(links[max_rows:]),
        sum(link.count for link in links[max_rows:]),
    )


def share_rows(shares: Iterable[tuple[Link, Share]]) -> Rows:
    """Draw shares as bars, relative to all papers."""
    return Rows(
        tuple(
            Row(Link(link.text, link.site_path, share.part), share.whole, _two_decimals(100 * share.part / share.whole))
            for link, share in shares
        )
    )


def _shown(from_last: int, number_of_columns: int, longest_label: int) -> str:
    """Where there is room for the labels of a column: the value of ``Column.shown``.

    Every n-th column has labels, counted from the last (``from_last`` is 0). ``longest_label`` is in characters.
    """
    needed_width = (longest_label + 1) * DIGIT_WIDTH * number_of_columns  # pixels, if every column has labels
    wide_interval = ceil(needed_width / min(WIDE, number_of_columns * COLUMN_WIDTH))
    # A multiple, so that each column with labels on a phone also has them on a desktop.
    narrow_interval = wide_interval * ceil(needed_width / (NARROW * wide_interval))
    if from_last % narrow_interval == 0:
        return "always"
    return "" if from_last % wide_interval else "wide"


def _two_decimals(number: float) -> str:
    return f"{number:.2f}"
