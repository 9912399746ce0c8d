"""A list of papers under headings. No heading stands over a single paper: such papers share one."""

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


def sections(views: Views, papers: Sequence[Placed]) -> list[Group]:
    """The papers, which are in the order of their parts, as groups; a list with a single group needs no heading."""
    groups = [group for _, part in groupby(papers, key=lambda placed: placed.rest) for group in _part(list(part))]
    lonely = [paper for _, held in groups if len(held) == 1 for paper in held]
    groups = [(heading, held) for heading, held in groups if len(held) > 1]
    if lonely and groups:
        heading, held = groups.pop()
        groups.append((heading, held + lonely))
    if len(groups) < 2:
        groups = [(Heading("", ""), [placed.paper for placed in papers])] if papers else []
    return [Group(heading.title, heading.anchor, views.cards(held)) for heading, held in groups]


def _part(papers: Sequence[Placed]) -> Iterator[tuple[Heading, list[str]]]:
    """A part by headings. What is alone comes last; so that it is not alone there, the last pair joins it."""
    found: dict[Heading, list[str]] = {}
    for placed in papers:
        found.setdefault(placed.heading, []).append(placed.paper)
    alone = [held[0] for held in found.values() if len(held) == 1]
    groups = [(heading, held) for heading, held in found.items() if len(held) > 1]
    if len(alone) == 1 and groups:
        alone = groups.pop()[1] + alone
    yield from groups
    if alone:
        yield papers[0].rest, alone
