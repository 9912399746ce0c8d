"""The browser for tests and tools: an installed Chromium, Chrome or Edge, else the one that Playwright downloads."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_PROGRAMS = "chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge msedge".split()
# Installers for macOS and Windows do not add browsers to the search path.
_LOCATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
)
_DOWNLOAD_TIMEOUT = 300  # seconds


def installed(locations: Sequence[str] = _LOCATIONS) -> str:
    """The path of an installed browser, or ''."""
    by_name = (path for name in _PROGRAMS if (path := shutil.which(name)))
    by_location = (location for location in map(_expanded, locations) if Path(location).is_file())
    return next(by_name, "") or next(by_location, "")


@cache
def chromium() -> str:
    """The path of an installed browser, else of Playwright's, which is downloaded if it is missing; '' without any."""
    return installed() or _download()


def _expanded(location: str) -> str:
    for name in ("ProgramFiles", "ProgramFiles(x86)"):
        # If the variable is not set, the result must be a path that does not exist. With an empty value it would begin
        # with a slash, and could exist.
        location = location.replace(f"{{{name}}}", os.environ.get(name, f"/no {name}"))
    return location


def _download() -> str:
    from playwright.sync_api import sync_playwright  # slow to import, and seldom needed

    with sync_playwright() as driver:
        program = driver.chromium.executable_path
    if not Path(program).is_file():
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_DOWNLOAD_TIMEOUT)
        except (OSError, subprocess.SubprocessError):
            return ""
    return program if Path(program).is_file() else ""
