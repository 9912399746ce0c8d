"""How long ``digest serve`` takes to show an edit: from the saved file to the page with the new title."""

import contextlib
import re
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

_LONGEST = 900.0  # seconds to wait for a page


class NotShown(Exception):
    """The preview did not start, or did not show the edit."""


def seconds_until_shown(content: Path, address: str) -> float:
    """Edit the title of the first entry of ``content``, which is changed, and wait for it. Raises NotShown.

    ``address`` is the path of the site on the server.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "generator", "serve", "--content", str(content), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        path, name, title = _first(content)
        page = f"{address}papers/{name}/"
        _wait(port, page, "<html", process)
        time.sleep(2)  # until the watch has settled
        text = path.read_text("utf-8")
        path.write_text(text.replace(title, f"{title} Xyzzy", 1), "utf-8")
        start = time.perf_counter()
        _wait(port, page, "Xyzzy", process)
        return time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def _first(content: Path) -> tuple[Path, str, str]:
    """Return the file of an entry, its id, and a part of its title as written in the file."""
    for path in sorted((content / "papers").rglob("*.yaml")):
        if match := re.search(r"^title: ['\"]?([\w -]+)", path.read_text("utf-8"), re.MULTILINE):
            return path, path.stem, match[1].rstrip()
    path = min((content / "papers").glob("*.jsonl"))
    match = re.match(r'\{"id": "([^"]+)", "title": "([\w -]+)', path.read_text("utf-8"))
    if not match:
        raise NotShown(f"no title to edit in {path}")
    return path, match[1], match[2].rstrip()


def _wait(port: int, page: str, for_text: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end and process.poll() is None:
        asking = HTTPConnection("127.0.0.1", port, timeout=30)
        with closing(asking), contextlib.suppress(OSError, HTTPException):
            asking.request("GET", page)
            if for_text in asking.getresponse().read().decode("utf-8"):
                return
        time.sleep(0.02)
    raise NotShown(f"{page} does not show {for_text!r}")
