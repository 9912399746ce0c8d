"""``digest review`` in the terminal."""

from pathlib import Path

import pytest

from generator.commands import review
from generator.store.load import load
from tests.support.command import digest
from tests.support.drafts import begin_review, entry_fields, run_draft, saved_evidence
from tools.model_server import model_server
from tools.toy_model import toy_reply


def review_with_keys(content: Path, keys: list[str]) -> int:
    """Review in the terminal with keys as typed; then as if the terminal closed."""
    state = begin_review(content)
    typed = iter(keys)

    def read(_: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    return review.review_in_terminal(state, read)


def test_a_person_accepts_edits_and_rejects(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert review_with_keys(drafted, ["a", "e", "Kites need no strings if 99% steer.", "r", "x", "a", "q"]) == 1
    output = capsys.readouterr().out
    assert "does not state “99%”" in output
    assert "“Kites are usually held by strings" in output
    evidence = saved_evidence()
    remaining = len([position for position in evidence.positions() if not evidence.sentence(position).verdict])
    assert remaining == len(evidence.positions()) - 4
    assert "reviewed_by" not in entry_fields(drafted)["summary_by"]
    assert review_with_keys(drafted, [*["a"] * remaining, "a", "", "y", "y", "y"]) == 0
    raw = entry_fields(drafted)
    by = raw["summary_by"]
    assert (by["kind"], by["reviewed_by"]) == ("ai-edited", "Ada Byron")
    assert by["review"].startswith("accuracy, plausibility, sources; 20")
    assert "Kites need no strings if 99% steer." in raw["summary"]["en"]
    assert load(drafted).problems == ()


def test_a_review_counts_only_with_every_pledge_confirmed(drafted: Path) -> None:
    evidence = saved_evidence()
    assert review_with_keys(drafted, [*["a"] * len(evidence.positions()), "y", "n", "y"]) == 1
    by = entry_fields(drafted)["summary_by"]
    assert (by["kind"], "reviewed_by" in by) == ("ai", False)


def test_an_unchanged_text_counts_as_accepted(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = saved_evidence()
    first, *others = evidence.positions()
    keys = ["e", "", "e", evidence.sentence(first).text, *["a"] * len(others)]
    assert review_with_keys(drafted, [*keys, "y", "n", "y"]) == 1
    assert "to leave a sentence out, reject it" in (output := capsys.readouterr().out)
    assert "next: the same command asks again" in output
    assert entry_fields(drafted)["summary_by"]["kind"] == "ai"
    assert review_with_keys(drafted, ["y", "y", "y"]) == 0
    assert "every sentence has a verdict" in (output := capsys.readouterr().out)
    assert "next: digest check, then digest build" in output


def test_a_field_rejected_in_one_language_is_reported(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = saved_evidence()
    keys = ["r" if position[:2] == ("de", "limitations") else "a" for position in evidence.positions()]
    assert review_with_keys(drafted, [*keys, "y", "y", "y"]) == 0
    assert "; empty: limitations (de); next:" in capsys.readouterr().out


def test_models_and_workflows_cannot_review(drafted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert digest("review", "byron2025kites", "--content", drafted, "--by", "toy") == 2
    assert digest("review", "byron2025kites", "--content", drafted, "--by", " toy\u200b") == 2
    assert digest("review", "byron2025kites", "--content", drafted, "--by", " ") == 2
    assert digest("review", "zhu2025dogs", "--content", drafted, "--by", "Ada") == 1
    monkeypatch.setenv("CI", "true")
    assert digest("review", "byron2025kites", "--content", drafted, "--by", "Ada") == 2


def test_a_new_draft_does_not_discard_verdicts(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review_with_keys(drafted, ["a", "a"])
    before = Path(".cache/evidence/byron2025kites.json").read_bytes()
    with model_server(toy_reply) as server:
        assert run_draft(server, drafted, "--rewrite") == 1
        assert server.requests == []
        output = capsys.readouterr().err
        assert "2 of " in output
        assert "digest review byron2025kites continues with them" in output
        assert Path(".cache/evidence/byron2025kites.json").read_bytes() == before
        Path(".cache/evidence/byron2025kites.json").unlink()
        assert run_draft(server, drafted, "--rewrite") == 0
