"""Claims that a program can look up: quantities, names and shared words."""

from decimal import Decimal

import pytest

from generator.text import claims
from generator.text.claims import Quantity, quantities


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("It saves 12.5 % of time", "en", [("12.5", "%")]),
        ("1,200 papers and 3x faster", "en", [("1200", ""), ("3", "times")]),
        ("1.200 Arbeiten, 12,5 Prozent", "de", [("1200", ""), ("12.5", "%")]),
        ("a 7B model with GPT-4", "en", [("7000000000", "")]),
        ("2 million images in 30 ms", "en", [("2000000", ""), ("30", "ms")]),
    ],
)
def test_numbers_have_units_and_scales_but_names_have_none(
    text: str, language: str, expected: list[tuple[str, str]]
) -> None:
    assert [(quantity.value, quantity.unit) for quantity in quantities(text, language)] == [
        (Decimal(value).normalize(), unit) for value, unit in expected
    ]


def test_a_quantity_has_its_text() -> None:
    assert quantities("saves 40 %")[0] == Quantity(Decimal(40).normalize(), "%", "40 %")


@pytest.mark.parametrize(
    ("sentence", "source", "missing"),
    [
        ("It is 40 % faster.", "a speedup of 40 percent", []),
        ("It is 40 % faster.", "it takes 40 seconds", ["40 %"]),
        ("Three groups took part.", "with 3 groups", []),
        ("Two groups took part.", "both groups", []),
        ("Four groups took part.", "some groups", ["Four"]),
    ],
)
def test_a_number_needs_its_value_and_unit_in_the_source(sentence: str, source: str, missing: list[str]) -> None:
    assert claims.unsupported_numbers(sentence, source) == missing


@pytest.mark.parametrize(
    ("sentence", "source", "missing"),
    [
        ("It beats ResNet on ImageNet.", "ResNets on ImageNet-1k", []),
        ("It uses KL.", "the Kullback-Leibler divergence", []),
        ("It was tested in Paris.", "a test in France", ["Paris"]),
        ("Paris is large.", "a test in France", []),
    ],
)
def test_a_name_needs_the_source_or_its_initials(sentence: str, source: str, missing: list[str]) -> None:
    assert claims.unsupported_names(sentence, source, "") == missing


def test_eight_shared_words_are_a_copy_unless_they_are_allowed() -> None:
    words = "one two three four five six seven eight nine"
    assert claims.shared_runs(f"so {words}", f"and {words}") == ["one two three four five six seven eight"]
    assert claims.shared_runs(words, words, allowed=words) == []
    assert claims.shared_runs(words.rsplit(" ", 2)[0], words) == []


@pytest.mark.parametrize(("text", "language"), [("this is the cat", "en"), ("das ist die Katze", "de"), ("cat", "")])
def test_the_language_is_that_of_the_commonest_words(text: str, language: str) -> None:
    assert claims.language_of(text) == language


def test_german_names_need_a_second_capital_or_a_digit() -> None:
    assert claims.names("Die Katze nutzt LoRA und T5", "de") == ["LoRA", "T5"]
    assert claims.names("The cat of Paris uses LoRA and T5") == ["Paris", "LoRA", "T5"]
