"""Links, pipes and hidden files of a folder."""

import os
from pathlib import Path

from generator.model.problem import Problem
from generator.store.limits import DEEPEST, files_below, strange_files


def test_each_strange_file_has_a_problem_and_is_not_listed(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    (folder / "a").mkdir(parents=True)
    for name in ("a/plain.yaml", "z.yaml", ".hidden"):
        (folder / name).write_text("x", "utf-8")
    (folder / "a/link").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    paths = list(files_below(str(folder), "content/"))
    assert [path for path in paths if isinstance(path, str)] == ["content/a/plain.yaml", "content/z.yaml"]
    problems = {problem.path: problem.code for problem in paths if isinstance(problem, Problem)}
    assert problems == {"content/.hidden": "W126", "content/a/link": "E126", "content/pipe": "E127"}
    assert {problem.path for problem in strange_files(folder)} == {f"{tmp_path}/{path}" for path in problems}


def test_folders_below_the_deepest_are_refused(tmp_path: Path) -> None:
    path = tmp_path
    for number in range(DEEPEST + 1):
        path /= f"d{number}"
    path.mkdir(parents=True)
    (path / "x").touch()
    (problem,) = files_below(str(tmp_path))
    assert isinstance(problem, Problem)
    assert problem.code == "E113"


def test_a_folder_that_is_not_there_has_no_strange_files(tmp_path: Path) -> None:
    assert list(strange_files(tmp_path / "none")) == []
