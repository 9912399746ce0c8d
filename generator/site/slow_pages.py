"""Pages that are built by MkDocs or rendered in full, with the reason, and how the build reports them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

FEW = 10
"""Up to this number, slow pages are not reported: they cost no noticeable time."""


class Reason(NamedTuple):
    """Why pages are slow: the template (or the settings file), and the cause in it."""

    template: str
    why: str


class Slow(NamedTuple):
    """The number of pages that are slow for the same reason."""

    reason: Reason
    pages: int


def summed(parts: Iterable[Iterable[Slow]]) -> tuple[Slow, ...]:
    """Sum all parts by reason, most pages first."""
    pages: Counter[Reason] = Counter()
    for part in parts:
        for reason, count in part:
            pages[reason] += count
    return tuple(Slow(reason, count) for reason, count in sorted(pages.items(), key=lambda item: (-item[1], item[0])))


def slow_lines(slow: Iterable[Slow]) -> Iterator[str]:
    """Yield a line for each reason that affects more than ``FEW`` pages."""
    for (template, why), pages in slow:
        if pages > FEW:
            yield f"{pages:,} pages are built the slow way: {template}: {why}"
