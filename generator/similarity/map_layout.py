"""Compute the position of each paper on the map: near its topics and toward its related papers.

Positions are cells of a hexagonal grid, so that papers do not overlap.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from types import MappingProxyType

Point = tuple[float, float]
Cell = tuple[int, int]
"""Column and row of a cell, in axial coordinates (https://www.redblobgames.com/grids/hexagons/)."""

_DENSITY = 0.4  # papers per square of the distance between neighboring cells; the map has 1.15 cells per such square
_ROUNDS = 3  # rounds in which papers move toward their related papers
_PULL = 0.4  # share of the way that a paper moves toward its related papers per round
# From a cell to its six neighbors, in order around it.
_STEPS: tuple[Cell, ...] = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))


def map_cells(
    papers: Mapping[str, Sequence[str]], topics: Iterable[str], related: Mapping[str, Sequence[str]]
) -> Mapping[str, Cell]:
    """Return the cell of each paper, in the order of ``papers``.

    ``papers`` maps each paper to its topics, the primary one first; ``topics`` is the order of all topics; ``related``
    maps each paper to the ids of its related papers.
    """
    anchors = _anchors(papers, topics)
    points = {paper_id: _start_point(paper_topics, anchors) for paper_id, paper_topics in papers.items()}
    neighbors = {paper_id: [other for other in related.get(paper_id, ()) if other in points] for paper_id in points}
    for _ in range(_ROUNDS):
        points = {
            paper_id: _moved_toward(point, [points[other] for other in neighbors[paper_id]])
            for paper_id, point in points.items()
        }
    # Of the map, in distances between neighboring cells.
    radius = math.sqrt(len(points) / _DENSITY / math.pi)
    occupied: set[Cell] = set()
    progress: dict[Cell, tuple[int, int]] = {}
    cells: dict[str, Cell] = {}
    for paper_id, (x, y) in points.items():
        cells[paper_id] = _free_cell(_nearest_cell(x * radius, y * radius), occupied, progress)
        occupied.add(cells[paper_id])
    return MappingProxyType(cells)


def center(cell: Cell) -> Point:
    """Return the center of a cell, in units of the distance between two neighbors."""
    column, row = cell
    return column + row / 2, row * math.sqrt(3) / 2


def _anchors(papers: Mapping[str, Sequence[str]], topics: Iterable[str]) -> dict[str, Point]:
    """Return a point in the unit disc for each topic that is primary for papers.

    In the order of ``topics``, each gets a sector around the center whose angle is its share of the papers.
    """
    counts = Counter(paper_topics[0] for paper_topics in papers.values())
    ordered = [topic for topic in topics if counts[topic]]
    total, papers_before = sum(counts.values()), 0
    anchors: dict[str, Point] = {}
    for number, topic in enumerate(ordered):
        angle = 2 * math.pi * (papers_before + counts[topic] / 2) / total
        radius = (0.55, 0.85)[number % 2]  # neighbors are on different circles, so that they have more room
        anchors[topic] = (_rounded(radius * math.cos(angle)), _rounded(radius * math.sin(angle)))
        papers_before += counts[topic]
    return anchors


def _start_point(topics: Sequence[str], anchors: Mapping[str, Point]) -> Point:
    """Return the point of the first topic, moved toward the others."""
    first, *others = topics
    return _moved_toward(anchors[first], [anchors[topic] for topic in others if topic in anchors])


def _moved_toward(point: Point, others: Sequence[Point]) -> Point:
    """Return the point moved toward the mean of ``others``, by the share ``_PULL`` of the way."""
    if not others:
        return point
    x, y = (sum(axis) / len(others) for axis in zip(*others, strict=True))
    return _rounded(point[0] + _PULL * (x - point[0])), _rounded(point[1] + _PULL * (y - point[1]))


def _nearest_cell(x: float, y: float) -> Cell:
    """Return the cell that contains a point, or at its edges a neighbor of that cell."""
    row = round(y / (math.sqrt(3) / 2))
    return round(x - row / 2), row


def _free_cell(nearest_cell: Cell, occupied: Set[Cell], progress: dict[Cell, tuple[int, int]]) -> Cell:
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
            if cell not in occupied:
                progress[nearest_cell] = ring, index + 1
                return cell
        ring, start = ring + 1, 0


@cache
def _ring(distance: int) -> tuple[Cell, ...]:
    """Return the cells at a distance from the cell (0, 0), in order around it."""
    cell = _STEPS[4][0] * distance, _STEPS[4][1] * distance
    cells = [cell]
    for step in _STEPS:
        for _ in range(distance):
            cell = cell[0] + step[0], cell[1] + step[1]
            cells.append(cell)
    return tuple(cells[: max(6 * distance, 1)])  # without the last cell, which is the first one again


def _rounded(value: float) -> float:
    """Round to 9 decimals: the last bits differ between machines, but the map must be the same."""
    return round(value, 9)
