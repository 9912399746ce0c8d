"""The map: every paper as a dot near similar ones, colored by area, and the same papers as a list.

If there are too many papers, only the newest are drawn, and the pages of topics replace the list.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from statistics import median
from typing import NamedTuple

from generator.build.task import File, Task, Values
from generator.pages.lists import Lists
from generator.pages.rendering import Renderer
from generator.pages.views import Link, Views
from generator.similarity.map_layout import center
from generator.similarity.map_layout import map_cells as cells
from generator.similarity.related import decode_relations, relations_key

STEP = 12  # units of the picture between the centers of neighboring dots
MARGIN = 10  # units around the outermost dots
_LETTER, _LINE = 5.4, 13  # units; the width of a letter and the height of a line of an area's name on a phone
_SHORT_NAME = 14  # characters; a longer name is divided into two lines
MAX_DOTS = 1500
"""The most dots on the map: more could not be distinguished, and the page would exceed 300 KB."""


class Dot(NamedTuple):
    """A paper on the map; ``x`` and ``y`` in units of the picture, ``area`` counted from 1."""

    paper: Link
    about: str
    area: int
    x: str
    y: str


class Name(NamedTuple):
    """The name of an area on the map, in lines around the middle of its dots."""

    x: str
    y: str
    lines: tuple[str, ...]


class Area(NamedTuple):
    """A top-level topic with those of its papers that are drawn."""

    number: int
    topic: Link
    papers: tuple[Link, ...]


def map_task(views: Views, lists: Lists, renderer: Renderer) -> Task:
    """The page ``map``, which needs the related papers of each paper that is drawn."""
    drawn = tuple(islice(views.catalog.papers, MAX_DOTS))
    needs = tuple(map(relations_key, drawn))
    # In the leading process, which has all values: a worker would need the related papers of every dot.
    return Task("page map", partial(_map, views, lists, renderer), needs, in_parent=True)


def _map(views: Views, lists: Lists, renderer: Renderer, values: Values) -> Iterator[File]:
    by_area = lists.newest_by_area(str(MAX_DOTS))
    dots = _dots(views, by_area, lists.topics_of_newest(str(MAX_DOTS)), values)
    xs, ys = [float(dot.x) for dot in dots] or [0.0], [float(dot.y) for dot in dots] or [0.0]
    box = (min(xs) - MARGIN, min(ys) - MARGIN, max(xs) - min(xs) + 2 * MARGIN, max(ys) - min(ys) + 2 * MARGIN)
    yield renderer.page(
        "map.md.j2", "map", title=views.say("Map"), kind="map",
        description=views.say("All papers on one map: similar papers sit together."),
        areas=[
            Area(number, views.topic(area), tuple(_link(views, paper_id) for paper_id in papers))
            for number, (area, papers) in enumerate(by_area, start=1)
        ],
        dots=dots, names=_names(views, by_area, dots), total=len(views.catalog.papers),
        topics=[link for link in map(views.topic, views.catalog.subtopics.get("", ())) if link.count],
        box=" ".join(f"{side:.1f}" for side in box),
    )  # fmt: skip


def _dots(
    views: Views,
    by_area: Sequence[tuple[str, Sequence[str]]],
    drawn: Sequence[tuple[str, Sequence[str]]],
    values: Values,
) -> list[Dot]:
    """The dots from left to right and from top to bottom: the order of keyboard focus."""
    numbers = {paper_id: number for number, (_, papers) in enumerate(by_area, start=1) for paper_id in papers}
    related = {
        paper_id: [relation.id for relation in decode_relations(values[relations_key(paper_id)])]
        for paper_id, _ in drawn
    }
    dots = []
    for paper_id, cell in cells(dict(drawn), views.catalog.topics, related).items():
        x, y = center(cell)
        mention = views.mention(paper_id)
        link = Link(mention.title, mention.site_path)
        dots.append(Dot(link, mention.edition, numbers[paper_id], f"{x * STEP:.1f}", f"{y * STEP:.1f}"))
    return sorted(dots, key=lambda dot: (float(dot.y), float(dot.x)))


def _names(views: Views, by_area: Sequence[tuple[str, Sequence[str]]], dots: Sequence[Dot]) -> list[Name]:
    """The names of the areas, those of the largest first. A name moves up or down if it would cover another."""
    names: list[Name] = []
    boxes: list[tuple[float, float, float, float]] = []
    for number, (area, _papers) in sorted(enumerate(by_area, 1), key=lambda item: (-len(item[1][1]), item[0])):
        own_dots = [dot for dot in dots if dot.area == number]
        if not own_dots:
            continue
        lines = _lines(views.topic_name(area).text)
        # The median, because a few distant papers would pull the mean to an empty place.
        x, y = median(float(dot.x) for dot in own_dots), median(float(dot.y) for dot in own_dots)
        half = (max(map(len, lines)) * _LETTER / 2, len(lines) * _LINE / 2)
        for step in range(2 * len(by_area)):  # in its place, then below and above, further with each step
            moved = y + (step + 1) // 2 * _LINE * (1 if step % 2 else -1)
            box = (x - half[0], moved - half[1], x + half[0], moved + half[1])
            if not any(_overlap(box, other) for other in boxes):
                boxes.append(box)
                names.append(Name(f"{x:.1f}", f"{moved:.1f}", lines))
                break
    return names


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _lines(text: str) -> tuple[str, ...]:
    """A name on one line, or on two of about the same length."""
    words = text.split()
    if len(text) <= _SHORT_NAME or len(words) == 1:
        return (text,)
    cuts = (
        ("".join(f"{word} " for word in words[:cut]).strip(), " ".join(words[cut:])) for cut in range(1, len(words))
    )
    return min(cuts, key=lambda cut: max(map(len, cut)))


def _link(views: Views, paper_id: str) -> Link:
    return views.paper_link(paper_id)
