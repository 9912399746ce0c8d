"""How many characters of each script ran."""

import json
from pathlib import Path

from tools.script_coverage import coverage_by_script


def _write(folder: Path, name: str, *scripts: tuple[str, str, str]) -> None:
    data = [{"path": path, "text": text, "ran": ran} for path, text, ran in scripts]
    (folder / f"{name}.json").write_text(json.dumps(data), "utf-8")


def test_what_ran_in_any_test_counts(tmp_path: Path) -> None:
    _write(tmp_path, "a", ("x.js", "abcd", "1100"))
    _write(tmp_path, "b", ("x.js", "abcd", "0110"))
    assert coverage_by_script(tmp_path) == {"x.js": (3, 4)}


def test_blanks_and_comments_do_not_count(tmp_path: Path) -> None:
    _write(tmp_path, "a", ("x.js", "a /* bc */ d", "1" * 12))
    assert coverage_by_script(tmp_path) == {"x.js": (2, 2)}


def test_of_a_script_in_two_languages_the_better_result_counts(tmp_path: Path) -> None:
    _write(tmp_path, "a", ("x.js", "ab", "10"), ("x.js", "cd", "11"))
    assert coverage_by_script(tmp_path) == {"x.js": (2, 2)}
