"""A list of papers under headings. Single papers share a heading."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.pages.views import Group, Views


class Heading(NamedTuple):
    """The text of a heading and its anchor."""

    title: str
    anchor: str


class Placed(NamedTuple):
    """A paper with its heading, and the heading of its part of the list for papers that are alone under theirs."""

    paper: str
    heading: Heading
    rest: Heading


_Section = tuple[Heading, list[str]]


def sections(views: Views, papers: Sequence[Placed]) -> list[Group]:
    """The papers, which are in the order of their parts, as groups; a list with a single group needs no heading."""
    groups = [group for _, part in groupby(papers, key=lambda placed: placed.rest) for group in _part(list(part))]
    lonely = [paper for _, of_group in groups if len(of_group) == 1 for paper in of_group]
    groups = [(heading, of_group) for heading, of_group in groups if len(of_group) > 1]
    if lonely and groups:
        heading, of_group = groups.pop()
        groups.append((heading, of_group + lonely))
    if len(groups) < 2:
        groups = [(Heading("", ""), [placed.paper for placed in papers])] if papers else []
    return [Group(heading.title, heading.anchor, views.cards(of_group)) for heading, of_group in groups]


def _part(papers: Sequence[Placed]) -> Iterator[_Section]:
    """The sections of a part. Single papers come last; if there is just one, the last section joins it."""
    by_heading: dict[Heading, list[str]] = {}
    for placed in papers:
        by_heading.setdefault(placed.heading, []).append(placed.paper)
    single = [of_heading[0] for of_heading in by_heading.values() if len(of_heading) == 1]
    groups = [(heading, of_heading) for heading, of_heading in by_heading.items() if len(of_heading) > 1]
    if len(single) == 1 and groups:
        single = groups.pop()[1] + single
    yield from groups
    if single:
        yield papers[0].rest, single
