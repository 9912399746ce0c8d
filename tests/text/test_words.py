"""Interface texts with values, counts and dates."""

from datetime import date

import pytest
from markupsafe import Markup, escape

from generator.model.period import Length, period_of
from generator.model.settings import Settings
from generator.text.words import (
    ENGLISH,
    Words,
    date_name,
    fill_placeholders,
    placeholders_of,
    span_name,
    template_functions,
    unsafe_character,
)


def test_placeholders_in_values_are_not_replaced() -> None:
    assert fill_placeholders("{a} and {b}", {"a": "{b}", "b": "x"}) == "{b} and x"
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


@pytest.mark.parametrize(
    ("iso", "name"), [("2026-04-23", "23 April 2026"), ("2026-04", "April 2026"), ("2026", "2026"), ("", "")]
)
def test_a_date_is_written_as_precisely_as_it_is_known(iso: str, name: str) -> None:
    assert date_name(iso) == name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 4, 20), date(2026, 4, 26), "20 to 26 April 2026"),
        (date(2026, 4, 27), date(2026, 5, 3), "27 April to 3 May 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 December 2025 to 4 January 2026"),
    ],
)
def test_a_span_repeats_neither_month_nor_year(first: date, last: date, name: str) -> None:
    assert span_name(first, last) == name


def test_a_count_chooses_the_plural_form_and_groups_digits() -> None:
    assert [ENGLISH.say_many("{n} paper", "{n} papers", n) for n in (0, 1, 1200)] == [
        "0 papers",
        "1 paper",
        "1,200 papers",
    ]
    three_forms = Words(
        language="xx",
        texts={"1,000": "1 000"},
        counted={"{n} paper": ("{n} a", "{n} b", "{n} c")},
        plural=lambda n: min(n, 2),
    )
    assert [three_forms.say_many("{n} paper", "{n} papers", n) for n in (0, 1, 1200)] == ["0 a", "1 b", "1 200 c"]


def test_templates_encode_values_and_leave_texts_and_markup() -> None:
    functions = template_functions(ENGLISH, lambda value: value if isinstance(value, Markup) else escape(value))
    assert functions["say"]("by {name}", name="<b>") == "by &lt;b&gt;"
    assert functions["say"]("by {name}", name=Markup("<b>")) == "by <b>"
    assert functions["say_many"]("{n} paper by {name}", "{n} papers by {name}", 2, name="&") == "2 papers by &amp;"


def test_a_text_may_contain_placeholders_but_no_markup() -> None:
    assert placeholders_of("{day} {month} of {day}") == {"day", "month"}
    assert unsafe_character("{day} of May") == ""
    assert [unsafe_character(text) for text in ("a <b>", "a_b", "{Day}")] == ["<", "_", "{"]
