"""The command reports every fault with its position, as text, JSON or annotations."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import TOY
from tests.support.command import digest


def test_a_fault_has_position_code_message_and_hint(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / "papers/conf-2025/zhu2025dogs.yaml"
    path.write_text(path.read_text("utf-8").replace("topics:", "topcis:"), "utf-8")
    assert digest("check", "--content", content) == 1
    out = capsys.readouterr()
    assert f"{content.as_posix()}/papers/conf-2025/zhu2025dogs.yaml:6:1: E201 unknown field 'topcis'" in out.out
    assert "Did you mean topics?" in out.out
    assert "2 errors, " in out.err


def test_a_given_file_is_reported_alone(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (content / f"topics/{name}.yaml").write_text("x: y\n", "utf-8")
    assert digest("check", "--content", content, content / "topics/a.yaml") == 1
    out = capsys.readouterr().out
    assert "topics/a.yaml" in out
    assert "topics/b.yaml" not in out


def test_json_is_valid(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "topics/a.yaml").write_text("x: y\n", "utf-8")
    assert digest("check", "--content", content, "--format", "json") == 1
    rows = json.loads(capsys.readouterr().out)
    assert {row["code"] for row in rows if row["severity"] == "error"} == {"E201", "E202"}


def test_annotations_of_a_hostile_entry_are_one_line_each(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No field, key, id or file name of a stranger begins a workflow command of its own."""
    trap = "x\\n::set-env name=A::b\\r::error::%0A::stop-commands::t\\u2028::add-mask::"
    entry = (
        f'"{trap}": "{trap}"\ntitle: "{trap}"\nstatus: "{trap}"\nvenue: "{trap}"\ntopics: ["{trap}"]\nadded: "{trap}"\n'
    )
    (content / "papers/conf-2025/a2025b.yaml").write_text(entry, "utf-8")
    (content / "papers/conf-2025/c\n::error::d,line=1:x.yaml").write_text("title: x\n", "utf-8")
    assert digest("check", "--content", content, "--format", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 8
    for line in lines:
        head, _, text = line.removeprefix("::").partition("::")
        assert re.fullmatch(r"(error|warning) file=[^,:]+,line=\d+,col=\d+,title=[EW]\d{3}", head), line
        assert text


def test_a_missing_content_folder_has_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("check", "--content", tmp_path / "none") == 1
    assert "there is no content folder here" in capsys.readouterr().out


def test_a_missing_path_is_wrong_use(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("check", "--content", content, content / "nowhere") == 2
    assert "there is no" in capsys.readouterr().err


def test_the_toy_content_has_no_errors() -> None:
    assert digest("check", "--content", TOY) == 0
