"""Compute a position on the map for each paper: near its topics, pulled toward related papers.

Positions are cells of a hexagonal grid, so that papers do not overlap.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

Point = tuple[float, float]
Cell = tuple[int, int]

_DENSITY = 0.4  # share of the map's cells that hold a paper
_ROUNDS = 3  # of moving each paper toward its related papers
_PULL = 0.4  # share of the way that a paper moves toward its related papers per round
_STEPS: tuple[Cell, ...] = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))


def map_cells(
    papers: Mapping[str, Sequence[str]], topics: Iterable[str], related: Mapping[str, Sequence[str]]
) -> Mapping[str, Cell]:
    """Return the cell of each paper as column and row of the grid (axial coordinates), in the order of ``papers``.

    ``papers`` maps each paper to its topics, the primary one first; ``topics`` is the order of all topics; ``related``
    maps each paper to the ids of its related papers.
    """
    anchors = _anchors(papers, topics)
    points = {name: _point_of(paper_topics, anchors) for name, paper_topics in papers.items()}
    neighbors = {name: [other for other in related.get(name, ()) if other in points] for name in points}
    for _ in range(_ROUNDS):
        points = {name: _pulled(point, [points[other] for other in neighbors[name]]) for name, point in points.items()}
    radius = math.sqrt(len(points) / _DENSITY / math.pi)
    names: dict[Cell, str] = {}
    progress: dict[Cell, tuple[int, int]] = {}
    for name, (x, y) in points.items():
        names[_free_cell(_cell(x * radius, y * radius), names, progress)] = name
    cells = {name: cell for cell, name in names.items()}
    return MappingProxyType({name: cells[name] for name in points})


def center(cell: Cell) -> Point:
    """The center of a cell, in units of the distance between two neighbors."""
    column, row = cell
    return column + row / 2, row * math.sqrt(3) / 2


def _anchors(papers: Mapping[str, Sequence[str]], topics: Iterable[str]) -> dict[str, Point]:
    """Return a point in the unit disc for each topic: side by side around the center, by number of papers."""
    counts = Counter(paper_topics[0] for paper_topics in papers.values())
    ordered = [topic for topic in topics if counts[topic]]
    total, papers_before = sum(counts.values()), 0
    anchors: dict[str, Point] = {}
    for number, topic in enumerate(ordered):
        angle = 2 * math.pi * (papers_before + counts[topic] / 2) / total
        radius = (0.55, 0.85)[number % 2]  # neighbors on two circles have more room
        anchors[topic] = (_rounded(radius * math.cos(angle)), _rounded(radius * math.sin(angle)))
        papers_before += counts[topic]
    return anchors


def _point_of(topics: Sequence[str], anchors: Mapping[str, Point]) -> Point:
    """A point near the first topic, pulled toward the others."""
    first, *others = topics
    return _pulled(anchors[first], [anchors[topic] for topic in others if topic in anchors])


def _pulled(point: Point, others: Sequence[Point]) -> Point:
    if not others:
        return point
    x, y = (sum(axis) / len(others) for axis in zip(*others, strict=True))
    return _rounded(point[0] + _PULL * (x - point[0])), _rounded(point[1] + _PULL * (y - point[1]))


def _cell(x: float, y: float) -> Cell:
    row = round(y / (math.sqrt(3) / 2))
    return round(x - row / 2), row


def _free_cell(nearest_cell: Cell, names: Mapping[Cell, str], progress: dict[Cell, tuple[int, int]]) -> Cell:
    """Return the first free cell on the rings around ``nearest_cell``.

    Cells are never freed, so a search continues where the last one for the same cell stopped: ``progress`` stores the
    ring and the position on it. If a neighbor's search reached ring n, all rings up to n - 2 of this cell are full.
    """
    ring, start = progress.get(nearest_cell, (0, 0))
    for step in _STEPS:
        full_rings = progress.get((nearest_cell[0] + step[0], nearest_cell[1] + step[1]), (0, 0))[0] - 1
        if full_rings > ring:
            ring, start = full_rings, 0
    column, row = nearest_cell
    while True:
        for index, (right, down) in enumerate(_ring(ring)[start:], start):
            cell = column + right, row + down
            if cell not in names:
                progress[nearest_cell] = ring, index + 1
                return cell
        ring, start = ring + 1, 0


@cache
def _ring(distance: int) -> tuple[Cell, ...]:
    """The cells at a distance from the center cell, in order around it."""
    cell = _STEPS[4][0] * distance, _STEPS[4][1] * distance
    cells = [cell]
    for step in _STEPS:
        for _ in range(distance):
            cell = cell[0] + step[0], cell[1] + step[1]
            cells.append(cell)
    return tuple(cells[: max(6 * distance, 1)])


def _rounded(value: float) -> float:
    """Drop the last bits, which differ between mathematical libraries: the map must be reproducible."""
    return round(value, 9)
