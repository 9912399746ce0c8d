"""Characters of LaTeX commands."""

import unicodedata

import pytest

from generator.text.latex_symbols import ACCENTS, LETTERS, symbol_of


@pytest.mark.parametrize(
    ("command", "character"),
    [("alpha", "α"), ("textnumero", "№"), ("apj", "The Astrophysical Journal"), ("nosuchcommand", None)],
)
def test_a_command_has_the_characters_of_the_table_or_of_the_library(command: str, character: str | None) -> None:
    assert symbol_of(command) == character


def test_the_day_of_the_build_is_no_symbol() -> None:
    assert symbol_of("today") is None


def test_accents_are_combining_and_letters_are_not() -> None:
    assert all(unicodedata.combining(mark) for mark in ACCENTS.values())
    assert not any(unicodedata.combining(letter) for letter in LETTERS.values())
