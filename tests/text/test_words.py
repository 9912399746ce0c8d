"""Interface texts with values, counts and dates."""

from datetime import date

from generator.model.period import Length, period_of
from generator.model.settings import Settings
from generator.text.words import ENGLISH, filled, placeholders_of, span_name


def test_placeholders_in_values_are_not_replaced() -> None:
    assert filled("{a} and {b}", {"a": "{b}", "b": "x"}) == "{b} and x"
    assert placeholders_of("{a} and {b}") == {"a", "b"}


def test_counts_days_and_numbers_in_german(german: Settings) -> None:
    words = german.words
    assert [words.say_many("{n} paper", "{n} papers", n) for n in (0, 1, 2, 4321)] == [
        "0 Arbeiten", "1 Arbeit", "2 Arbeiten", "4.321 Arbeiten"
    ]  # fmt: skip
    assert ENGLISH.say_many("{n} paper", "{n} papers", 4321) == "4,321 papers"
    assert span_name(date(2026, 4, 27), date(2026, 5, 3), words) == "27. April bis 3. Mai 2026"
    assert span_name(date(2026, 3, 2), date(2026, 3, 8), words) == "2. bis 8. März 2026"
    assert period_of(Length.MONTH, date(2024, 3, 10), words).name == "März 2024"
