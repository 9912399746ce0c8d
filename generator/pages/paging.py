"""Long lists: divided into pages with links between them, and into groups under headings.

Single papers share a heading.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from generator.pages.views import Group, Link, Views

Item = TypeVar("Item")

_MAX_LINKED = 12  # pages; a longer list links only some of its pages
_STEPS = (-100, -10, -2, -1, 0, 1, 2, 10, 100)  # pages that are linked, relative to the current one


def paged(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Divide a list into pages of at most ``size``; an empty list is one empty page."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def page_numbers(items: int, size: int) -> range:
    """The numbers of the pages of a list, from 1."""
    return range(1, max(1, -(-items // size)) + 1)


def on_page(items: Sequence[Item], size: int, number: int) -> Sequence[Item]:
    """The items of the ``number``-th page (from 1) of a list."""
    return items[(number - 1) * size : number * size]


def numbered_path(site_path: str, number: int) -> str:
    """The folder of the ``number``-th page (from 1) of a list at ``site_path``."""
    return site_path if number == 1 else f"{site_path}/page/{number}"


def pager(site_path: str, total: int, number: int) -> tuple[Link | None, ...]:
    """Links to the pages of a list; the current page has no site path. Empty for a single page.

    If there are many pages, the nearest and some distant ones are linked; None marks the gaps.
    """
    if total == 1:
        return ()
    near = {number + step for step in _STEPS} | {1, total}
    shown = sorted(n for n in near if 1 <= n <= total) if total > _MAX_LINKED else list(range(1, total + 1))
    links: list[Link | None] = []
    for before, n in zip([0, *shown], shown, strict=False):
        if n > before + 1:
            links.append(None)
        links.append(Link(str(n), "" if n == number else numbered_path(site_path, n)))
    return tuple(links)


class Heading(NamedTuple):
    """The text of a heading and its anchor."""

    title: str
    anchor: str


class HeadedPaper(NamedTuple):
    """A paper with its heading. If no other paper of its part of the list has that heading, ``fallback`` replaces it.

    Papers of the same part have the same ``fallback``, such as "Other topics".
    """

    paper: str
    heading: Heading
    fallback: Heading


_HeadedIds = tuple[Heading, list[str]]


def sections(views: Views, papers: Sequence[HeadedPaper]) -> list[Group]:
    """Group papers, which are in the order of their parts, under headings. A single group has no heading."""
    groups = [group for _, part in groupby(papers, key=lambda paper: paper.fallback) for group in _part(list(part))]
    # Papers that are alone under their heading join the last group: a heading for each would only lengthen the list.
    lonely = [paper for _, papers_of_group in groups if len(papers_of_group) == 1 for paper in papers_of_group]
    groups = [(heading, papers_of_group) for heading, papers_of_group in groups if len(papers_of_group) > 1]
    if lonely and groups:
        heading, papers_of_group = groups.pop()
        groups.append((heading, papers_of_group + lonely))
    if len(groups) < 2:  # one heading over all papers repeats the title of the page
        groups = [(Heading("", ""), [item.paper for item in papers])] if papers else []
    return [Group(heading.title, heading.anchor, views.cards(papers_of_group)) for heading, papers_of_group in groups]


def _part(papers: Sequence[HeadedPaper]) -> Iterator[_HeadedIds]:
    """The groups of a part. Papers that are alone under their heading come last; a single one joins the last group."""
    by_heading: dict[Heading, list[str]] = {}
    for item in papers:
        by_heading.setdefault(item.heading, []).append(item.paper)
    single = [ids[0] for ids in by_heading.values() if len(ids) == 1]
    groups = [(heading, ids) for heading, ids in by_heading.items() if len(ids) > 1]
    if len(single) == 1 and groups:
        single = groups.pop()[1] + single
    yield from groups
    if single:
        yield papers[0].fallback, single
