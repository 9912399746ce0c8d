"""Queries and figures of the search quality."""

import random

import pytest

from tests.support.small_content import paper
from tools.search_quality.graded import ndcg
from tools.search_quality.measure import scores_by_kind
from tools.search_quality.queries import Query, acronym, distinctive_words, mistyped


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("SimVQ: Quantizing Vectors", "SimVQ"),
        ("A*: Searching", ""),
        ("Ropes: A Study", ""),
        ("SimVQ without a Colon", ""),
    ],
)
def test_an_acronym_is_a_name_with_capitals_before_a_colon(title: str, name: str) -> None:
    assert acronym(paper(title=title)) == name


def test_distinctive_words_are_long_and_not_common() -> None:
    assert distinctive_words(paper(title="Ropes that Hold with Fast Knots, Ropes")) == [
        "Ropes",
        "Hold",
        "Fast",
        "Knots",
    ]


def test_a_typing_error_changes_one_place_of_a_word() -> None:
    for seed in range(30):
        wrong = mistyped("kettle", random.Random(seed))
        assert wrong != "kettle"
        assert abs(len(wrong) - len("kettle")) <= 1


def test_scores_are_mean_reciprocal_ranks_by_kind() -> None:
    queries = [Query("title", "a", "x"), Query("title", "b", "y"), Query("words", "c", "z")]
    assert scores_by_kind(queries, [1, 4, 0]) == {"title": 0.625, "words": 0}


def test_ndcg_is_one_for_the_best_order_and_lower_for_others() -> None:
    grades = {"a": 2, "b": 1}
    assert ndcg(["a", "b"], grades) == 1
    assert 0 < ndcg(["b", "a"], grades) < 1
    assert ndcg(["c"], grades) == 0
    assert ndcg(["a"], {}) == 0
