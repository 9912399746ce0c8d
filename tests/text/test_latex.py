"""LaTeX in texts from web pages."""

import json

import pytest

from generator.text import latex
from generator.text.latex import decode_accents, encode_accents
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/text.json").read_text("utf-8"))


@pytest.mark.parametrize(("source", "expected"), CASES["latex"])
def test_accents_become_unicode_and_stray_commands_are_dropped(source: str, expected: str) -> None:
    text, accents = latex.decode_accents(source)
    text, commands = latex.drop_commands(text)
    assert text == expected
    assert accents + commands > 0


@pytest.mark.parametrize(("source", "expected"), CASES["maths"])
def test_a_formula_that_lost_its_backslashes_is_restored_only_if_certain(source: str, expected: str) -> None:
    text, count = latex.restore_maths(source)
    assert text == expected
    assert (count > 0) == (source != expected)


@pytest.mark.parametrize(
    ("text", "commands"),
    [("Hölder", r"H{\"o}lder"), ("Čech", r"{\v{C}}ech"), ("Søren", r"S{\o}ren"), ("ASCII", "ASCII"), ("北京", "北京")],
)
def test_letters_become_commands_and_others_stay(text: str, commands: str) -> None:
    assert encode_accents(text) == commands


def test_commands_of_accents_are_read_back() -> None:
    for text in ("Hölder", "Čech", "Søren", "Łódź", "Ångström"):
        bare = encode_accents(text).replace("{", "").replace("}", "")
        assert decode_accents(encode_accents(text))[0].replace("{", "").replace("}", "") == text, bare


def test_a_formula_with_an_unknown_word_or_its_own_dollars_stays() -> None:
    for text in ("the network_layer of cats", "cost is $x$ and ell_2", "log in now"):
        assert latex.restore_maths(text) == (text, 0)
