"""The command writes Markdown pages into a folder of its own."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, TOY
from tests.support.command import digest


def test_only_changed_files_are_written(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    out = tmp_path / "docs"
    assert digest("generate", "--content", content, "--out", out) == 0
    (out / "stray.md").write_text("x", "utf-8")
    assert digest("generate", "--content", content, "--out", out) == 0
    assert "0 written" in capsys.readouterr().err.splitlines()[-1]
    assert not (out / "stray.md").exists()


def test_a_folder_with_other_files_is_refused(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    page = tmp_path / "docs/thesis.md"
    page.parent.mkdir()
    page.write_text("my own", "utf-8")
    assert digest("generate", "--content", content, "--out", page.parent) == 2
    assert "they would be deleted" in capsys.readouterr().err
    assert [path.name for path in page.parent.iterdir()] == ["thesis.md"]


def test_an_error_in_a_template_has_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "theme/pages/paper.md.j2").write_text("\n{% if %}", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert digest("generate", "--content", TOY) == 1
    output = capsys.readouterr().err
    assert "a template of the theme is wrong" in output
    assert "paper.md.j2:2: " in output


def test_content_with_errors_is_refused(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (content / "topics/a.yaml").write_text("x: y\n", "utf-8")
    assert digest("generate", "--content", content, "--out", tmp_path / "docs") == 1
    assert not (tmp_path / "docs").exists()
    assert "nothing was built" in capsys.readouterr().err
