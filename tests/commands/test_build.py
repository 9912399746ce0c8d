"""``digest build`` reuses a site and cache from another machine, and lists the changed files."""

import re
import shutil
from pathlib import Path

import pytest

from generator.commands import build
from generator.commands.build_options import BuildOptions
from tests.conftest import ROOT, TOY, toy_project
from tests.support.command import digest

OPTIONS = BuildOptions(Path("content"), Path("site"), strict=True)
ENTRY = "content/papers/conf-2025/zhu2025dogs.yaml"


def _run(changes: Path) -> list[str]:
    assert build.run(OPTIONS, changes_file=changes) == 0
    return changes.read_text("utf-8").splitlines()


def test_an_edited_entry_changes_only_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is named as before, as a runner's is; every file and folder in it is a new one."""
    project, changes = tmp_path / "project", tmp_path / "changes.txt"
    project.mkdir()
    toy_project(project)
    monkeypatch.chdir(project)
    monkeypatch.setenv("DIGEST_CACHE", str(tmp_path / "cache"))
    first = _run(changes)
    assert {line[:2] for line in first} == {"M "}
    assert "M papers/zhu2025dogs/index.html" in first

    for folder in ("site", "content"):
        shutil.copytree(project / folder, tmp_path / folder)
        shutil.rmtree(project / folder)
        (tmp_path / folder).rename(project / folder)
    entry = project / ENTRY
    entry.write_text(entry.read_text("utf-8").replace("title: ", "title: Truly "), "utf-8")
    # Nobody trusts what is restored: a file that was changed meanwhile is written anew.
    (project / "site/about/index.html").write_text("changed", "utf-8")
    again = _run(changes)
    assert "M papers/zhu2025dogs/index.html" in again
    assert "M about/index.html" in again
    assert len(again) < len(first) // 2
    assert (project / "site/about/index.html").read_text("utf-8") != "changed"

    entry.unlink()
    (project / "content/permalinks.txt").unlink(missing_ok=True)
    assert "D papers/zhu2025dogs/index.html" in _run(changes)
    assert _run(changes) == []


@pytest.mark.parametrize(
    ("template", "expression"),
    [
        ("pages/paper.md.j2", "{{ 1 / 0 }}"),
        ("pages/paper.md.j2", "{{ 'a' | round }}"),
        ("pages/paper.md.j2", "{{ paper.title.nothing() }}"),
        ("exports/atom-entry.xml.j2", "{{ 1 / 0 }}"),
        ("overrides/main.html", "{{ 1 / 0 }}"),
    ],
)
def test_a_failing_expression_in_a_template_is_reported(
    template: str, expression: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "theme" / template).write_text(f"\n{expression}", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert digest("build", "--content", TOY) == 1
    assert re.search(rf"a template of the theme is wrong: \S*{template}:2: ", capsys.readouterr().err)
