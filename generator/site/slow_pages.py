"""Which pages take MkDocs' own steps, or are rendered in full, and why: facts of a build, and how they read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

FEW = 10
"""Up to so many pages of a kind cost nothing that anybody notices."""


class Reason(NamedTuple):
    """Why pages take longer than others: the template (or the file of settings), and what in it makes it so."""

    template: str
    why: str


class Slow(NamedTuple):
    """How many pages take longer than others for the same reason."""

    reason: Reason
    pages: int


def summed(parts: Iterable[Iterable[Slow]]) -> tuple[Slow, ...]:
    """All parts as one, those of most pages first."""
    pages: Counter[Reason] = Counter()
    for part in parts:
        for reason, count in part:
            pages[reason] += count
    return tuple(Slow(reason, count) for reason, count in sorted(pages.items(), key=lambda item: (-item[1], item[0])))


def slow_lines(slow: Iterable[Slow]) -> Iterator[str]:
    """A line for each reason that slows down more than a few pages."""
    for (template, why), pages in slow:
        if pages > FEW:
            yield f"{pages:,} pages are built the slow way: {template}: {why}"
