"""Compute the geometry of charts: columns along an axis of years or sizes, and rows of bars.

Widths are percentages, so that a chart fits any screen while its labels keep their size; heights are pixels. Templates
add the texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.model.counting import Share
from generator.pages.views import Link

COLUMN_WIDTH = 52  # pixels of a column with its gap, if there is room
FILLED = 62  # percent of that width without the gap
WIDE, NARROW = 720, 300  # pixels of a chart on a desktop and on a phone
DIGIT = 7  # pixels; the width of a digit in a label
ABOVE, BELOW = 18, 20  # pixels for the number above a column and the name below it
MAX_YEARS = 40  # columns; older years share one, so that labels fit a phone
HEIGHT, HEIGHT_SMALL = 150, 72  # pixels of the tallest column, on a page of its own and beside papers


class Column(NamedTuple):
    """A column: ``x``, ``width`` and ``middle`` in percent, ``y`` and ``height`` in pixels.

    ``shown`` says where its labels have room: ``always``, only on ``wide`` screens, or '' for nowhere.
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
    """A bar of ``width`` percent; ``total`` is the number that ``link.count`` is a part of, or 0."""

    link: Link
    total: int
    width: str

    @property
    def percent(self) -> int:
        """The share in whole percent."""
        return Share(self.link.count, self.total).percent


class Rows(NamedTuple):
    """A chart of rows, the number of omitted rows, and the sum of their counts."""

    rows: tuple[Row, ...]
    hidden: int = 0
    rest: int = 0


def columns(counts: Sequence[tuple[str, int]], height: int) -> Columns:
    """Draw named counts, from left to right, as columns of at most ``height`` pixels."""
    largest = max((count for _, count in counts), default=0)
    labels = max((max(len(text), len(f"{count:,}")) for text, count in counts), default=0)
    last = len(counts) - 1
    drawn = []
    for number, (text, count) in enumerate(counts):
        tall = max(height * count / largest, 1.5) if count else 0.0
        drawn.append(
            Column(
                text=text,
                papers=count,
                x=_fixed((number + (1 - FILLED / 100) / 2) * 100 / len(counts)),
                width=_fixed(FILLED / len(counts)),
                middle=_fixed((number + 0.5) * 100 / len(counts)),
                y=_fixed(ABOVE + height - tall),
                height=_fixed(tall),
                shown=_shown(last - number, len(counts), labels),
            )
        )
    return Columns(tuple(drawn), max(len(counts), 1) * COLUMN_WIDTH, ABOVE + height + BELOW, ABOVE + height)


def year_columns(counts: Mapping[int, int], height: int) -> Columns:
    """Draw counts by year, including years without any. Years more than MAX_YEARS back share one column."""
    if not counts:
        return columns((), height)
    newest = max(counts)
    first = max(min(counts), newest - MAX_YEARS + 1)
    before = sum(count for year, count in counts.items() if year < first)
    line = [(str(year), counts.get(year, 0)) for year in range(first, newest + 1)]
    return columns([(f"<{first}", before), *line] if before else line, height)


def size_columns(counts: Mapping[int, int], max_size: int, height: int) -> Columns:
    """Draw counts by size, from 1 to ``max_size``. Larger sizes count as ``max_size``."""
    if not counts:
        return columns((), height)
    line = [(str(size), counts.get(size, 0)) for size in range(1, min(max_size, max(counts)) + 1)]
    beyond = sum(count for size, count in counts.items() if size > max_size)
    return columns([*line[:-1], (f"{max_size}+", line[-1][1] + beyond)] if beyond else line, height)


def rows(links: Sequence[Link], max_rows: int) -> Rows:
    """Draw links with their counts as bars, relative to the longest; ``max_rows`` of them, or all if only one more."""
    max_rows += len(links) == max_rows + 1
    longest = max((link.count for link in links), default=0) or 1
    return Rows(
        tuple(Row(link, 0, _fixed(100 * link.count / longest)) for link in links[:max_rows]),
        len(links[max_rows:]),
        sum(link.count for link in links[max_rows:]),
    )


def share_rows(shares: Iterable[tuple[Link, Share]]) -> Rows:
    """Draw shares as bars, relative to all papers."""
    return Rows(
        tuple(
            Row(Link(link.text, link.site_path, share.part), share.whole, _fixed(100 * share.part / share.whole))
            for link, share in shares
        )
    )


def _shown(from_last: int, columns: int, letters: int) -> str:
    """Where a column has labels: at every n-th column from the last, so that labels do not overlap."""
    room = (letters + 1) * DIGIT * columns
    wide = -(-room // min(WIDE, columns * COLUMN_WIDTH))
    narrow = wide * -(-room // (NARROW * wide))
    if from_last % narrow == 0:
        return "always"
    return "" if from_last % wide else "wide"


def _fixed(number: float) -> str:
    return f"{number:.2f}"
