"""The command line itself: help by purpose, versions, suggestions, completion, color."""

import re
import socket
from pathlib import Path

import pytest

from generator import cli
from generator.commands import serve
from tests.conftest import ROOT, TOY
from tests.support.command import digest


def test_help_lists_every_command_by_its_purpose(capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("--help") == 0
    shown = capsys.readouterr().out
    assert [line for line in shown.splitlines() if line.rstrip(":") in cli.GROUPS] == [
        f"{name}:" for name in cli.GROUPS
    ]
    assert all(f"\n  {name} " in shown for name in cli.COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("chekc",), "there is no command 'chekc'. Did you mean check?"),
        (("xyzzy",), "there is no command 'xyzzy'"),
        (("build", "--strct"), "unrecognized arguments: --strct. Did you mean --strict?"),
    ],
)
def test_a_misspelled_word_gets_a_suggestion(
    arguments: tuple[str, ...], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert digest(*arguments) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"digest: error: {hint}"


def test_the_version_names_the_programs_of_a_build(capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("--version") == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("digest ", "Python ", "mkdocs ", "mkdocs-material ", "pagefind "))


def test_codes_have_colors_on_a_terminal(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / "topics/a.yaml").write_text("x: y\n", "utf-8")
    assert digest("check", "--content", content) == 1
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert digest("check", "--content", content) == 1
    assert "\x1b[31mE201\x1b[0m " in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert digest("check", "--content", content) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_a_port_in_use_gets_a_suggestion(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert serve.run(TOY, "127.0.0.1", port) == 1
    assert f"port {port} of 127.0.0.1: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("topics:\n- Reinforcement Learning\n", "Did you mean reinforcement-learning?"),
        ('arxiv: "https://arxiv.org/abs/2501.12345"\n', "Did you mean 2501.12345?"),
        ('doi: "https://doi.org/10.1145/12345.678"\n', "Did you mean 10.1145/12345.678?"),
    ],
)
def test_a_misspelled_value_gets_a_suggestion(
    line: str, hint: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = content / "papers/conf-2025/zhu2025dogs.yaml"
    text = path.read_text("utf-8")
    text = text.replace("topics:\n- dogs\n", "") if line.startswith("topics") else text
    path.write_text(text + line, "utf-8")
    assert digest("check", path, "--content", content) == 1
    assert hint in capsys.readouterr().out


def test_wrong_use_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("chekc") == 2
    assert digest("check", "--format", "xml") == 2
    assert "usage:" in capsys.readouterr().err


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in cli.COMMANDS:
        assert re.search(rf"`digest {name}\b", readme), name
