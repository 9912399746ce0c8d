"""The evidence of drafts is saved and read without changes, and shown without markup of strangers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.drafting.answer import Claim
from generator.drafting.drafter import Draft
from generator.drafting.evidence import (
    Evidence,
    Position,
    ReviewedSentence,
    draft_report,
    evidence_path,
    load_evidence,
    load_sources,
    make_evidence,
    save_evidence,
)
from generator.drafting.source_text import SourceText
from generator.model.paper import Paper

TLDR = Claim(text=" Kites fly. ", evidence=("kites fly high",))
DRAFT = Draft(
    texts={"en": {"tldr": ((TLDR,),), "summary": ((TLDR, TLDR), (TLDR,))}},
    topics=(), tags=(), asked_as=(), failed={("en", "limitations"): ("it has no evidence",)}, rewritten=True,
)  # fmt: skip
PAPER = Paper(id="byron2025kites", title="Kites", venue="conf-2025", topics=(), added=date(2025, 5, 2))


@pytest.fixture
def evidence() -> Evidence:
    return make_evidence(PAPER.id, SourceText("abstract", "All kites fly high."), DRAFT)


def test_saved_evidence_is_read_as_it_was(evidence: Evidence, tmp_path: Path) -> None:
    save_evidence(tmp_path, evidence)
    assert load_evidence(tmp_path, PAPER.id) == evidence
    assert load_sources(tmp_path) == {PAPER.id: "All kites fly high."}
    assert evidence.failed == {"en limitations": ("it has no evidence",)}


def test_positions_follow_the_text(evidence: Evidence) -> None:
    summary = [("en", "summary", 0, 0), ("en", "summary", 0, 1), ("en", "summary", 1, 0)]
    assert evidence.positions() == [("en", "tldr", 0, 0), *summary]


def test_one_sentence_is_replaced(evidence: Evidence) -> None:
    position = Position("en", "summary", 1, 0)
    changed = evidence.with_sentence(position, ReviewedSentence(text="Dogs run.", evidence=(), verdict="edit"))
    assert changed.sentence(position).text == "Dogs run."
    others = [other for other in evidence.positions() if other != position]
    assert [changed.sentence(other) for other in others] == [evidence.sentence(other) for other in others]
    assert evidence.sentence(position).text == "Kites fly.", "evidence is immutable"


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"\xff", b'{"paper": 1}'])
def test_a_damaged_file_counts_as_none(data: bytes, tmp_path: Path) -> None:
    evidence_path(tmp_path, PAPER.id).write_bytes(data)
    assert load_evidence(tmp_path, PAPER.id) is None
    assert load_sources(tmp_path) == {}
    assert load_evidence(tmp_path, "nobody") is None


def test_a_report_is_one_table_row_a_sentence_whatever_the_texts_contain() -> None:
    claim = Claim(text="a | <b>b</b>\nc", evidence=("x | y",))
    draft = replace(DRAFT, texts={"en": {"tldr": ((claim,),)}})
    report = draft_report([(replace(PAPER, title="<script>"), draft)])
    (row,) = [line for line in report.splitlines() if line.startswith("| a")]
    assert row.count("|") == 3
    assert "<" not in report
    assert "- en limitations stays empty: it has no evidence" in report
