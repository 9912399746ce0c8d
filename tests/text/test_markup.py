"""The Markdown subset of summaries."""

import json

import pytest

from generator.text.markup import line_html, line_html_in_markdown, line_markdown, prose_html, prose_plain, read_prose
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/text.json").read_text("utf-8"))["markup"]


def test_prices_are_no_formulas() -> None:
    assert prose_plain("It costs $5 and then $6.") == "It costs $5 and then $6."


def test_code_contains_no_formulas() -> None:
    prose = read_prose("Use `echo $x$`, not $x$.")
    assert prose.plain == "Use echo $x$, not x."
    assert prose.html.startswith('<p>Use <code>echo $x$</code>, not <span class="maths"><math')


@pytest.mark.parametrize(("source", "html"), CASES)
def test_only_markup_of_the_subset_becomes_html(source: str, html: str) -> None:
    assert prose_html(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "[a](https://a.example/?x=1&y)",
            '<p><a href="https://a.example/?x=1&amp;y" rel="nofollow noopener ugc">a</a></p>',
        ),
        ("[a](javascript:alert)", "<p>[a](javascript:alert)</p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("# Not a heading", "<p># Not a heading</p>"),
    ],
)
def test_links_lead_to_web_addresses_and_other_markup_is_text(source: str, html: str) -> None:
    assert prose_html(source) == html


def test_a_text_without_markup_takes_the_short_way_to_the_same_result() -> None:
    plain = "One line.\n\nAnother line."
    assert read_prose(plain).html == "<p>One line.</p>\n<p>Another line.</p>"
    assert read_prose(plain).plain == plain


def test_spaces_around_a_formula_stay_and_no_character_acts_in_markdown() -> None:
    assert line_markdown("a $x$ b").startswith('a <span class="maths"><math')
    assert line_markdown("a $x$ b").endswith("</math></span> b")
    assert not set("*_[]{}`|~^$\\") & set(line_html_in_markdown("a_b *c* [d] $x_1$"))
    assert line_html("a < b") == "a &lt; b"
