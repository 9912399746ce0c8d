"""Papers are planned first and written afterwards; each ends as an entry, an addition or a message."""

import json
from pathlib import Path

from generator.commands.intake import IncomingRecord, Intake
from generator.model.entities import VenueKind, VenueName
from generator.model.record import RawRecord
from generator.store.load import load

TODAY = "2026-05-02"
FISH: RawRecord = {"title": "Fish", "authors": ["A B"], "venue": "conf-2025", "topics": ["cats"]}


def _files(content: Path) -> dict[str, bytes]:
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def test_nothing_is_written_before_it_is_asked_for(content: Path) -> None:
    before = _files(content)
    intake = Intake(content, TODAY)
    intake.add_all([IncomingRecord(FISH)])
    assert list(intake.planned) == ["papers/conf-2025/b2025fish.yaml"]
    assert _files(content) == before
    intake.write()
    assert _files(content).keys() - before.keys() == {"papers/conf-2025/b2025fish.yaml"}
    assert intake.outcome.summary == "1 added, 0 changed, 0 left as they were"


def test_the_same_paper_twice_in_a_run_is_one_entry(content: Path) -> None:
    intake = Intake(content, TODAY)
    intake.add_all(
        [
            IncomingRecord({**FISH, "arxiv": "2501.00077"}),
            IncomingRecord({**FISH, "arxiv": "2501.00077", "track": "oral"}),
        ]
    )
    (text,) = intake.planned.values()
    assert "track: oral" in text
    assert (len(intake.outcome.added), len(intake.outcome.changed)) == (1, 1)


def test_a_new_venue_is_written_before_its_papers(content: Path) -> None:
    record = {name: value for name, value in FISH.items() if name != "venue"}
    intake = Intake(content, TODAY)
    intake.add_all(
        [IncomingRecord(record, VenueName(name="Kite Days", short="KD", year=2026, kind=VenueKind.CONFERENCE))]
    )
    assert list(intake.planned) == ["venues/kd.yaml", "papers/kd-2026/b2026fish.yaml"]
    intake.write()
    assert load(content).problems == ()


def test_an_id_of_another_paper_is_a_fault_with_its_position(content: Path) -> None:
    intake = Intake(content, TODAY)
    intake.add_all([IncomingRecord({**FISH, "id": "zhu2025dogs"}, None, "list.bib:7")])
    assert intake.outcome.faults == ["list.bib:7: zhu2025dogs: the id is taken by another paper, zhu2025dogs"]
    assert intake.planned == {}


def test_an_invalid_optional_field_is_dropped_unless_strict(content: Path) -> None:
    record: RawRecord = {**FISH, "doi": "no doi"}
    tolerant, strict = Intake(content, TODAY, strict=False), Intake(content, TODAY)
    for intake in (tolerant, strict):
        intake.add_all([IncomingRecord(record)])
    assert "doi" not in next(iter(tolerant.planned.values()))
    assert len(tolerant.outcome.dropped_fields) == 1
    assert (strict.planned, len(strict.outcome.faults)) == ({}, 1)


def test_a_dropped_field_of_an_existing_entry_is_not_reported_as_added(content: Path) -> None:
    intake = Intake(content, TODAY, strict=False)
    intake.add_all([IncomingRecord(FISH), IncomingRecord({**FISH, "doi": "no doi", "track": "oral"})])
    assert intake.outcome.changed == ["papers/conf-2025/b2025fish.yaml: track added"]
    assert len(intake.outcome.dropped_fields) == 1


def test_a_record_that_matches_two_entries_changes_neither(content: Path) -> None:
    rows = [{**FISH, "id": f"fish{n}", "title": f"Fish {n}", "added": TODAY, "arxiv": f"2501.0007{n}"} for n in (1, 2)]
    rows[1] = {**rows[1], "doi": "10.5555/fish"}
    del rows[1]["arxiv"]
    (content / "papers/conf-2025.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    intake = Intake(content, TODAY)
    intake.add_all([IncomingRecord({**FISH, "arxiv": "2501.00071", "doi": "10.5555/fish"})])
    assert intake.planned == {}
    assert "merge these first" in intake.outcome.unchanged[0]
    assert intake.path("fish2") == "papers/conf-2025.jsonl:2"


def test_empty_fields_and_comments_are_for_the_person_who_goes_on(content: Path) -> None:
    intake = Intake(content, TODAY, empty_fields=("tldr",))
    intake.add_all([IncomingRecord({**FISH, "topics": []})])
    (path,) = intake.new_papers
    intake.add_comment(path, "topics: []", "near cats 0.31")
    assert "tldr: ''\n" in intake.planned[path]
    assert "topics: []  # near cats 0.31\n" in intake.planned[path]
    assert intake.outcome.added == [f"{path}; still to write: topics, tldr"]
