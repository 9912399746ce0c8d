"""Rules for the digest's own texts."""

from typing import Any

import pytest

from generator.model.paper import Status
from generator.model.provenance import SummaryBy, WriterKind
from generator.rules import style
from tests.support.small_content import DAY, broken, content, paper

SUMMARY = "\n\n".join([" ".join(["Ropes hold if they are tied well."] * 8)] * 2)


def test_all_four_texts_are_written_in_each_language() -> None:
    (problem,) = style.texts_are_complete(content(paper(tldr={"en": "A."}, summary={"en": "A.", "de": "A."})))
    assert problem.message == (
        "not written yet: tldr (de), significance (de), significance (en), limitations (de), limitations (en)"
    )
    assert broken(style.texts_are_complete, content(paper(status=Status.REMOVED))) == []


@pytest.mark.parametrize(("text", "codes"), [(SUMMARY, []), ("Ropes hold.", ["W402"])])
def test_the_length_of_a_text_has_limits(text: str, codes: list[str]) -> None:
    assert [
        problem[0] for problem in broken(style.texts_have_their_length, content(paper(summary={"": text})))
    ] == codes


@pytest.mark.parametrize(("paragraphs", "faulty"), [(1, True), (2, False), (3, False), (4, True)])
def test_a_summary_has_two_or_three_paragraphs(paragraphs: int, faulty: bool) -> None:
    records = content(paper(summary={"": "\n\n".join(["Ropes hold."] * paragraphs)}))
    assert bool(broken(style.summaries_have_paragraphs, records)) is faulty


def test_an_acronym_is_explained_once_or_is_a_name() -> None:
    texts: dict[str, Any] = {"tldr": {"": "The XQZ holds."}, "summary": {"": "The XQZ holds."}}
    assert broken(style.acronyms_are_explained, content(paper(**texts))) == [("W407", "papers/reef2025ropes", "tldr")]
    assert broken(style.acronyms_are_explained, content(paper(keywords=("XQZ",), **texts))) == []
    texts["tldr"] = {"": "The MyXQZ holds."}
    assert broken(style.acronyms_are_explained, content(paper(**texts))) == [
        ("W407", "papers/reef2025ropes", "summary")
    ]


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (None, "W408"),
        (SummaryBy(kind=WriterKind.AI, model="m"), "W409"),
        (SummaryBy(kind=WriterKind.AI, model="m", date=DAY), None),
        (SummaryBy(kind=WriterKind.HUMAN), None),
    ],
)
def test_the_writer_of_a_text_is_recorded(by: SummaryBy | None, code: str | None) -> None:
    problems = broken(style.writers_are_named, content(paper(tldr={"": "A."}, summary_by=by)))
    assert [problem[0] for problem in problems] == [code] * bool(code)


def test_a_text_copies_no_eight_words_and_invents_no_number_of_its_abstract() -> None:
    abstract = "We tie forty ropes to the old pier and watch them hold in a storm of 12 hours."
    copied = content(paper(abstract=abstract, tldr={"en": "They tie forty ropes to the old pier and watch them."}))
    assert [problem[0] for problem in broken(style.texts_follow_their_abstract, copied)] == ["W606"]
    invented = content(paper(abstract=abstract, tldr={"en": "The knots stayed tight for 17 hours."}))
    assert [problem[0] for problem in broken(style.texts_follow_their_abstract, invented)] == ["W607"]
