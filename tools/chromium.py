"""Which browser the tests drive: an installed Chromium, Chrome or Edge, else the one that Playwright downloads."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_NAMES = "chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge msedge".split()
_PLACES = (  # where macOS and Windows put them, which are not on the path
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
)
_DOWNLOAD = 300  # seconds


def installed(places: Sequence[str] = _PLACES) -> str:
    """The program of a browser that is installed here, or ''."""
    named = (path for name in _NAMES if (path := shutil.which(name)))
    placed = (place for place in map(_filled, places) if Path(place).is_file())
    return next(named, "") or next(placed, "")


@cache
def chromium() -> str:
    """An installed browser, or Playwright's, which is downloaded if need be; '' without either."""
    return installed() or _downloaded()


def _filled(place: str) -> str:
    for name in ("ProgramFiles", "ProgramFiles(x86)"):
        place = place.replace(f"{{{name}}}", os.environ.get(name, f"/no {name}"))
    return place


def _downloaded() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        program = driver.chromium.executable_path
    if not Path(program).is_file():
        call = [sys.executable, "-m", "playwright", "install", "chromium"]
        try:
            subprocess.run(call, check=True, capture_output=True, timeout=_DOWNLOAD)
        except (OSError, subprocess.SubprocessError):
            return ""
    return program if Path(program).is_file() else ""
