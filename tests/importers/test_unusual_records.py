"""Records as programs and people write them, against what the formats describe: what arrives, and what is reported."""

import json
from typing import Any

import pytest

from generator.codec.venue_names import VenueResolver
from generator.importers.kinds import recognize
from generator.importers.raw_paper import Options
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/unusual_records.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_unusual_record_is_imported(case: dict[str, Any]) -> None:
    importer = recognize(case["text"])
    assert importer is not None
    parsed = importer.read(case["text"], Options(origin="o", year=case.get("year")))
    venues = VenueResolver([])
    papers = [{**paper.fields, "edition": venues.edition_id(paper.venue)} for paper in parsed.papers]
    shown = [{name: paper.get(name, []) if name == "authors" else paper.get(name) for name in expected}
             for paper, expected in zip(papers, case["papers"], strict=True)]  # fmt: skip
    assert shown == case["papers"]
    reports = [f"{unread.kind}: {unread.text}" for unread in parsed.unread] + [note.message for note in parsed.notes]
    assert [text for text in case.get("reported", ()) if not any(text in report for report in reports)] == []
