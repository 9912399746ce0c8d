"""LaTeX in texts from web pages."""

import json

import pytest

from generator.text import latex
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/text.json").read_text("utf-8"))


@pytest.mark.parametrize(("source", "expected"), CASES["latex"])
def test_accents_become_unicode_and_stray_commands_are_dropped(source: str, expected: str) -> None:
    text, accents = latex.unaccent_commands(source)
    text, commands = latex.drop_commands(text)
    assert text == expected
    assert accents + commands > 0


@pytest.mark.parametrize(("source", "expected"), CASES["maths"])
def test_a_formula_that_lost_its_backslashes_is_restored_only_if_certain(source: str, expected: str) -> None:
    text, count = latex.restore_maths(source)
    assert text == expected
    assert (count > 0) == (source != expected)
