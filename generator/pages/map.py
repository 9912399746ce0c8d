"""The map: every paper as a dot near similar ones, colored by area, and the same papers as a list.

If there are too many papers, only the newest are drawn, and the pages of topics replace the list.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import median
from typing import NamedTuple

from generator.build.task import File, Task, Values
from generator.pages.lists import Lists
from generator.pages.rendering import Renderer
from generator.pages.views import Link, Views
from generator.similarity.map_layout import center, map_cells
from generator.similarity.related import decode_relations, relations_value_name

# Lengths on the map are in units of its viewBox.
STEP = 12  # between the centers of neighboring dots
MARGIN = 10  # around the outermost dots
_LETTER_WIDTH, _LINE_HEIGHT = 5.4, 13  # of an area's name on a phone
_SHORT_NAME = 14  # characters; a longer name is divided into two lines
MAX_DOTS = 1500
"""The most dots on the map: more could not be distinguished, and the page would exceed 300 KB."""


class Dot(NamedTuple):
    """A paper on the map: its link, the name of its edition, the number of its area, and the center of the dot."""

    paper: Link
    edition: str
    area: int
    x: str
    y: str


class AreaName(NamedTuple):
    """The name of an area in one or two lines, and its position near the middle of the area's dots."""

    x: str
    y: str
    lines: tuple[str, ...]


class Box(NamedTuple):
    """The space that a name takes on the map."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether two boxes share space."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Area(NamedTuple):
    """A top-level topic, its number from 1, and those of its papers that are drawn."""

    number: int
    topic: Link
    papers: tuple[Link, ...]


def map_task(views: Views, lists: Lists, renderer: Renderer) -> Task:
    """The page ``map``, which needs the related papers of each paper that is drawn."""
    value_names = tuple(map(relations_value_name, islice(views.catalog.papers, MAX_DOTS)))
    # In the leading process, which has all values: a worker would have to get the value of every dot.
    return Task("page map", _map, (views, lists, renderer), value_names, in_parent=True)


def _map(views: Views, lists: Lists, renderer: Renderer, values: Values) -> Iterator[File]:
    by_area = lists.newest_by_area(str(MAX_DOTS))
    dots = _dots(views, by_area, lists.topics_of_newest(str(MAX_DOTS)), values)
    xs, ys = [float(dot.x) for dot in dots] or [0.0], [float(dot.y) for dot in dots] or [0.0]
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    view_box = (left, top, max(xs) + MARGIN - left, max(ys) + MARGIN - top)  # the last two are width and height
    yield renderer.page(
        "map.md.j2", "map", title=views.say("Map"), kind="map",
        description=views.say("All papers on one map: similar papers sit together."),
        areas=[
            Area(number, views.topic_with_count(area), tuple(map(views.paper_link, papers)))
            for number, (area, papers) in enumerate(by_area, start=1)
        ],
        dots=dots, names=_area_names(views, by_area, dots), total=len(views.catalog.papers),
        topics=[link for link in map(views.topic_with_count, views.catalog.subtopics.get("", ())) if link.count],
        view_box=" ".join(f"{length:.1f}" for length in view_box),
    )  # fmt: skip


def _dots(
    views: Views,
    by_area: Sequence[tuple[str, Sequence[str]]],
    topics_by_paper: Sequence[tuple[str, Sequence[str]]],
    values: Values,
) -> list[Dot]:
    """The dots from top to bottom and from left to right: the order of keyboard focus."""
    area_numbers = {paper_id: number for number, (_, papers) in enumerate(by_area, start=1) for paper_id in papers}
    related = {
        paper_id: [relation.id for relation in decode_relations(values[relations_value_name(paper_id)])]
        for paper_id, _ in topics_by_paper
    }
    dots = []
    for paper_id, cell in map_cells(dict(topics_by_paper), views.catalog.topics, related).items():
        x, y = center(cell)
        mention = views.mention(paper_id)
        link = Link(mention.title, mention.site_path)
        dots.append(Dot(link, mention.edition, area_numbers[paper_id], f"{x * STEP:.1f}", f"{y * STEP:.1f}"))
    return sorted(dots, key=lambda dot: (float(dot.y), float(dot.x)))


def _area_names(views: Views, by_area: Sequence[tuple[str, Sequence[str]]], dots: Sequence[Dot]) -> list[AreaName]:
    """The names of the areas, the largest area first.

    A name moves up or down if it would cover another. It is left out if there is no room.
    """
    names: list[AreaName] = []
    boxes: list[Box] = []
    largest_first = sorted(enumerate(by_area, 1), key=lambda item: (-len(item[1][1]), item[0]))
    for number, (area, _papers) in largest_first:
        own_dots = [dot for dot in dots if dot.area == number]
        if not own_dots:
            continue
        lines = _lines(views.topic_link(area).text)
        # The median, because a few distant papers would pull the mean to an empty place.
        x, y = median(float(dot.x) for dot in own_dots), median(float(dot.y) for dot in own_dots)
        half_width, half_height = max(map(len, lines)) * _LETTER_WIDTH / 2, len(lines) * _LINE_HEIGHT / 2
        for step in range(2 * len(by_area)):  # moves by 0, 1, -1, 2, -2 and so on lines; downward is positive
            moved_y = y + (step + 1) // 2 * _LINE_HEIGHT * (1 if step % 2 else -1)
            box = Box(x - half_width, moved_y - half_height, x + half_width, moved_y + half_height)
            if not any(map(box.overlaps, boxes)):
                boxes.append(box)
                names.append(AreaName(f"{x:.1f}", f"{moved_y:.1f}", lines))
                break
    return names


def _lines(text: str) -> tuple[str, ...]:
    """A name on one line, or on two of about the same length."""
    words = text.split()
    if len(text) <= _SHORT_NAME or len(words) == 1:
        return (text,)
    divisions = ((" ".join(words[:count]), " ".join(words[count:])) for count in range(1, len(words)))
    return min(divisions, key=lambda lines: max(map(len, lines)))
