"""Slugs, and keys of titles."""

import json

import pytest

from generator.text.slug import folded, slugify
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/text.json").read_text("utf-8"))["slugs"]


@pytest.mark.parametrize(("text", "slug"), CASES)
def test_a_slug_has_lower_case_ascii_words(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_long_slugs_are_cut_between_words() -> None:
    assert slugify("word " * 40) == "-".join(["word"] * 16)


def test_titles_that_differ_only_in_accents_case_and_punctuation_have_one_key() -> None:
    assert folded("Señor: a Test!") == folded("SENOR — A TEST")


def test_a_word_that_ends_at_the_limit_stays_and_a_long_word_is_cut() -> None:
    assert slugify("abc def ghi", 7) == "abc-def"
    assert slugify("abcdefghij", 7) == "abcdefg"
    assert slugify("O'Connor") == "oconnor"
