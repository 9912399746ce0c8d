"""Words as search compares them."""

import pytest

from generator.search.folding import LONGEST, folded, parts_of_text, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café Ångström", ["cafe", "angstrom"]), ("Straße", ["strasse"]),
        ("pre-training", ["pretraining", "pre", "training"]), ("C*", ["c"]),
        ("α-divergence", ["alphadivergence", "alpha", "divergence"]), ("", []), ("— !", []),
        ("x" * (LONGEST + 1), []), ("ελλάδα", ["ελλαδα"]),
    ],
)  # fmt: skip
def test_words_are_folded_and_divided(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_greek_letter_has_its_name_only_where_it_stands_alone() -> None:
    assert folded("β") == "beta"
    assert folded("αβ") == "αβ"
    assert parts_of_text("Pre-Training of β") == ["pre", "training", "of", "beta"]
