"""German word lists."""

import re

import pytest

from generator.text.style_german import STOCK, verbs

VERBS = frozenset(verbs())


@pytest.mark.parametrize("verb", ["zeigt", "zeigen", "fällt", "wurde", "überlistet"])
def test_verbs_are_listed_as_they_are_inflected(verb: str) -> None:
    assert verb in VERBS


def test_all_words_are_in_lower_case() -> None:
    assert all(verb == verb.lower() for verb in VERBS)


@pytest.mark.parametrize("phrase", ["neuartige", "bahnbrechenden", "ebnet den weg", "unserem"])
def test_stock_phrases_have_german_endings(phrase: str) -> None:
    assert re.fullmatch("|".join(STOCK), phrase)
