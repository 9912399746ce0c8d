"""The map: each paper in a cell of its own, near its topic."""

import math

from generator.model.catalog import Catalog
from generator.similarity.map_layout import center, map_cells
from generator.similarity.related import related_papers


def test_each_paper_has_its_own_cell_near_its_topic(real: Catalog) -> None:
    topics = {name: paper.topics for name, paper in real.papers.items()}
    near = {name: [relation.id for relation in relations] for name, relations in related_papers(real, "en").items()}
    cells = map_cells(topics, real.topics, near)
    assert list(cells) == list(real.papers)
    assert len(set(cells.values())) == len(cells)
    points = {name: center(cell) for name, cell in cells.items()}
    radius = math.sqrt(len(points) / 0.4 / math.pi)
    assert max(math.dist((0, 0), point) for point in points.values()) < 1.6 * radius
    by_topic: dict[str, list[tuple[float, float]]] = {}
    for name, point in points.items():
        by_topic.setdefault(real.papers[name].topics[0], []).append(point)
    spread = [
        sum(
            math.dist(point, (sum(x for x, _ in papers) / len(papers), sum(y for _, y in papers) / len(papers)))
            for point in papers
        )
        / len(papers)
        for papers in by_topic.values()
        if len(papers) > 5
    ]
    assert sum(spread) / len(spread) < 0.5 * radius, "papers of a topic should be close together"


def test_neighboring_cells_have_equal_distances() -> None:
    around = [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]
    assert {round(math.dist(center((0, 0)), center(cell)), 9) for cell in around} == {1.0}


def test_papers_of_one_topic_fill_the_cells_around_its_point() -> None:
    papers = dict.fromkeys(("a", "b", "c"), ("cats",))
    cells = map_cells(papers, ("cats", "dogs"), {})
    assert len(set(cells.values())) == 3
    distances = sorted(math.dist(center(cells["a"]), center(cell)) for cell in cells.values())
    assert distances == [0, 1, 1], "the first free cells are those around the first paper"


def test_related_papers_pull_a_paper_toward_them() -> None:
    papers = {f"cat{n}": ("cats",) for n in range(40)} | {f"dog{n}": ("dogs",) for n in range(40)}
    alone = map_cells(papers, ("cats", "dogs"), {})
    pulled = map_cells(papers, ("cats", "dogs"), {"cat39": tuple(f"dog{n}" for n in range(40))})
    target = center(alone["dog0"])
    assert math.dist(center(pulled["cat39"]), target) < math.dist(center(alone["cat39"]), target)
