"""States of registries become findings. Cases of ``digest watch`` are in ``tests/cases/watch.json``."""

from datetime import date

import pytest

from generator.codec.decode import decode
from generator.model.paper import Paper, Status
from generator.model.record import RawRecord
from generator.watching.findings import Finding, FindingKind, findings, summarized_version
from generator.watching.registries import Notice, RegistryState

TODAY = date(2026, 5, 2)


def _paper(fields: RawRecord) -> Paper:
    required: RawRecord = {
        "id": "berg2025kites", "title": "Kites", "authors": ["A Berg"], "venue": "conf-2025", "topics": ["cats"],
        "added": "2025-03-01",
    }  # fmt: skip
    paper, problems = decode(Paper, {**required, **fields})
    assert paper is not None, problems
    return paper


def _written(version: str) -> Paper:
    return _paper({"summary_by": {"kind": "ai", "date": "2025-03-01", "of": {"what": "abstract", "version": version}}})


def _of_kind(kind: FindingKind, paper: Paper, **states: RegistryState) -> list[Finding]:
    named = {
        {"arxiv": "arXiv", "crossref": "Crossref", "openreview": "OpenReview"}[name]: states[name] for name in states
    }
    return [finding for finding in findings(paper, None, named, TODAY) if finding.kind is kind]


def test_the_source_of_a_text_is_a_version_or_a_day() -> None:
    assert summarized_version(_paper({})) == (None, None)
    assert summarized_version(_written("v2")) == (2, date(2025, 3, 1))
    assert summarized_version(_written("copy of 2025-02-01")) == (None, date(2025, 2, 1))


@pytest.mark.parametrize(
    ("read", "newest", "updated", "is_found"),
    [
        ("v1", 2, date(2025, 5, 1), True),
        ("v2", 2, date(2025, 5, 1), False),
        ("copy of 2025-02-01", 2, date(2025, 5, 1), True),
        ("copy of 2025-06-01", 2, date(2025, 5, 1), False),
        ("copy of 2025-02-01", 1, date(2025, 5, 1), False),
    ],
)
def test_a_version_is_new_if_the_text_is_older(read: str, newest: int, updated: date, is_found: bool) -> None:
    state = RegistryState(version=newest, updated=updated)
    changes = [finding.changes for finding in _of_kind(FindingKind.VERSION, _written(read), arxiv=state)]
    assert changes == ([{"summary_by": {"newer_version": f"v{newest}"}}] if is_found else [])


def test_of_several_notices_the_most_serious_sets_the_status() -> None:
    notices = (Notice("correction", date(2025, 4, 1), "10.5555/c"), Notice("retraction", date(2025, 4, 2), "10.5555/r"))
    correction, retraction = _of_kind(
        FindingKind.NOTICE, _paper({"doi": "10.5555/a"}), crossref=RegistryState(notices=notices)
    )
    assert correction.changes == {}
    assert retraction.changes["status"] == Status.RETRACTED.value
    assert retraction.changes["status_date"] == "2025-04-02"


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("RETRACTED ARTICLE: Kites", "retracted"),
        ("[Retracted] Kites", "retracted"),
        ("WITHDRAWN: Kites", "withdrawn"),
        ("Withdrawn – Kites", "withdrawn"),
        ("Withdrawn Kites and Their Owners", None),
        ("Retraction-Free Optimization of Kites", None),
        ("Retracted Papers: Who Cites Them?", None),
    ],
)
def test_a_title_alone_states_a_retraction_or_withdrawal(title: str, status: str | None) -> None:
    state = RegistryState(title=title)
    results = _of_kind(FindingKind.NOTICE, _paper({"doi": "10.5555/a"}), crossref=state)
    assert [finding.changes["status"] for finding in results] == ([status] if status else [])


def test_a_recorded_status_is_never_replaced() -> None:
    state = RegistryState(notices=(Notice("retraction"),))
    corrected = _paper({"doi": "10.5555/a", "status": "corrected", "status_note": "Table 2 was wrong."})
    (finding,) = _of_kind(FindingKind.NOTICE, corrected, crossref=state)
    assert (finding.message, finding.changes) == ("Crossref records: retraction (the entry says corrected)", {})
    retracted = _paper({"doi": "10.5555/a", "status": "retracted", "status_note": "By the authors."})
    assert _of_kind(FindingKind.NOTICE, retracted, crossref=state) == []


@pytest.mark.parametrize(
    ("comment", "is_withdrawn"),
    [
        ("This paper has been withdrawn by the authors", True),
        ("Withdrawn: Lemma 2 is wrong", True),
        ("We withdraw this submission", True),
        ("12 pages, on funds withdrawn by customers", False),
        ("The withdrawal of gloves", False),
    ],
)
def test_a_withdrawal_is_a_statement_about_the_paper(comment: str, is_withdrawn: bool) -> None:
    results = _of_kind(FindingKind.WITHDRAWN, _paper({}), arxiv=RegistryState(version=1, comment=comment))
    assert bool(results) is is_withdrawn


def test_a_paper_withdrawn_from_review_keeps_its_status_if_it_is_elsewhere_too() -> None:
    state = RegistryState(decision="withdrawn", updated=date(2025, 5, 1))
    (only,) = _of_kind(FindingKind.DECISION, _paper({"openreview": "abcdef1"}), openreview=state)
    assert only.changes["status"] == Status.WITHDRAWN.value
    (elsewhere,) = _of_kind(
        FindingKind.DECISION, _paper({"openreview": "abcdef1", "arxiv": "2501.00001"}), openreview=state
    )
    assert elsewhere.changes == {}
