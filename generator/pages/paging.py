"""Long lists: divided into pages with links between them, and into groups of papers under headings."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil
from typing import NamedTuple, TypeVar

from generator.pages.views import Group, Link, Views

Item = TypeVar("Item")

_MAX_LINKED = 12  # pages; a longer list links only some of its pages
_STEPS = (-100, -10, -2, -1, 0, 1, 2, 10, 100)  # pages that are linked, relative to the current one


def paged(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Divide a list into pages of at most ``size`` items; an empty list is one empty page."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def page_numbers(item_count: int, size: int) -> range:
    """The numbers, from 1, of the pages of a list, with at most ``size`` items on each."""
    return range(1, max(1, ceil(item_count / size)) + 1)


def on_page(items: Sequence[Item], size: int, number: int) -> Sequence[Item]:
    """The items on the ``number``-th page (from 1) of a list, with at most ``size`` on each."""
    return items[(number - 1) * size : number * size]


def numbered_path(site_path: str, number: int) -> str:
    """The folder of the ``number``-th page (from 1) of a list at ``site_path``."""
    return site_path if number == 1 else f"{site_path}/page/{number}"


def pager(site_path: str, page_count: int, number: int) -> tuple[Link | None, ...]:
    """Links to the pages of a list; that of the current page ``number`` has no site path. Empty for a single page.

    If there are many pages, the nearest and some distant ones are linked; None marks the gaps.
    """
    if page_count == 1:
        return ()
    linked = list(range(1, page_count + 1))
    if page_count > _MAX_LINKED:
        chosen = {1, page_count, *(number + step for step in _STEPS)}
        linked = sorted(page for page in chosen if 1 <= page <= page_count)
    links: list[Link | None] = []
    for previous, page in zip([0, *linked], linked, strict=False):
        if page > previous + 1:
            links.append(None)
        links.append(Link(str(page), "" if page == number else numbered_path(site_path, page)))
    return tuple(links)


class Heading(NamedTuple):
    """The text of a heading and its anchor."""

    title: str
    anchor: str


class HeadedPaper(NamedTuple):
    """The id of a paper, its heading, and the heading that it gets if no other paper has the same one.

    A list can have several parts, such as tracks. Each part has its own ``fallback``, such as "Oral: Other topics".
    """

    paper_id: str
    heading: Heading
    fallback: Heading


_HeadedIds = tuple[Heading, list[str]]
"""A heading, and the ids of the papers under it."""


def sections(views: Views, papers: Sequence[HeadedPaper]) -> list[Group]:
    """Group papers, which are in the order of their parts, under headings.

    Without at least two groups of several papers, all papers are one group without a heading. In a group, a paper is
    listed once.
    """
    parts = groupby(papers, key=lambda paper: paper.fallback)
    groups = [group for _, part in parts for group in _groups_of_part(list(part))]
    if sum(len(ids) > 1 for _, ids in groups) < 2:  # one heading repeats the title of the page
        groups = [(Heading("", ""), [item.paper_id for item in papers])] if papers else []
    return [Group(heading.title, heading.anchor, views.cards(dict.fromkeys(ids))) for heading, ids in groups]


def _groups_of_part(papers: Sequence[HeadedPaper]) -> Iterator[_HeadedIds]:
    """The groups of a part. The last one has the papers that are alone under their headings."""
    by_heading: dict[Heading, list[str]] = {}
    for item in papers:
        by_heading.setdefault(item.heading, []).append(item.paper_id)
    lone_ids = [ids[0] for ids in by_heading.values() if len(ids) == 1]
    groups = [(heading, ids) for heading, ids in by_heading.items() if len(ids) > 1]
    if len(lone_ids) == 1 and groups:  # a group of one paper takes the papers of the last group
        lone_ids = groups.pop()[1] + lone_ids
    yield from groups
    if lone_ids:
        yield papers[0].fallback, lone_ids
