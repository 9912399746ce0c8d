"""The map: every paper as a dot near those that it resembles, coloured by area, and the same papers as a list.

Of more papers than a picture holds the newest are drawn, and the pages of the topics are the list.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from generator.model import places
from generator.model.period import by_area
from generator.model.page import Batch, Draft
from generator.pages.rendering import Renderer
from generator.pages.views import Link, Views
from generator.similarity.layout import centre
from generator.similarity.layout import places as cells
from generator.similarity.related import Relation

STEP = 12  # units of the picture between the middles of two neighbouring dots
MARGIN = 10
MOST = 1500
"""So many dots have room to be told apart, in a page of some 300 KB."""


class Dot(NamedTuple):
    """A paper on the map; ``x`` and ``y`` in units of the picture, ``area`` counted from 1."""

    paper: Link
    about: str
    area: int
    x: str
    y: str


class Area(NamedTuple):
    """A topic at the top of the tree with those of its papers that are drawn."""

    number: int
    topic: Link
    papers: tuple[Link, ...]


def map_page(views: Views, renderer: Renderer, related: Mapping[str, Sequence[Relation]]) -> Batch[Draft]:
    """The page ``map``."""
    return Batch(partial(_told, views, related), partial(_map, views, renderer, related))


def _told(views: Views, related: Mapping[str, Sequence[Relation]]) -> bytes:
    """The papers that are drawn, which of all are near each, and how many papers there are in all and in each topic."""
    catalog = views.catalog
    drawn = tuple(islice(catalog.papers, MOST))
    near = [[relation.id for relation in related.get(paper_id, ())] for paper_id in drawn]
    topics = [views.topic(topic_id).count for topic_id in catalog.topics]
    return views.marks.told("map", near, views.marks.topics, topics, len(catalog.papers), papers=drawn)


def _map(views: Views, renderer: Renderer, related: Mapping[str, Sequence[Relation]]) -> Iterator[Draft]:
    papers = views.catalog.papers
    drawn = tuple(islice(papers, MOST))
    areas = _areas(views, drawn)
    dots = _dots(views, areas, drawn, related)
    xs, ys = [float(dot.x) for dot in dots] or [0.0], [float(dot.y) for dot in dots] or [0.0]
    box = (min(xs) - MARGIN, min(ys) - MARGIN, max(xs) - min(xs) + 2 * MARGIN, max(ys) - min(ys) + 2 * MARGIN)
    yield renderer.page(
        "map.md.j2", "map", title=views.words.say("Map"), kind="map",
        description=views.words.say(
            "All papers of the digest on a map: those that resemble each other stand together."
        ),
        areas=areas, dots=dots, total=len(papers),
        topics=[link for link in map(views.topic, views.catalog.subtopics.get("", ())) if link.count],
        box=" ".join(f"{side:.1f}" for side in box),
    )  # fmt: skip


def _areas(views: Views, drawn: tuple[str, ...]) -> list[Area]:
    catalog = views.catalog
    return [
        Area(number, views.topic(area), tuple(_link(views, paper_id) for paper_id in held))
        for number, (area, held) in enumerate(by_area(catalog, drawn).items(), start=1)
    ]


def _dots(
    views: Views, areas: Sequence[Area], drawn: Sequence[str], related: Mapping[str, Sequence[Relation]]
) -> list[Dot]:
    """From left to right and from top to bottom, so that the keyboard goes through them in that order."""
    numbers = {link.place: area.number for area in areas for link in area.papers}
    dots = []
    catalog = views.catalog
    for paper_id, cell in cells(catalog, [catalog.papers[paper_id] for paper_id in drawn], related).items():
        link = _link(views, paper_id)
        x, y = centre(cell)
        about = views.edition(catalog.papers[paper_id].venue).text
        dots.append(Dot(link, about, numbers[link.place], f"{x * STEP:.1f}", f"{y * STEP:.1f}"))
    return sorted(dots, key=lambda dot: (float(dot.y), float(dot.x)))


def _link(views: Views, paper_id: str) -> Link:
    return Link(views.catalog.papers[paper_id].title, places.paper(paper_id))
