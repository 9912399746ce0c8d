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
