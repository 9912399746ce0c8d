"""Findings change fields of entries, and move a published preprint to the folder of its venue."""

from pathlib import Path

import pytest

from generator.commands.watch_changes import PlannedChanges
from generator.store.load import load
from generator.watching.findings import Finding, FindingKind

ENTRY = "papers/preprint-2025/a2025kites.yaml"


@pytest.fixture
def kites(content: Path) -> Path:
    """The toy content with a preprint."""
    path = content / ENTRY
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "# By hand\ntitle: Kites\nauthors: [A B]\nvenue: preprint-2025\ntopics: [cats]\nadded: 2025-05-02\n", "utf-8"
    )
    return content


def _change(content: Path, finding: Finding, paper: str = "a2025kites") -> str:
    planned = PlannedChanges(content, load(content).content)
    effect = planned.change(paper, finding)
    planned.write()
    return effect


def _published(venue: str, year: int, **changes: str) -> Finding:
    return Finding(FindingKind.PUBLISHED, "", dict(changes), venue, year)


def test_a_field_is_added_and_other_lines_stay(kites: Path) -> None:
    before = (kites / ENTRY).read_text("utf-8")
    assert (
        _change(kites, Finding(FindingKind.CODE, "", {"links": {"code": "https://x.example/code"}})) == "written: links"
    )
    after = (kites / ENTRY).read_text("utf-8")
    assert set(before.splitlines()) < set(after.splitlines())
    assert load(kites).problems == ()


def test_a_published_preprint_moves_to_the_folder_of_its_venue(kites: Path) -> None:
    assert _change(kites, _published("Conf & Co <b> 2024", 2024, doi="10.5555/c")) == "written: doi, venue"
    assert not (kites / ENTRY).exists()
    moved = kites / "papers/conf-2024/a2025kites.yaml"
    assert moved.read_text("utf-8").startswith("# By hand\n")
    assert "venue: conf-2024\n" in moved.read_text("utf-8")


def test_a_missing_edition_is_added_to_its_series(kites: Path) -> None:
    assert "venue" in _change(kites, _published("Conf & Co <b> 2026", 2026))
    (series,) = (series for series in load(kites).content.series if series.id == "conf")
    assert [edition.id for edition in series.editions if edition.year == 2026] == ["conf-2026"]
    assert load(kites).problems == ()


def test_an_unknown_venue_and_a_preprint_server_are_left_to_a_person(kites: Path) -> None:
    before = (kites / ENTRY).read_bytes()
    for venue in ("Journal of Strings", "Preprint"):
        assert _change(kites, _published(venue, 2026)) == "a person must decide"
        assert (kites / ENTRY).read_bytes() == before
    effect = _change(kites, _published("Journal of Strings", 2025, doi="10.5555/c"))
    assert effect == "written: doi; the venue 'Journal of Strings' is to be written by hand"


def test_an_invalid_value_of_a_register_is_not_written(kites: Path) -> None:
    before = (kites / ENTRY).read_bytes()
    assert _change(kites, Finding(FindingKind.PUBLISHED, "", {"doi": "no doi"})).startswith("write it by hand")
    assert (kites / ENTRY).read_bytes() == before


def test_a_row_of_a_jsonl_file_stays_in_its_file(content: Path) -> None:
    (path,) = content.glob("papers/*.jsonl")
    paper = next(paper.id for paper in load(content).content.papers if paper.venue == path.stem)
    planned = PlannedChanges(content, load(content).content)
    assert planned.path(paper).startswith(f"papers/{path.name}:")
    assert planned.change(paper, _published("Conf & Co <b> 2024", 2024)) == "a person must decide"
