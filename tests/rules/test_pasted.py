"""Rules for traces of pasting."""

import pytest

from generator.model.entities import Topic
from generator.rules import pasted
from tests.support.small_content import broken, content, paper


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Ropes of $\\alpha$ and {x}", []),
        ("Ropes &amp; Knots", ["W381"]),
        ("Ropes of <i>n</i> Kinds", ["W381"]),
        ('Ropes of M\\"uller', ["W382"]),
        ("{Ropes} that Hold", ["W382"]),
        ("Ropes  that Hold", ["W385"]),
    ],
)
def test_plain_text_has_no_markup(title: str, codes: list[str]) -> None:
    assert [
        problem[0] for problem in broken(pasted.one_line_texts_have_no_markup, content(paper(title=title)))
    ] == codes


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("ROPES THAT HOLD", "W383"),
        ("DADA", None),
        ("Ropes that hold.", "W384"),
        ("Ropes vs.", None),
        ("Ropes...", None),
    ],
)
def test_a_title_is_a_title(title: str, code: str | None) -> None:
    problems = broken(pasted.titles_have_usual_form, content(paper(title=title)))
    assert [problem[0] for problem in problems] == [code] * bool(code)


@pytest.mark.parametrize(
    ("summary", "faulty"),
    [
        ("# A heading", True),
        ("| a | b |", True),
        ("![x](y.png)", True),
        ("<b>x</b>", True),
        ("`<b>`", False),
        ("*x*", False),
    ],
)
def test_prose_uses_the_subset_of_markdown(summary: str, faulty: bool) -> None:
    expected = [("W387", "papers/reef2025ropes", "summary", "en")] * faulty
    assert broken(pasted.prose_uses_allowed_markdown, content(paper(summary={"en": summary}))) == expected


def test_formulas_that_cannot_be_converted_are_reported() -> None:
    records = content(paper("a2025", title="On $x^2$"), paper("b2025", title=r"On $\unknown{x}$"))
    assert broken(pasted.formulas_can_be_converted, records) == [("W386", "papers/b2025", "title")]


def test_values_are_listed_once_and_keywords_are_single() -> None:
    records = content(paper(keywords=("Rope", "rope", "knots; nets"), other_titles=("Title of reef2025ropes",)))
    assert broken(pasted.values_are_listed_once, records) == [
        ("W371", "papers/reef2025ropes", "keywords", 1),
        ("W371", "papers/reef2025ropes", "other_titles", 0),
    ]
    assert broken(pasted.keywords_are_single, records) == [("W373", "papers/reef2025ropes", "keywords", 2)]


def test_a_topic_above_another_one_is_not_listed() -> None:
    topics = (Topic(id="cats", name={"": "C"}), Topic(id="kittens", name={"": "K"}, parent="cats"))
    records = content(paper(topics=("kittens", "cats")), topics=topics)
    assert broken(pasted.topics_are_most_specific, records) == [("W372", "papers/reef2025ropes", "topics", 1)]
