"""Which browser tests find, and what they say without one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import chromium


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "msedge"])
def test_an_installed_browser_is_found_by_its_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.installed() == str(tmp_path / name)


def test_a_browser_is_found_where_windows_puts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    locations = ("{ProgramFiles}/Google/chrome.exe",)
    assert chromium.installed(locations) == ""
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    (tmp_path / "Google").mkdir()
    (tmp_path / "Google/chrome.exe").touch()
    assert chromium.installed(locations) == str(tmp_path / "Google/chrome.exe")


def test_without_a_browser_one_line_names_the_tests_that_were_skipped(tmp_path: Path) -> None:
    """The download fails at once: the address leads nowhere."""
    call = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/browser/test_mistyped.py"]
    env = {"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9"}
    done = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True)
    (line,) = [line for line in done.stdout.splitlines() if "tests skipped, as no Chromium" in line]
    assert line.endswith(": tests/browser/test_mistyped.py")
    assert done.returncode == 0, done.stdout
