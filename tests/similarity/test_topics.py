"""Suggested topics: learned from papers with topics and from descriptions, with ties; a person chooses."""

from dataclasses import replace

import pytest

from generator.model.catalog import Catalog
from generator.model.entities import Topic
from generator.model.paper import Paper
from generator.similarity.topics import Suggestion, accuracy, chance, suggestions
from generator.similarity.weights import short_text, title_of
from generator.store.load import load
from tests.conftest import TOY

WILD = tuple(Topic(id=name, name={"": name}) for name in ("owls", "newts", "voles"))


def _paper(name: str, topic: str | None, title: str) -> Paper:
    paper = next(paper for paper in load(TOY).content.papers if paper.id == "zhu2025dogs")
    return replace(paper, id=name, title=title, tldr=None, summary=None, keywords=(), topics=(topic,) if topic else ())


def _near(text: str, papers: list[Paper], topics: tuple[Topic, ...] = ()) -> list[tuple[str, ...]]:
    (ranks,) = suggestions([text], papers, topics, "en")
    return [rank.topics for rank in ranks]


def test_topics_are_learned_from_papers_and_descriptions() -> None:
    content = load(TOY).content
    (ranks,) = suggestions(["Why dogs fetch balls"], content.papers, content.topics, "en")
    assert ranks[0].topics == ("dogs",)
    assert 0 < ranks[0].nearness <= 1


def test_a_topic_without_papers_is_suggested_by_its_name() -> None:
    assert _near("Newts at noon", [_paper("a", "owls", "Owls by night")], WILD) == [("newts",)]


def test_a_topic_with_subtopics_and_no_papers_is_not_suggested() -> None:
    parent = Topic(id="beasts", name={"": "Owls and newts"})
    children = tuple(replace(topic, parent="beasts") for topic in WILD)
    assert _near("Owls and newts", [], (parent, *children)) == [("newts", "owls")]
    assert ("beasts",) in _near("Furry beasts", [_paper("a", "beasts", "Furry")], (parent, *children))


def test_equally_near_topics_share_a_rank_even_beyond_three() -> None:
    papers = [_paper(name, name, f"{name} sleep") for name in ("a1", "b1", "c1", "d1")]
    assert _near("They sleep", papers) == [("a1", "b1", "c1", "d1")]


@pytest.mark.parametrize("text", ["", "Of the and", "Quarks"])
def test_a_text_without_words_of_a_topic_gets_no_suggestion(text: str) -> None:
    assert _near(text, [_paper("a", "owls", "Owls by night")]) == []
    assert _near(text, []) == []
    assert suggestions([], [], WILD, "en") == []


def test_a_paper_without_a_topic_is_no_example() -> None:
    assert _near("Owls by night", [_paper("a", None, "Owls by night")]) == []


def test_a_tie_counts_with_the_chance_of_a_draw() -> None:
    ranks = [Suggestion(topics=("a", "b"), nearness=0.5), Suggestion(topics=("c", "d"), nearness=0.4)]
    assert [chance(ranks, name, 1) for name in "abcde"] == [0.5, 0.5, 0, 0, 0]
    assert [chance(ranks, name, 3) for name in "abcde"] == [1, 1, 0.5, 0.5, 0]


def test_accuracy_is_full_if_titles_name_the_topic_and_chance_if_they_do_not() -> None:
    examples = [_paper(f"p{n}", topic, f"About {topic}") for n in range(10) for topic in ("owls", "newts")]
    papers = [replace(paper, id=f"x{index}") for index, paper in enumerate(examples)]
    share = accuracy(papers, WILD, "en", title_of, 1)
    assert (share.first, share.among_three, share.commonest_three) == (1, 1, 1)
    untitled = [replace(paper, title="Untitled") for paper in papers]
    assert accuracy(untitled, (), "en", title_of, 1).first == pytest.approx(0.5)
    with pytest.raises(ValueError, match="9 papers"):
        accuracy(papers[:9], WILD, "en", title_of, 1)


def test_suggestions_for_real_papers_are_far_better_than_the_commonest_topics(real: Catalog) -> None:
    share = accuracy(
        list(real.papers.values()), list(real.topics.values()), "en", lambda paper: short_text(paper, "en"), 0
    )
    assert share.first > 0.6
    assert share.among_three > 0.8
    assert share.commonest_three < 0.2
