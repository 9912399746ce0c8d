"""The Markdown subset of summaries."""

import json

import pytest

from generator.text.markup import prose_html, prose_plain
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/text.json").read_text("utf-8"))["markup"]


def test_prices_are_no_formulas() -> None:
    assert prose_plain("It costs $5 and then $6.") == "It costs $5 and then $6."


@pytest.mark.parametrize(("source", "html"), CASES)
def test_only_markup_of_the_subset_becomes_html(source: str, html: str) -> None:
    assert prose_html(source) == html
