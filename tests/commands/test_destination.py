"""Printed text is harmless at a terminal and in the logs of workflows."""

import io
import sys

import pytest

from generator.commands.destination import guard_output, guarded, printable

HOSTILE = "a\n::stop-commands::x\r\x1b[2J\u202e\x9b##[add-mask]y section_start:1:x\r\x1b[0K \udcff"
HOSTS = ("", "GITHUB_ACTIONS", "GITLAB_CI")


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The variable by which a host of workflows identifies itself, set; or none."""
    for name in HOSTS[1:]:
        monkeypatch.delenv(name, raising=False)
    if request.param:
        monkeypatch.setenv(request.param, "true")
    return str(request.param)


def test_a_name_is_one_harmless_line(host: str) -> None:
    name = printable(HOSTILE)
    assert name.isprintable()
    assert ("##[" in name) == (host != "GITHUB_ACTIONS")
    assert printable("::error::x").startswith("::") == (host != "GITHUB_ACTIONS")


@pytest.mark.usefixtures("host")
def test_a_guarded_stream_writes_no_control_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    guard_output()
    print(f"{HOSTILE}\ta tab stays", file=sys.stderr)
    assert out.getvalue().replace("\n", "").replace("\t", "").isprintable()
    assert "\ta tab" in out.getvalue()


def test_no_printed_line_is_a_workflow_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    out = io.StringIO()
    stream = guarded(out)
    print("a\n  ::error::x\n##[group]y\tz \x1b[2J", file=stream)
    stream.write("::")
    stream.write("warning::")
    assert out.getvalue() == "a\n  \\u{3a}:error::x\n#\\u{23}[group]y\tz \\u{1b}[2J\n\\u{3a}:warning::"
