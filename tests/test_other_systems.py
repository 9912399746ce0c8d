"""Windows and macOS, simulated: commands run without fcntl, resource, fork, folder handles and swapped folders."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from generator.build import executors
from generator.commands import stages
from generator.site import publish
from tests.conftest import ROOT, TOY


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("windows")
    shutil.copytree(TOY, folder / "content")
    shutil.copytree(ROOT / "theme", folder / "theme")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def _call(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.support.windows", *arguments]


def _env(project: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "DIGEST_CACHE": str(project / "cache")}


def _run(project: Path, *arguments: str) -> str:
    done = subprocess.run(_call(*arguments), cwd=project, env=_env(project), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_windows_reads_writes_and_builds(project: Path) -> None:
    assert "Python " in _run(project, "--version")
    assert "0 errors" in _run(project, "check")
    (project / "more.bib").write_text(
        "@article{x, title={Owls at night}, author={Ada Byron}, year={2025}, journal={Conf}}\n", "utf-8"
    )
    _run(project, "import", "more.bib", "--added", "2025-05-02")
    (entry,) = project.glob("content/papers/*/byron2025owls.yaml")
    text = entry.read_text("utf-8")
    assert "Owls at night" in text
    entry.write_text(text.replace("topics: []", "topics:\n- dogs"), "utf-8")
    _run(project, "new", "Newts at noon", "--venue", "conf-2025", "--dry-run")
    assert "written" in _run(project, "generate")
    shown = _run(project, "build")
    assert "done" in shown
    assert not re.search(r"\d MB\npublish", shown)
    assert "Owls at night" in "".join(path.read_text("utf-8") for path in project.glob("site/papers/*/index.html"))
    assert "nothing has changed" in _run(project, "build")


def _fetched(address: str) -> bytes:
    """A page of a server that is about to listen."""
    for _ in range(100):
        with suppress(OSError), urllib.request.urlopen(address) as answer:
            return bytes(answer.read())
        time.sleep(0.1)
    raise AssertionError(f"nobody listens at {address}")


def test_windows_previews(project: Path) -> None:
    process = subprocess.Popen(
        _call("serve", "--port", "8765"), cwd=project, env=_env(project), stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr
        line = next(line for line in process.stderr if "preview on" in line or "port" in line)
        address = re.search(r"http://\S+?(?=;)", line)
        assert address, line
        assert b"Paper Digest" in _fetched(address[0])
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def test_macos_does_not_fork_swaps_in_two_steps_and_counts_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert executors.cores() == 1
    assert 0 < stages._peak_megabytes() < 100  # bytes are divided twice
    monkeypatch.setattr(publish, "exchange", lambda *_: False)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    publish._swap(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a/b").is_file()
    assert (tmp_path / "b/a").is_file()
