"""Links, pipes and hidden files of a folder."""

import os
from pathlib import Path

from generator.model.problem import Problem
from generator.store.limits import MAX_FILE_BYTES, MAX_FOLDERS, MAX_PAGES_BYTES, file_problems, files_below


def test_each_file_that_is_not_plain_has_a_problem_and_is_not_listed(tmp_path: Path) -> None:
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
    assert {problem.path for problem in file_problems(folder)} == {f"{tmp_path}/{path}" for path in problems}


def test_a_file_that_is_too_large_is_reported_and_so_are_many_of_them(tmp_path: Path) -> None:
    """Zeros take no room in a pull request, and a build reads the whole theme."""
    for number in range(MAX_PAGES_BYTES // MAX_FILE_BYTES + 2):
        with (tmp_path / f"{number:02}.css").open("wb") as file:
            file.truncate(MAX_FILE_BYTES + (number == 0))
    problems = [(Path(problem.path).name, problem.code, problem.message) for problem in file_problems(tmp_path)]
    assert problems == [
        ("00.css", "E108", f"the file has more than {MAX_FILE_BYTES:,} bytes"),
        (f"{MAX_PAGES_BYTES // MAX_FILE_BYTES:02}.css", "E108", f"{tmp_path.name}/ has more than 64 MB"),
    ]


def test_text_in_another_encoding_is_reported(tmp_path: Path) -> None:
    """A build reads templates, tables and scripts as UTF-8."""
    for name in ("page.md.j2", "synonyms.tsv", "digest.css", "image.png"):
        (tmp_path / name).write_bytes(b"a\n\xff\xfe")
    problems = {(Path(problem.path).name, problem.line) for problem in file_problems(tmp_path)}
    assert problems == {("page.md.j2", 2), ("synonyms.tsv", 2), ("digest.css", 2)}


def test_folders_below_the_deepest_are_refused(tmp_path: Path) -> None:
    path = tmp_path
    for number in range(MAX_FOLDERS + 1):
        path /= f"d{number}"
    path.mkdir(parents=True)
    (path / "x").touch()
    (problem,) = files_below(str(tmp_path))
    assert isinstance(problem, Problem)
    assert problem.code == "E113"


def test_a_missing_folder_has_no_problems(tmp_path: Path) -> None:
    assert list(file_problems(tmp_path / "none")) == []
