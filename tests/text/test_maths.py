"""Formulas as MathML and as plain characters."""

import pytest

from generator.text import maths
from generator.text.markup import line_html, line_markdown, prose_html


def test_a_formula_becomes_mathml() -> None:
    assert "<msub><mi>ℓ</mi><mn>2</mn></msub>" in maths.to_mathml(r"\ell_2")
    assert maths.to_plain(r"the $\ell_2$ norm in $O(n)$") == "the ℓ_2 norm in O(n)"


@pytest.mark.parametrize(
    "tex",
    [r"\mbox{<svg/onload=alert(1)>}", r"\href{javascript:alert(1)}{x}", r"\class{evil}{x}", "{" * 50, r"\frac{1", ""],
)
def test_a_hostile_or_broken_formula_adds_no_markup(tex: str) -> None:
    for rendered in (line_html(f"a ${tex}$ b"), line_markdown(f"a ${tex}$ b"), prose_html(f"a ${tex}$ b")):
        assert "<svg" not in rendered
        assert "<a" not in rendered
        assert 'class="evil' not in rendered


def test_a_formula_with_an_unknown_command_is_not_converted() -> None:
    assert maths.to_mathml(r"\nosuchcommand{x}") == ""
    assert maths.to_plain("no formula for $5 or $6") == "no formula for $5 or $6"
    assert [segment.is_maths for segment in maths.segments("a $x$ b $y$")] == [False, True, False, True]
