"""Problems as text, JSON and annotations. Hostile paths and quotations stay within their line."""

import json
import re

import pytest

from generator.commands.messages import format_problems, issue_comment
from generator.model.problem import Problem

HOSTILE = "a,line=1::b\n::error::c\r\x1b[2J%0A##[group]d\u202e"
PROBLEM = Problem(code="E201", message=HOSTILE, hint=HOSTILE, path=f"papers/{HOSTILE}.yaml")


@pytest.fixture(autouse=True)
def _no_host(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)


def test_text_has_a_line_and_a_hint() -> None:
    lines = format_problems([PROBLEM], "text").split("\n")
    assert len(lines) == 2
    assert all(map(str.isprintable, lines))


def test_an_annotation_is_one_command_for_one_file() -> None:
    line = format_problems([PROBLEM], "github")
    assert line.isprintable()
    assert "##[" not in line
    match = re.fullmatch(r"::error file=([^,:]*),line=1,col=1,title=E201::(.*)", line)
    assert match
    assert match[1].startswith("papers/a%2Cline=1%3A%3Ab%0A")
    assert "%250A" in match[2]


def test_json_escapes_invisible_characters() -> None:
    text = format_problems([PROBLEM], "json")
    assert text.replace("\n", "").isprintable()
    assert json.loads(text)[0]["message"] == HOSTILE


def test_an_issue_comment_has_a_limit_and_is_a_code_block() -> None:
    text = "first\r\n@all\n# x\x0b/close\n" + "\u202e" * 3000 + "\n" + "y" * 500_000 + "\nz" * 10
    answer = issue_comment("Note.", text).decode()
    note, empty, *lines = answer.removesuffix("\n").split("\n")
    assert (note, empty) == ("Note.", "")
    assert len(answer) < 65_536
    assert all(line.startswith("    ") for line in lines)
    assert lines[-1] == "    … the rest is not shown"
    assert issue_comment("Note.", "one\ntwo") == b"Note.\n\n    one\n    two\n"


def test_an_annotation_cannot_contain_a_command() -> None:
    problem = Problem(code="E101", message="50% \n::error::x", hint="a", path="a,b:c\n")
    line = format_problems([problem], "github")
    assert "\n" not in line
    assert line.startswith("::error file=a%2Cb%3Ac%0A,line=1,col=1,title=E101::50%25 %0A")
