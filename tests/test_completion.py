"""Completion scripts name commands and options, and the shells run them."""

import argparse
import shutil
import subprocess

import pytest

from generator import cli
from generator.completion import SHELLS, completion
from tests.support.command import digest


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_names_commands_and_options(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("--completion", shell) == 0
    shown = capsys.readouterr().out
    assert shown == completion(shell, cli.make_parser())
    assert all(name in shown for name in cli.COMMANDS)
    assert "strict" in shown


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash_completes_a_command_and_its_options() -> None:
    script = completion("bash", cli.make_parser())
    ask = 'COMP_WORDS=(digest {}) COMP_CWORD={}; _digest; echo "${{COMPREPLY[*]}}"'
    for words, number, suggestion in (("bui", 1, "build"), ("build --str", 2, "--strict")):
        call = ["bash", "-c", script + ask.format(words, number)]
        assert subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip() == suggestion


@pytest.mark.parametrize("shell", SHELLS)
def test_a_description_cannot_break_out_of_its_quotes(shell: str) -> None:
    parser = argparse.ArgumentParser()
    command = parser.add_subparsers().add_parser("build", description="don't [x] $(y) 50 %% more")
    command.add_argument("-q", "--quiet", help="it's `quiet`")
    script = completion(shell, parser)
    assert "--quiet" in script or "-l quiet" in script
    for text in ("don't", "$(y)", "`quiet`", "%%"):
        assert text not in script
