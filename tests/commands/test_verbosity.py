"""Progress of commands: a bar on a terminal, lines elsewhere, only errors and results with ``--quiet``."""

import io
import sys
from pathlib import Path

import pytest

from generator.commands import verbosity
from generator.commands.stages import Stages
from generator.commands.verbosity import print_note, progress
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, Clock, Limits
from tests.commands.test_import_papers import DOGS, RECORDS
from tests.conftest import ROOT
from tests.support.command import digest
from tests.support.playing_server import Reply, playing


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_again() -> object:
    yield
    verbosity.LOG.setLevel("INFO")


def test_a_terminal_gets_a_bar_and_lines_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress(3, "links") as bar:
        for _ in range(3):
            bar.advance()
            print_note("one is done")
            bar.advance(0)
    output = terminal.getvalue()
    assert "links: 100%" in output
    assert "3/3" in output
    assert output.count("one is done\n") == 3
    assert output.rsplit("\r", 1)[-1].strip() == "", "the bar is gone in the end"
    assert sys.stderr is terminal


def test_a_file_gets_lines_every_ten_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    with progress(2000, "links") as bar:
        for _ in range(2000):
            now[0] += 0.011
            bar.advance()
    assert capsys.readouterr().err == "links: 910 of 2,000 (10 s)\nlinks: 1,820 of 2,000 (20 s)\n"


def test_the_bar_of_a_build_ends_with_the_build(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.chdir(ROOT)
    assert digest("build", "--content", content, "--site-dir", tmp_path / "site") == 0
    last = terminal.getvalue().rstrip().rsplit("building: ", 1)[-1]
    assert last.startswith("100%"), last


def test_an_import_prints_details_results_or_nothing(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ("import", RECORDS / "arxiv.xml", "--content", content)
    assert digest(*call, "--quiet") == 0
    out = capsys.readouterr()
    assert out.err == ""
    assert "added papers/arxiv-2025/berg2025wheels.yaml" in out.out
    assert digest(*call) == 0
    assert "0 added, 0 changed, 1 left as they were" in capsys.readouterr().err
    assert digest(*call, "--quiet", "--verbose") == 2
    assert "not allowed with argument" in capsys.readouterr().err


def test_errors_are_printed_with_quiet(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: Toy\nsite_url: https://toy.example/\n", "utf-8")
    (content / DOGS).write_text("title: [", "utf-8")
    assert digest("import", RECORDS / "arxiv.xml", "--content", content, "--quiet") == 1
    assert f"{DOGS}:1" in capsys.readouterr().err
    assert digest("build", "--content", content, "--quiet") == 1
    assert f"{DOGS}:1" in capsys.readouterr().err


@pytest.mark.parametrize(("seconds", "level", "is_shown"), [(1, "DEBUG", True), (1, "INFO", False), (12, "INFO", True)])
def test_slow_answers_are_reported(
    seconds: float, level: str, is_shown: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verbosity.LOG.setLevel(level)
    times = iter(range(0, 1000, int(seconds)))
    with playing(Reply(body=b"x")) as server:
        Client("t", ResponseCache(tmp_path), Limits(), Clock(now=lambda: next(times))).get(
            server.address, 0, lambda _: ""
        )
    err = capsys.readouterr().err
    assert (f"{server.address} ({seconds:.1f} s, waited" in err) == is_shown
    assert err.startswith("slow: ") == (is_shown and seconds > 10)


def test_stages_are_printed_with_verbose(capsys: pytest.CaptureFixture[str]) -> None:
    verbosity.LOG.setLevel("DEBUG")
    with Stages().timed("pages"):
        pass
    assert capsys.readouterr().err.startswith("pages: 0.0")
