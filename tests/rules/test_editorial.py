"""Rules for collections, the glossary and tags."""

from dataclasses import replace
from typing import Any

import pytest

from generator.model.editorial import Collection, CollectionItem, CollectionKind, Tag, TagKind, Term
from generator.model.paper import Status
from generator.model.provenance import SummaryBy, WriterKind
from generator.rules import editorial
from tests.support.small_content import DAY, broken, content, paper

BY = SummaryBy(kind=WriterKind.HUMAN)


def _collection(*papers: str, **fields: Any) -> Collection:
    items = tuple(CollectionItem(paper=paper_id, note={"": "Note."}) for paper_id in papers)
    defaults: dict[str, Any] = {"name": {"": "N"}, "kind": CollectionKind.ARTICLE, "date": DAY, "intro": {"": "I"}}
    return Collection(id="c", items=items, written_by=BY, **{**defaults, **fields})


def test_a_collection_names_each_paper_once_by_its_current_id() -> None:
    records = content(
        paper(aliases=("old2025",)), collections=(_collection("reef2025ropes", "old2025", "reef2025ropes"),)
    )
    problems = list(editorial.collections_name_known_papers(records))
    assert [(problem.code, problem.location[1]) for problem in problems] == [("E323", 1), ("E309", 2)]
    assert problems[0].hint == "The entry is now reef2025ropes."


@pytest.mark.parametrize(
    ("kind", "papers", "faulty"),
    [
        (CollectionKind.ARTICLE, 0, True),
        (CollectionKind.ARTICLE, 1, False),
        (CollectionKind.COMPARISON, 1, True),
        (CollectionKind.COMPARISON, 2, False),
    ],
)
def test_a_comparison_needs_two_papers(kind: CollectionKind, papers: int, faulty: bool) -> None:
    records = content(collections=(_collection(*("a2025", "b2025")[:papers], kind=kind),))
    assert broken(editorial.collections_have_papers, records) == [("E328", "collections/c", "items")] * faulty


def test_an_introduction_has_a_topic_of_its_own() -> None:
    start = CollectionKind.START_HERE
    without, first = _collection("a2025", kind=start), _collection("a2025", kind=start, topic="cats")
    second = replace(first, id="d")
    assert broken(editorial.topics_have_one_introduction, content(collections=(without, first, second))) == [
        ("E202", "collections/c", "kind"),
        ("E327", "collections/d", "topic"),
    ]


def test_a_term_is_explained_once_in_each_language() -> None:
    def term(term_id: str, **names: str) -> Term:
        return Term(
            id=term_id, name={key.strip("_"): name for key, name in names.items()}, definition={"": "D"}, written_by=BY
        )

    separate = (term("a", en="rope"), term("b", de="Rope"))
    assert broken(editorial.terms_are_explained_once, content(glossary=separate)) == []
    conflicting = (term("a", en="rope"), term("b", _="Rope"))
    assert broken(editorial.terms_are_explained_once, content(glossary=conflicting)) == [("E326", "glossary/b", "name")]


def test_tags_exist_and_are_used() -> None:
    tag = Tag(id="survey", name={"": "S"}, kind=TagKind.WORK, description={"": "D"})
    records = content(paper(tags=("surveys",)), tags=(tag,))
    assert broken(editorial.papers_name_known_tags, records) == [("E325", "papers/reef2025ropes", "tags", 0)]
    assert broken(editorial.tags_are_in_use, records) == [("W393", "tags/survey")]


def test_no_collection_recommends_a_retracted_paper() -> None:
    for status, problems in ((Status.CORRECTED, 0), (Status.RETRACTED, 1)):
        records = content(paper(status=status), collections=(_collection("reef2025ropes"),))
        assert len(broken(editorial.collections_recommend_valid_papers, records)) == problems
