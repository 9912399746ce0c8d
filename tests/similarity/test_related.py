"""Related papers and the map: near by what is told of them, each with its reason, the same on every run."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.paper import Paper, Status
from generator.similarity import nearest, related
from generator.similarity.map_layout import center, map_cells
from generator.similarity.related import Relation, related_papers, update_related
from generator.similarity.weights import LENGTH, Compared, Row, compared_text, row_of, shared_values, words_of
from generator.store.load import load
from tests.conftest import TOY


def _catalog(*papers: Paper) -> Catalog:
    toy = load(TOY).content
    return build_catalog(Content(papers=papers, series=toy.series, topics=toy.topics))


def _paper(name: str, text: str, **changed: object) -> Paper:
    paper = next(paper for paper in load(TOY).content.papers if paper.id == "zhu2025dogs")
    plain = replace(paper, id=name, title=name, tldr={"": text}, summary=None, keywords=(), aliases=(), arxiv=None)
    return replace(plain, **{"doi": None, "openreview": None, "acl": None, "status": Status.PUBLISHED, **changed})  # type: ignore[arg-type]


CATS = "Whiskers and purring tell cats apart"
DOGS = "Barking and fetching tell dogs apart"


def test_papers_on_the_same_thing_are_related_and_say_why() -> None:
    catalog = _catalog(
        _paper("a", f"{CATS} at night"), _paper("b", f"{CATS} by day"), _paper("c", DOGS), _paper("d", f"{DOGS} too")
    )
    related = related_papers(catalog, "en")
    assert related["a"][0].id == "b"
    assert related["c"][0].id == "d"
    assert set(related["a"][0].words) <= {"whiskers", "purring", "cats"}
    assert 0 < related["a"][0].nearness <= 1


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.RETRACTED, Status.REMOVED])
def test_a_withdrawn_paper_is_never_related(status: Status) -> None:
    catalog = _catalog(_paper("a", CATS), _paper("b", CATS, status=status), _paper("c", f"{CATS} again"))
    related = related_papers(catalog, "en")
    assert "b" not in related
    assert all(relation.id != "b" for relations in related.values() for relation in relations)


def test_nothing_is_related_where_nothing_is_shared() -> None:
    assert dict(related_papers(_catalog(_paper("a", "one two")), "en")) == {"a": ()}
    assert dict(related_papers(_catalog(), "en")) == {}


def test_the_real_papers_have_related_ones_in_any_order(real: Catalog) -> None:
    related = related_papers(real, "en")
    assert sum(len(relations) for relations in related.values()) > 4.5 * len(real.papers)
    assert all(name not in {relation.id for relation in relations} for name, relations in related.items())
    shared = [
        bool(set(real.papers[name].topics) & set(real.papers[relation.id].topics))
        for name, relations in related.items()
        for relation in relations[:1]
    ]
    assert sum(shared) > 0.7 * len(shared), "the nearest paper should mostly share a topic"


def test_every_paper_has_a_place_of_its_own_near_its_area(real: Catalog) -> None:
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
    assert sum(spread) / len(spread) < 0.5 * radius, "papers of a topic should stand together"


def test_neighbouring_cells_are_equally_far_apart() -> None:
    around = [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]
    assert {round(math.dist(center((0, 0)), center(cell)), 9) for cell in around} == {1.0}


def test_an_edited_title_leaves_nearly_all_lists_as_they_were(real: Catalog) -> None:
    """Else one edit would make thousands of pages anew."""
    name, paper = list(real.papers.items())[100]
    edited = replace(paper, title=f"{paper.title} with Purring Robustness")
    before = related_papers(real, "en")
    after = related_papers(replace(real, papers={**real.papers, name: edited}), "en")
    changed = [other for other in before if other != name and _shown(after[other]) != _shown(before[other])]
    assert len(changed) < 0.02 * len(before)


def _shown(relations: tuple[Relation, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(relation.id, relation.words) for relation in relations]


def test_few_comparisons_find_what_all_would(real: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    related_by_id = related_papers(real, "en")
    for limit in ("QUERY_WORDS", "MAX_POSTINGS", "CANDIDATES"):
        monkeypatch.setattr(nearest, limit, 10_000)
    exact = related_papers(real, "en")
    same = sum(len(_ids(related_by_id[name]) & _ids(exact[name])) for name in exact)
    assert same > 0.97 * sum(map(len, exact.values()))


def _ids(relations: tuple[Relation, ...]) -> set[str]:
    return {relation.id for relation in relations}


def test_weights_are_of_one_length_and_in_any_order_the_same() -> None:
    texts = [f"{CATS} at night", f"{DOGS} by day {CATS}", DOGS, "nothing that others share"]
    rows, turned = _rows(texts), _rows(texts[::-1])
    assert rows == turned[::-1]
    lengths = [sum(weight * weight for weight in row.values()) for row in rows]
    assert all(0.99 < length / LENGTH**2 <= 1 for length in lengths[:3])
    assert lengths[3] == 0


def _rows(texts: Sequence[str]) -> list[Row]:
    counts = [words_of(text) for text in texts]
    values = shared_values(counts, len(counts))
    return [row_of(words, values) for words in counts]


def test_words_that_are_in_a_quarter_of_the_texts_count_nothing() -> None:
    counts = [words_of(f"digest number{number % 2} about{number // 2} alone{number}") for number in range(32)]
    assert set(shared_values(counts, 32)) == {f"about{number}" for number in range(16)}
    assert set(shared_values(counts[:8], 8)) == {"digest", "number0", "number1", *(f"about{n}" for n in range(4))}


def test_what_was_known_before_changes_no_relation(monkeypatch: pytest.MonkeyPatch) -> None:
    """With small limits, so that few texts push each other in and out of them."""
    for limit, value in (("QUERY_WORDS", 3), ("MAX_POSTINGS", 2), ("CANDIDATES", 3)):
        monkeypatch.setattr(nearest, limit, value)
    monkeypatch.setattr(related, "FEW", 1)
    missing: list[int] = []
    draw, base = Random(9), _catalog(_paper("a", DOGS))
    texts = {f"p{number:02}": _drawn(draw) for number in range(40)}
    before, compared = b"", 0
    for step in range(40):
        papers = {name: replace(base.papers["a"], id=name, tldr={"": text}) for name, text in texts.items()}
        catalog = replace(base, papers=papers)
        monkeypatch.setattr(related, "nearest", partial(_noted, missing))
        related_now, before = update_related(_texts(catalog), before)
        compared += len(missing)
        monkeypatch.setattr(related, "nearest", nearest.nearest)
        clean, known = update_related(_texts(catalog), None)
        assert list(related_now.items()) == list(clean.items())
        assert before == known
        name = draw.choice(list(texts))
        if step % 4 == 1:
            del texts[name]
        else:
            texts[f"n{step:02}" if step % 4 == 2 else name] = _drawn(draw)
        missing.clear()
    assert compared < 40 * 40 * 3 // 4


def _texts(catalog: Catalog) -> dict[str, Compared]:
    shown = {name: paper for name, paper in catalog.papers.items() if paper.status in related._SHOWN}
    return {name: compared_text(paper, "en") for name, paper in shown.items()}


def _drawn(draw: Random) -> str:
    return " ".join(f"word{chr(97 + int(30 * draw.random() ** 2))}" for _ in range(8))


def _noted(missing: list[int], texts: nearest.Texts, indexes: Sequence[int]) -> dict[int, nearest.Nearest]:
    missing += indexes
    return nearest.nearest(texts, indexes)


def test_an_edited_title_has_few_papers_compared_anew(real: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    name, paper = list(real.papers.items())[100]
    _, before = update_related(_texts(real), None)
    edited = replace(real, papers={**real.papers, name: replace(paper, title=f"{paper.title} with Robustness")})
    missing: list[int] = []
    monkeypatch.setattr(related, "nearest", partial(_noted, missing))
    related_now, _ = update_related(_texts(edited), before)
    assert 0 < len(missing) < 0.5 * len(real.papers)
    assert related_now == related_papers(edited, "en")
