"""Words in the form in which search compares them."""

import pytest

from generator.search.folding import MAX_WORD_LENGTH, folded, split_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café Ångström", ["cafe", "angstrom"]), ("Straße", ["strasse"]),
        ("pre-training", ["pretraining", "pre", "training"]), ("C*", ["c"]),
        ("α-divergence", ["alphadivergence", "alpha", "divergence"]), ("", []), ("— !", []),
        ("x" * (MAX_WORD_LENGTH + 1), []), ("ελλάδα", ["ελλαδα"]),
    ],
)  # fmt: skip
def test_words_are_folded_and_divided(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_only_a_single_greek_letter_becomes_its_name() -> None:
    assert folded("β") == "beta"
    assert folded("αβ") == "αβ"
    assert split_words("Pre-Training of β") == ["pre", "training", "of", "beta"]
