"""Long lists on several pages: the items of a page, the folders of pages, and the links between them."""

from collections.abc import Sequence
from typing import TypeVar

from generator.pages.views import Link

Item = TypeVar("Item")

_ALL_NAMED = 12  # pages; of a longer list some are left out
_STEPS = (-100, -10, -2, -1, 0, 1, 2, 10, 100)


def paged(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """A long list cut into pages of at most ``size``; an empty list is one empty page."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def page_numbers(items: int, size: int) -> range:
    """The numbers of the pages of a list, from 1."""
    return range(1, max(1, -(-items // size)) + 1)


def on_page(items: Sequence[Item], size: int, number: int) -> Sequence[Item]:
    """The items of the ``number``-th page (from 1) of a list."""
    return items[(number - 1) * size : number * size]


def page_place(place: str, number: int) -> str:
    """The folder of the ``number``-th page (from 1) of a list at ``place``."""
    return place if number == 1 else f"{place}/page/{number}"


def pager(place: str, total: int, number: int) -> tuple[Link | None, ...]:
    """Links to the pages of a list; the one without a place is the page itself. Empty for a single page.

    Of many pages, the nearest and some distant ones are linked; None marks the gaps.
    """
    if total == 1:
        return ()
    near = {number + step for step in _STEPS} | {1, total}
    shown = sorted(n for n in near if 1 <= n <= total) if total > _ALL_NAMED else list(range(1, total + 1))
    links: list[Link | None] = []
    for before, n in zip([0, *shown], shown, strict=False):
        if n > before + 1:
            links.append(None)
        links.append(Link(str(n), "" if n == number else page_place(place, n)))
    return tuple(links)
