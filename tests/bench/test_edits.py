"""Builds after edits, measured and compared with a clean build."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.edits import EDITS, NO_EDIT, SiteDiffers, measure_edits


def _copying(extra: str = "") -> Callable[[Path, Path], list[str]]:
    """A command that copies the papers instead of building a site."""
    program = f"import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2], dirs_exist_ok=True){extra}"
    return lambda content, site: [sys.executable, "-c", program, str(content / "papers"), str(site)]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    content = tmp_path / "given"
    (content / "papers").mkdir(parents=True)
    entries = [
        {"id": f"p{number}", "title": f"T{number}", "authors": ["A"], "topics": ["x", "y"]} for number in range(3)
    ]
    text = "".join(f"{json.dumps(entry)}\n" for entry in entries)
    (content / "papers/conf.jsonl").write_text(text, "utf-8")
    return content


def test_each_edit_and_no_edit_are_measured(papers: Path, tmp_path: Path) -> None:
    results = measure_edits(papers, tmp_path / "work", _copying(), list(EDITS))
    assert list(results) == [*EDITS, NO_EDIT]
    (line, *_) = (tmp_path / "work/site/conf.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["id"] == "p1"  # the first entry was edited three times, then removed
    assert "anew" not in (papers / "papers/conf.jsonl").read_text("utf-8")


def test_a_site_that_differs_from_a_clean_build_is_an_error(papers: Path, tmp_path: Path) -> None:
    leaves = "; import os; open(os.path.join(sys.argv[2], str(os.getpid())), 'w')"
    with pytest.raises(SiteDiffers):
        measure_edits(papers, tmp_path / "work", _copying(leaves), ["title"])
