"""The form of an answer: sentences by field, joined into the text of an entry."""

import pytest
from pydantic import ValidationError

from generator.drafting.answer import FIELDS, Answer, Claim, join_sentences
from tests.drafting.test_gates import make_answer


def _claim(text: str) -> Claim:
    return Claim(text=text, evidence=())


def test_sentences_are_joined_to_paragraphs() -> None:
    paragraphs = ((_claim(" Kites fly. "), _claim("Dogs run.")), (), (_claim("Cats sleep."),))
    assert join_sentences(paragraphs) == "Kites fly. Dogs run.\n\nCats sleep."


@pytest.mark.parametrize(
    ("text", "expected"), [("Not stated.", True), (" not stated", True), ("It is not stated.", False)]
)
def test_a_text_can_state_that_the_source_says_nothing(text: str, expected: bool) -> None:
    assert _claim(text).is_not_stated is expected


def test_every_field_has_its_sentences() -> None:
    text = make_answer().texts[0]
    assert {field: list(text.claims(field)) for field in FIELDS} == {
        "tldr": [text.tldr],
        "summary": [claim for paragraph in text.summary for claim in paragraph],
        "significance": list(text.significance),
        "limitations": list(text.limitations),
    }


def test_a_huge_answer_is_refused() -> None:
    with pytest.raises(ValidationError):
        Answer(texts=make_answer().texts * 6)
    with pytest.raises(ValidationError):
        _claim("x" * 1001)
