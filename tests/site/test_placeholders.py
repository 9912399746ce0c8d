"""Placeholders for a page's values: operations with the same result for any value work, all others are refused."""

from collections.abc import Callable
from typing import Any

import pytest

from generator.site.placeholders import MARK, Inspected, Question, Slots, apply

VALUES = {"title": "Cats & <dogs>"}


@pytest.fixture
def slots() -> Slots:
    return Slots(VALUES)


def _shown(slots: Slots, text: str) -> str:
    """The text with the page's values in place of the marks."""

    def value(number: str) -> str:
        name, steps = slots[int(number)]
        return apply(VALUES[name], steps)

    return MARK.sub(lambda match: value(match[1]), text)


def test_known_filters_are_applied_when_values_are_filled_in(slots: Slots) -> None:
    value = slots.placeholder("title")
    assert _shown(slots, value.text) == "Cats & <dogs>"
    assert _shown(slots, value.escape().text) == "Cats &amp; &lt;dogs&gt;"
    assert _shown(slots, value.escape().escape().text) == "Cats &amp; &lt;dogs&gt;"
    assert _shown(slots, value.striptags().text) == "Cats &"
    assert _shown(slots, value.replace("&", "+").text) == "Cats + <dogs>"
    assert _shown(slots, value.safe().escape().text) == "Cats & <dogs>"


def test_a_comparison_is_answered_and_recorded(slots: Slots) -> None:
    value = slots.placeholder("title")
    assert value
    assert value != "Dogs"
    assert value[:4] == "Cats"
    questions = {Question("title", (), None, "Dogs"), Question("title", (), 4, "Cats")}
    assert slots.questions == questions
    assert {question.answer({"title": "Dogs"}) for question in questions} == {True, False}


@pytest.mark.parametrize(
    "inspect",
    [len, str, hash, list, lambda value: value + "x", lambda value: value.upper(), lambda value: "x" in value,
     lambda value: value[1:], lambda value: value < "x", lambda value: f"{value}",
     lambda value: value.replace("ab", "c"), lambda value: value == value, lambda value: value[:3].text],
)  # fmt: skip
def test_operations_that_depend_on_the_value_are_refused(inspect: Callable[[Any], object], slots: Slots) -> None:
    with pytest.raises(Inspected):
        inspect(slots.placeholder("title"))


def test_an_unknown_value_cannot_be_compared(slots: Slots) -> None:
    with pytest.raises(Inspected):
        bool(slots.placeholder("other"))
    with pytest.raises(Inspected):
        assert slots.placeholder("other") == "x"
