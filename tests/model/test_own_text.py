"""The digest's own texts, and the statements of who wrote them."""

from datetime import date

import pytest

from generator.model.own_text import (
    digital_source,
    disclosure,
    newer_version_note,
    own_texts,
    short_disclosure,
    writer_line,
)
from generator.model.paper import Paper
from generator.model.provenance import Reading, SummaryBy, WriterKind

AI = SummaryBy(kind=WriterKind.AI, model="Toy", version="2", date=date(2026, 4, 23), of=(Reading(what="abstract"),))


def _paper(**fields: object) -> Paper:
    return Paper(id="a", title="A", venue="v", topics=("t",), added=date(2026, 1, 1), **fields)  # type: ignore[arg-type]


def test_each_language_has_its_text_with_empty_parts_and_no_substitute() -> None:
    paper = _paper(tldr={"": "One.", "de": "Eins."}, summary={"": "Long."})
    english, german = own_texts(paper, "en")
    assert (english.language, english.tldr, english.summary) == ("en", "One.", "Long.")
    assert (german.language, german.tldr, german.summary) == ("de", "Eins.", "")
    assert own_texts(_paper(), "en") == ()


@pytest.mark.parametrize(
    ("by", "text", "label"),
    [
        (None, "Writer of this summary not recorded", ""),
        (AI, "AI-written summary, not reviewed", "AI text"),
        (
            SummaryBy(kind=WriterKind.AI, reviewed_by="Ada"),
            "AI-written summary, reviewed by Ada",
            "AI text, reviewed",
        ),
        (SummaryBy(kind=WriterKind.HUMAN), "Summary written by a person", ""),
    ],
)
def test_the_writer_is_stated_at_the_top_and_in_lists(by: SummaryBy | None, text: str, label: str) -> None:
    assert disclosure(by) == text
    assert short_disclosure(by) == label


def test_the_full_statement_names_model_day_and_source() -> None:
    assert writer_line(_paper(summary_by=AI)) == (
        "Written by a language model (Toy 2), 23 April 2026. Based on: abstract. No review by a person is recorded."
    )
    assert writer_line(_paper()) == "The writer is not recorded."
    unknown = writer_line(_paper(summary_by=SummaryBy(kind=WriterKind.HUMAN)))
    assert "The version that it is based on is not recorded." in unknown


def test_a_text_is_stale_if_a_newer_version_has_appeared() -> None:
    assert newer_version_note(AI) == ""
    new = SummaryBy(kind=WriterKind.AI, newer_version="v3", of=(Reading(what="arXiv", version="v1"),))
    assert newer_version_note(new) == "Written from version 1; version 3 is available."
    unnumbered = SummaryBy(kind=WriterKind.AI, newer_version="v3", of=(Reading(what="PDF", version="camera-ready"),))
    assert newer_version_note(unnumbered) == "Version 3 of the paper has appeared since."


def test_the_digital_source_is_not_assumed() -> None:
    assert digital_source(AI) == "trainedAlgorithmicMedia"
    assert digital_source(None) == ""
