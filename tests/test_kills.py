"""Builds killed or stopped at a random instant, or started two at once, leave a whole site.

``make torture`` tries more.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

KILLS = int(os.environ.get("DIGEST_KILLS", "4"))
PAIRS = int(os.environ.get("DIGEST_PAIRS", "2"))


def _bytes_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _project(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("theme", "mkdocs.yml"):
        (project / name).symlink_to(ROOT / name)
    return project


def _cache(project: Path) -> Path:
    return project.with_name("cache")


def _start(project: Path, content: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", "build", "--content", str(content)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DIGEST_CACHE": str(_cache(project))}
    return subprocess.Popen(
        command, cwd=project, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def _finished(process: subprocess.Popen[str]) -> int:
    process.communicate()
    return process.returncode


@pytest.mark.long
def test_a_killed_build_leaves_a_whole_site(content: Path, tmp_path: Path) -> None:
    project = _project(tmp_path)
    entry = content / "papers/conf-2025/zhu2025dogs.yaml"
    texts = [entry.read_text("utf-8"), entry.read_text("utf-8").replace("Dogs that fetch", "Dogs that wait")]
    versions = []
    for text in texts:
        entry.write_text(text, "utf-8")
        assert _finished(_start(project, content)) == 0
        versions.append(_bytes_of(project / "site"))
    chance = random.Random(11)
    for number in range(KILLS):
        entry.write_text(texts[number % 2], "utf-8")
        process = _start(project, content)
        try:
            process.communicate(timeout=chance.uniform(0.1, 3.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        assert _bytes_of(project / "site") in versions, f"kill {number + 1} left a broken site"
    entry.write_text(texts[0], "utf-8")
    assert _finished(_start(project, content)) == 0
    assert _bytes_of(project / "site") == versions[0]
    assert [path.name for path in project.glob(".site*building")] == []


def test_ctrl_c_stops_a_build_and_says_no_more(content: Path, tmp_path: Path) -> None:
    """A terminal tells it to all processes at the same time; the first to be stopped has a site to make."""
    project = _project(tmp_path)
    chance = random.Random(12)
    for number in range(KILLS):
        for lock in _cache(project).glob("*/*.lock"):
            lock.unlink()
        process = _start(project, content)
        while process.poll() is None and not any(_cache(project).glob("*/*.lock")):
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.8) if number else 0.3)
        os.killpg(process.pid, signal.SIGINT)
        _, output = process.communicate()
        # The signal may reach Python while it exits, after the last message of a finished build.
        is_complete = output == "stopped\n" or "nothing has changed" in output or ": done." in output
        # If Python was running a text of code, as dataclasses do, it ends itself by the signal: a shell says 130 too.
        stopped = process.returncode in {130, -signal.SIGINT} and is_complete and "Traceback" not in output
        assert process.returncode == 0 or stopped, (process.returncode, output)
        assert number or process.returncode, "the first one was done before it was stopped"
    assert [path.name for path in project.glob(".site*building")] == []


@pytest.mark.long
def test_two_builds_at_once_do_not_harm_each_other(content: Path, tmp_path: Path) -> None:
    """One waits for the other and says so, and the site is what one build alone makes of it."""
    project = _project(tmp_path)
    assert _finished(_start(project, content)) == 0
    alone = _bytes_of(project / "site")
    waited = 0
    for _ in range(PAIRS):
        shutil.rmtree(_cache(project))  # or both find that nothing has changed
        pair = [_start(project, content), _start(project, content)]
        outputs = [process.communicate()[1] for process in pair]
        assert [process.returncode for process in pair] == [0, 0], outputs
        waited += any("another build" in text for text in outputs)
        assert _bytes_of(project / "site") == alone
    assert waited == PAIRS
