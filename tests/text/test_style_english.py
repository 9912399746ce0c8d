"""English word lists."""

import re

import pytest

from generator.text.style_english import STOCK, verbs

VERBS = frozenset(verbs())


@pytest.mark.parametrize("verb", ["reduce", "reduces", "classify", "classifies", "catch", "catches", "took", "obeys"])
def test_verbs_are_listed_in_base_form_and_third_person(verb: str) -> None:
    assert verb in VERBS


@pytest.mark.parametrize("word", ["reduced", "catchs", "classifys", "cat"])
def test_participles_and_wrong_forms_are_not_listed(word: str) -> None:
    assert word not in VERBS


def test_stock_phrases_are_patterns_in_lower_case() -> None:
    assert all(phrase == phrase.lower() and re.compile(phrase) for phrase in STOCK)
    assert re.fullmatch("|".join(STOCK), "plays a key role")
