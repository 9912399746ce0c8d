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
