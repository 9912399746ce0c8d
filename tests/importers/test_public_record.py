"""Public records of each site: what they state arrives in the entry, or is listed among what was not imported."""

import json
from typing import Any

import pytest

from generator.importers.kinds import recognize
from generator.importers.raw_paper import Options
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/records.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_field_of_a_record_is_imported_or_reported(case: dict[str, Any]) -> None:
    text = case.get("text") or json.dumps(case["source"])
    importer = recognize(text)
    assert importer is not None
    assert case["kind"] == importer.NAME
    parsed = importer.read(text, Options(origin="t"))
    papers = []
    for paper in parsed.papers:
        fields = {name: value for name, value in paper.fields.items() if name != "source"}
        papers.append({**fields, **({"venue": [paper.venue.name, paper.venue.year]} if paper.venue else {})})
    assert papers == case["papers"]
    assert sorted(unread.kind for unread in parsed.unread) == case["unread"]
    assert all(unread.line >= 1 and unread.text for unread in parsed.unread)
    assert any(case.get("note", "") in note.message for note in parsed.notes) or "note" not in case


def test_lines_of_records_are_those_of_the_file() -> None:
    case = next(case for case in CASES if case["name"].startswith("ACL, award"))
    importer = recognize(case["text"])
    assert importer is not None
    parsed = importer.read(case["text"], Options(origin="t"))
    assert [paper.line for paper in parsed.papers] == [4, 6]
    assert [(unread.kind, unread.line) for unread in parsed.unread] == [("field month", 3)]
