"""``digest compare`` lists the pages that differ between two builds, with the changed lines."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.commands import compare
from tests.conftest import ROOT
from tests.support.command import digest

FRAME = "<html><head><title>T</title></head><body><nav>Frame</nav><article id=content>{}</article></body></html>"


def _site(folder: Path, **pages: str) -> Path:
    for name, text in {"home": "<h1>Home</h1>", **pages}.items():
        path = folder / ("" if name == "home" else name.replace("__", "/")) / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(FRAME.format(text), "utf-8")
    return folder


def test_pages_are_compared_by_the_text_of_their_article(tmp_path: Path) -> None:
    before = _site(tmp_path / "a", papers__old="<p>x</p>", papers__same="<p>One</p>", topics__cats="<p>Two cats</p>")
    after = _site(tmp_path / "b", papers__new="<p>x</p>", papers__same="<p>One</p>", topics__cats="<p>Three cats</p>")
    (after / "papers/same/index.html").write_text(FRAME.replace("Frame", "Other").format("<p>One</p>"), "utf-8")
    changes = compare.compare(before, after)
    assert (changes.new, changes.removed) == (("papers/new/",), ("papers/old/",))
    assert changes.changed == {"topics/cats/": ["- Two cats", "+ Three cats"]}


def test_a_report_begins_with_papers_and_contains_no_markup_of_strangers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _site(tmp_path / "a", authors__li="<p>1</p>", papers__li="<p>Old</p>")
    after = _site(tmp_path / "b", authors__li="<p>2</p>", papers__li="<p>```@all ![x](https://a.example)</p>")
    report = tmp_path / "changes.md"
    assert digest("compare", before, after, "--report", report) == 0
    text = report.read_text("utf-8")
    assert text.index("/papers/li/") < text.index("/authors/li/")
    assert "    - Old\n    + ```@all ![x](https://a.example)\n" in text
    assert "pages: 0 new, 2 changed, 0 gone" in capsys.readouterr().err


def test_a_long_report_is_cut_with_a_note() -> None:
    many = {f"papers/p{number}/": ["- a", "+ b"] for number in range(60)}
    text = compare.report(compare.Changes((), (), {**many, "papers/long/": [f"+ {n}" for n in range(50)]}))
    assert "… 10 more lines" in text
    assert "## Also changed: 11" in text


def test_a_folder_without_a_site_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("compare", tmp_path, _site(tmp_path / "b")) == 2
    assert "contains no built site" in capsys.readouterr().err


def test_the_script_compares_two_revisions(content: Path, tmp_path: Path) -> None:
    """As the workflow calls it: the revision's content, the theme that is here, the report on the run's page."""
    project = tmp_path / "project"
    shutil.copytree(content, project / "content")
    shutil.copytree(ROOT / ".github/scripts", project / ".github/scripts")
    shutil.copy(ROOT / "mkdocs.yml", project)
    (project / "theme").symlink_to(ROOT / "theme")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@t.example"]
    for call in ([*git, "init", "-q"], [*git, "add", "content"], [*git, "commit", "-qm", "Begin"]):
        subprocess.run(call, cwd=project, check=True)
    entry = project / "content/papers/conf-2025/zhu2025dogs.yaml"
    entry.write_text(entry.read_text("utf-8").replace("Dogs", "Hounds"), "utf-8")
    command = f"{ROOT}/.venv/bin/digest"
    env = {**os.environ, "DIGEST": command, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    subprocess.run([command, "build", "--preview"], cwd=project, env=env, check=True, capture_output=True)
    script = ["bash", ".github/scripts/compare.sh", "HEAD", "changes.md"]
    subprocess.run(script, cwd=project, env=env, check=True, capture_output=True)
    text = (project / "changes.md").read_text("utf-8")
    assert "## /papers/zhu2025dogs/" in text
    assert "Hounds" in text
    assert (tmp_path / "summary.md").read_text("utf-8") == text


def test_names_of_files_are_encoded_in_a_report(tmp_path: Path) -> None:
    before, after = _site(tmp_path / "a"), _site(tmp_path / "b")
    for name in ("\udcff", "\x1b[2J ##[error]"):  # the first is a byte that is not UTF-8
        (after / name).mkdir()
        shutil.copy(after / "index.html", after / name)
    report = tmp_path / "report.md"
    assert digest("compare", before, after, "--report", report) == 0
    text = report.read_text("utf-8")
    assert "xff/" in text
    assert "\x1b" not in text
