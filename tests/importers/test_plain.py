"""Text of records on one line: entities and tags are gone, formulas and comparisons stay."""

import pytest

from generator.importers.plain import plain, with_subtitle


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Cats &amp;amp; dogs", "Cats & dogs"), ("Caf&eacute; &Amp; bar", "Café & bar"), ("&Eacute;t&eacute;", "Été"),
        ("<i>Felis</i> catus", "Felis catus"), ("n<m and k>0", "n<m and k>0"), ("a<br/>b", "a b"), ("x\n  y", "x y"),
        ("<mml:math><mml:mi>x</mml:mi><mml:annotation>x^2</mml:annotation></mml:math>", "$x^2$"),
        ("<jats:tex-math>$a$</jats:tex-math>", "$a$"), ("x<sup>2</sup>", "x²"), (f"&#{'9' * 200};", "\ufffd"),
        (None, ""),
    ],
)  # fmt: skip
def test_a_text_becomes_plain(written: object, text: str) -> None:
    assert plain(written) == text


def test_a_subtitle_is_added_once() -> None:
    assert with_subtitle("Cats", "A survey") == "Cats: A survey"
    assert with_subtitle("Cats?", "A survey") == "Cats? A survey"
    assert with_subtitle("Cats: A Survey", "a survey") == "Cats: A Survey"
    assert with_subtitle("", "A survey") == "A survey"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a <i>b</i> <sub>2</sub>&amp;<br/>c", "a b 2& c"),
        ("R&Amp;D in H<sub>2</sub>O", "R&D in H2O"),
        ("a <mml:math><mml:mi>n</mml:mi></mml:math> b", "a n b"),
        (
            '<math><semantics><mi>n</mi><annotation encoding="application/x-tex">n_1</annotation></semantics></math>',
            "$n_1$",
        ),
        ('<jats:p id="x">a</jats:p>', "a"),
        ("all n<m and k>0, x &lt; y", "all n<m and k>0, x < y"),
        ("a\u202eb\x00 c\n d", "ab c d"),
        ("e\u0301", "é"),
        (f"a &#{'9' * 5000}; b", "a \ufffd b"),
        (f"a &#0065;&#x{'f' * 5000};&#{'1' * 90}", "a A\ufffd\ufffd"),
        (None, ""),
        (7, ""),
    ],
)
def test_text_of_records_becomes_plain_text(source: object, text: str) -> None:
    assert plain(source) == text
