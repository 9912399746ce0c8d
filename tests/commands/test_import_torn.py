"""Imports with failing sites, damaged files and killed processes lose nothing.

``make torture`` kills at more points than the suite does.
"""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.commands import import_papers
from generator.fetch.client import Client, Clock, Limits
from tests.commands.test_add import bad_replies
from tests.commands.test_import_papers import RECORDS, _bytes_of, _listing
from tests.conftest import ROOT
from tests.support.command import digest
from tests.support.playing_server import Reply, playing

KILLS = int(os.environ.get("DIGEST_IMPORT_KILLS", "4"))
GOOD = Reply(body=(RECORDS / "arxiv.xml").read_bytes())
BAD = bad_replies("arxiv:2501.00023")
# What is good or bad only where one paper was asked for.
OF_ONE_PAPER = {"another kind", "another paper", "no title"}
PASSING = {
    "500", "503", "429, seconds", "429, a date", "reset", "slow drip", "empty", "packed and cut", "cut, with its length"
}  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose client is as patient as ever, only faster."""
    monkeypatch.chdir(tmp_path)
    limits, clock = Limits(total=0.3, size=20_000), Clock(sleep=lambda _: None)
    monkeypatch.setattr(import_papers, "Client", lambda agent, cache: Client(agent, cache, limits, clock))
    return tmp_path


@pytest.mark.parametrize("what", sorted(BAD.keys() - OF_ONE_PAPER))
def test_a_failing_site_changes_nothing_and_a_later_run_works(
    what: str, content: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second site answers well meanwhile, but an import is whole or not at all: its records wait for the next run."""
    before = _bytes_of(content)
    with playing(BAD[what]) as bad, playing(GOOD) as good:
        _listing(here, f"{bad.address}/a", f"{good.address}/b")
        assert digest("import", "--listed", "--content", content) == 1
        assert _bytes_of(content) == before
        output = capsys.readouterr().err
        assert f"{bad.address}/a: 127.0.0.1:" in output
        assert "nothing was imported" in output
        bad.replies[:] = [GOOD]
        assert digest("import", "--listed", "--content", content) == 0
    after = _bytes_of(content)
    assert {path: after[path] for path in before} == before
    assert "papers/arxiv-2025/berg2025wheels.yaml" in after


@pytest.mark.parametrize("what", sorted(PASSING))
def test_temporary_failures_are_waited_for(what: str, content: Path, here: Path) -> None:
    with playing(BAD[what], GOOD) as server:
        _listing(here, f"{server.address}/a")
        assert digest("import", "--listed", "--content", content) == 0
        assert len(server.requests) == 2
    assert "papers/arxiv-2025/berg2025wheels.yaml" in _bytes_of(content)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "a web page": lambda data: b"<!doctype html><html><title>Just a moment</title></html>",
    "still packed": gzip.compress,
    "cut": lambda data: data[: len(data) * 2 // 3],
    "zeros at the end": lambda data: data[: len(data) // 2] + bytes(len(data) // 2),
}


@pytest.mark.parametrize("name", sorted(path.name for path in RECORDS.iterdir() if path.name != "expected.json"))
@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_file_of_any_kind_changes_nothing(
    what: str, name: str, content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _bytes_of(content)
    file = tmp_path / name
    file.write_bytes(DAMAGE[what]((RECORDS / name).read_bytes()))
    assert digest("import", file, "--content", content, "--strict") == 1
    assert _bytes_of(content) == before
    output = capsys.readouterr().err
    assert f"{file}:" in output
    assert "nothing was imported" in output


# A run that is killed at the point of that number: half through writing a file, before it takes its place, and after.
KILLED = """
import os, shutil, signal, stat, sys, time
from pathlib import Path
time.sleep = lambda seconds: None  # pauses between requests
from generator import cli

start, to, kills, *arguments = sys.argv[1:]
left = 0

def point(strike=lambda: None):
    global left
    left -= 1
    if left == 0:
        strike()
        os.kill(os.getpid(), signal.SIGKILL)

def write(handle, data, write=os.write):
    if stat.S_ISREG(os.fstat(handle).st_mode):
        point(lambda: write(handle, data[: len(data) // 2]))
    return write(handle, data)

def write_text(path, text, encoding=None, write=Path.write_text):
    point(lambda: write(path, text[: len(text) // 2], encoding))
    return write(path, text, encoding)

def replace(path, target, rename=os.replace, **folders):
    point()
    done = rename(path, target, **folders)
    point()
    return done

def run(folder, at):
    global left
    left = at
    sys.argv = ["digest", *(each.replace("FOLDER", folder) for each in arguments)]
    os.write, Path.write_text, os.replace = write, write_text, replace
    try:
        cli.main()
    finally:
        Path("points").write_text(str(-left))

def forked(folder, at):
    if not os.fork():
        run(folder, at)
    _, status = os.wait()
    return status

assert forked(shutil.copytree(start, f"{to}/whole"), 0) == 0
points = int(Path("points").read_text())
kills = min(int(kills), points)
for number in range(kills):
    at = 1 + number * (points - 1) // max(kills - 1, 1)
    shutil.rmtree(".cache", ignore_errors=True)
    folder = shutil.copytree(start, f"{to}/killed-{at}")
    killed = forked(folder, at)
    files = sum(len(names) for _, _, names in os.walk(folder))
    again = forked(folder, 0)
    print(at, points, killed, again, files, flush=True)
"""


@pytest.mark.long
def test_a_killed_import_that_is_repeated_gives_the_same_result(content: Path, tmp_path: Path) -> None:
    """The kill strikes at points spread over fetching and writing; a fork for each spares the start."""
    files = sorted(str(path) for path in RECORDS.iterdir() if path.name != "expected.json")
    start = content.rename(tmp_path / "start")
    listed = GOOD.body.replace(b"2501.00023", b"2501.00024").replace(b"Wheels on Ice", b"Sledges on Mud")
    listed = listed.replace(b"10.5555/wheels", b"10.5555/sledges")
    with playing(Reply(body=listed)) as server:
        _listing(tmp_path, f"{server.address}/api")
        call = ["import", "--listed", *files, "--content", "FOLDER", "--added", "2026-05-02"]
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(start), str(tmp_path), str(KILLS), *call],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    whole = _bytes_of(tmp_path / "whole")
    assert len(whole) > len(_bytes_of(start)) + 15
    runs = [[int(number) for number in line.split()] for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert len(runs) == min(KILLS, runs[0][1])
    assert runs[-1][0] == runs[-1][1] > 60, "the last point is the end of the last file"
    for moment, _, killed, again, entries in runs:
        assert (killed, again) == (9, 0), moment
        assert moment > 60 or entries < len(whole), "it was killed before the end"
        assert _bytes_of(tmp_path / f"killed-{moment}") == whole, moment
