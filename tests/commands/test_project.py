"""A project is opened only without errors, or without its faulty entries."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.commands.project import Project, open_project, quarantine_faulty
from generator.model.catalog import Catalog
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS

DOGS = "papers/conf-2025/zhu2025dogs.yaml"


@pytest.fixture
def folder(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with the toy content."""
    shutil.copy(ROOT / "mkdocs.yml", content.parent)
    (content.parent / "theme").symlink_to(ROOT / "theme")
    monkeypatch.chdir(content.parent)
    return content


def _break(content: Path, entry: str = DOGS) -> None:
    path = content / entry
    path.write_text(path.read_text("utf-8").replace("title:", "titel:"), "utf-8")


def test_the_clock_of_a_build_is_the_newest_day_of_the_content(toy: Catalog) -> None:
    project = Project(Path(), Path(), SETTINGS, toy)
    newest = max(toy.papers_by_added)
    assert datetime.fromtimestamp(project.epoch, UTC) == datetime(newest.year, newest.month, newest.day, tzinfo=UTC)
    assert Project(Path(), Path(), SETTINGS, replace(toy, papers_by_added={})).epoch == 0
    assert newest > date(1970, 1, 1)


def test_content_with_an_error_is_not_opened(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert open_project(folder) is not None
    _break(folder)
    assert open_project(folder) is None
    assert "nothing was built" in capsys.readouterr().err


def test_a_quarantine_leaves_out_the_faulty_entry_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _break(folder)
    project = open_project(folder, quarantine=True)
    assert project is not None
    assert "zhu2025dogs" not in project.catalog.papers
    assert "oconnor2025cats" in project.catalog.papers
    assert {problem.path for problem in project.quarantined} == {DOGS}
    assert "these entries were left out" in capsys.readouterr().err


def test_a_fault_of_a_venue_cannot_be_quarantined(folder: Path) -> None:
    (folder / "venues/conf.yaml").write_text("name: [\n", "utf-8")
    _, _, remaining = quarantine_faulty(load(folder))
    assert any(problem.path == "venues/conf.yaml" and problem.is_error for problem in remaining)
    assert open_project(folder, quarantine=True) is None


def test_a_quarantine_leaves_out_entries_that_refer_to_a_faulty_one(folder: Path) -> None:
    before = {collection.id for collection in load(folder).content.collections}
    _break(folder, "papers/conf-2025/oconnor2025cats.yaml")
    loaded, _, remaining = quarantine_faulty(load(folder))
    assert not any(problem.is_error for problem in remaining)
    assert {collection.id for collection in loaded.content.collections} < before
    assert all("oconnor2025cats" not in collection.papers for collection in loaded.content.collections)
