"""Related papers: similar by their texts, with shared words as the reason, the same in every run."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from generator.build.inputs import Inputs
from generator.build.task import Value
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.paper import Paper, Status
from generator.similarity import nearest, related
from generator.similarity.related import RelatedPapers, Relation, related_papers, relations_value_name, update_related
from generator.similarity.weights import ComparedTexts, compared_texts
from generator.store.load import load
from tests.conftest import SETTINGS, TOY


def _catalog(*papers: Paper) -> Catalog:
    toy = load(TOY).content
    return build_catalog(Content(papers=papers, series=toy.series, topics=toy.topics))


def _paper(name: str, text: str, **changed: object) -> Paper:
    paper = next(paper for paper in load(TOY).content.papers if paper.id == "zhu2025dogs")
    plain = replace(paper, id=name, title=name, tldr={"": text}, summary=None, keywords=(), aliases=(), arxiv=None)
    return replace(plain, **{"doi": None, "openreview": None, "acl": None, "status": Status.PUBLISHED, **changed})  # type: ignore[arg-type]


CATS = "Whiskers and purring separate cats"
DOGS = "Barking and fetching separate dogs"


def test_papers_with_common_words_are_related_with_these_words_as_reason() -> None:
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


def test_many_texts_are_compared_in_another_process_with_the_same_values(
    toy: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = RelatedPapers(toy, SETTINGS, Inputs(), lambda: None).task
    values = list(task.run({}))
    assert [value.name for value in values[:-1] if isinstance(value, Value)] == [
        relations_value_name(name) for name in sorted(toy.papers)
    ]
    monkeypatch.setattr(related, "MAX_IN_THIS_PROCESS", 0)
    assert list(task.run({})) == values


def test_papers_without_common_words_are_not_related() -> None:
    assert dict(related_papers(_catalog(_paper("a", "one two")), "en")) == {"a": ()}
    assert dict(related_papers(_catalog(), "en")) == {}


def test_most_real_papers_have_five_related_ones_on_their_topic(real: Catalog) -> None:
    related = related_papers(real, "en")
    assert sum(len(relations) for relations in related.values()) > 4.5 * len(real.papers)
    assert all(name not in {relation.id for relation in relations} for name, relations in related.items())
    shared = [
        bool(set(real.papers[name].topics) & set(real.papers[relation.id].topics))
        for name, relations in related.items()
        for relation in relations[:1]
    ]
    assert sum(shared) > 0.7 * len(shared), "the nearest paper should mostly share a topic"


def test_an_edited_title_changes_few_other_lists(real: Catalog) -> None:
    """Otherwise one edit would rebuild thousands of pages."""
    name, paper = list(real.papers.items())[100]
    edited = replace(paper, title=f"{paper.title} with Purring Robustness")
    before = related_papers(real, "en")
    after = related_papers(replace(real, papers={**real.papers, name: edited}), "en")
    changed = [other for other in before if other != name and _shown(after[other]) != _shown(before[other])]
    assert len(changed) < 0.02 * len(before)


def _shown(relations: tuple[Relation, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(relation.id, relation.words) for relation in relations]


def test_limited_comparisons_find_nearly_the_same_papers(real: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    related_by_id = related_papers(real, "en")
    for limit in ("QUERY_WORDS", "MAX_POSTINGS", "CANDIDATES"):
        monkeypatch.setattr(nearest, limit, 10_000)
    exact = related_papers(real, "en")
    same = sum(len(_ids(related_by_id[name]) & _ids(exact[name])) for name in exact)
    assert same > 0.97 * sum(map(len, exact.values()))


def _ids(relations: tuple[Relation, ...]) -> set[str]:
    return {relation.id for relation in relations}


def test_the_state_of_the_previous_build_changes_no_relation(monkeypatch: pytest.MonkeyPatch) -> None:
    """With small limits, so that few texts push each other in and out of them."""
    for limit, value in (("QUERY_WORDS", 3), ("MAX_POSTINGS", 2), ("CANDIDATES", 3)):
        monkeypatch.setattr(nearest, limit, value)
    monkeypatch.setattr(related, "MAX_AFFECTED", 1)
    missing: list[int] = []
    draw, base = Random(9), _catalog(_paper("a", DOGS))
    texts = {f"p{number:02}": _drawn(draw) for number in range(40)}
    before, compared = b"", 0
    for step in range(40):
        papers = {name: replace(base.papers["a"], id=name, tldr={"": text}) for name, text in texts.items()}
        catalog = replace(base, papers=papers)
        monkeypatch.setattr(related, "nearest", partial(_recorded, missing))
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


def _texts(catalog: Catalog) -> dict[str, ComparedTexts]:
    shown = {name: paper for name, paper in catalog.papers.items() if paper.status in related.COMPARED_STATUSES}
    return {name: compared_texts(paper, "en") for name, paper in shown.items()}


def _drawn(draw: Random) -> str:
    return " ".join(f"word{chr(97 + int(30 * draw.random() ** 2))}" for _ in range(8))


def _recorded(missing: list[int], texts: nearest.Texts, indexes: Sequence[int]) -> dict[int, nearest.Nearest]:
    missing += indexes
    return nearest.nearest(texts, indexes)


def test_an_edited_title_compares_few_papers_again(real: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    name, paper = list(real.papers.items())[100]
    _, before = update_related(_texts(real), None)
    edited = replace(real, papers={**real.papers, name: replace(paper, title=f"{paper.title} with Robustness")})
    missing: list[int] = []
    monkeypatch.setattr(related, "nearest", partial(_recorded, missing))
    related_now, _ = update_related(_texts(edited), before)
    assert 0 < len(missing) < 0.5 * len(real.papers)
    assert related_now == related_papers(edited, "en")
