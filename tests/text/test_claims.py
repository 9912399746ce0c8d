"""Claims that a program can look up: quantities, names and shared words."""

from decimal import Decimal

import pytest

from generator.text import claims
from generator.text.claims import (
    Quantity,
    names,
    quantities,
    unsupported_names,
    unsupported_numbers,
)


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


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("3.5 % of 1,000 in 2 s", "en", ["3.5 %", "1E+3 ", "2 s"]),
        ("3,5 % von 1.000 in 2 Sekunden", "de", ["3.5 %", "1E+3 ", "2 s"]),
        ("GPT-4 and CIFAR-10 and ResNet50", "en", []),
        ("a 7B model, 10x faster, 3-fold", "en", ["7E+9 ", "1E+1 times", "3 times"]),
        ("2,5 Milliarden", "de", ["2.5E+9 "]),
        ("2.5 Milliarden", "de", ["2.5E+9 "]),
        ("$O(n^2)$ and $64\\times 64$", "en", ["2 ", "64 ", "64 "]),
    ],
)
def test_names_formulas_and_scales_are_told_apart_from_numbers(text: str, language: str, values: list[str]) -> None:
    assert [f"{quantity.value} {quantity.unit}" for quantity in quantities(text, language)] == values


def test_names_have_capitals_inside_or_follow_no_sentence_end() -> None:
    assert names("On ImageNet, BERT and GPT-4 lose to Adam.") == ["ImageNet", "BERT", "GPT-4", "Adam"]
    assert names("Auf ImageNet-Bildern verliert der Vergleich.", "de") == ["ImageNet-Bildern"]
    assert unsupported_names("Auf ImageNet-Bildern besser.", "on ImageNet", "", "de") == []
    assert unsupported_names("A large language model (LLM) wins.", "large language models win", "") == []
    assert unsupported_numbers("Zwei von drei", "two of three", "de") == []
