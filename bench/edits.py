"""Measure builds after an edit of a title, authors or topics, a removal, and no edit; and the preview after an edit.

Edits accumulate in a copy of the content and are built into the same site. In the end, the site must equal that of a
clean build byte for byte.
"""

import contextlib
import filecmp
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import yaml

from bench.measure import Measurement, measure

Command = Callable[[Path, Path], list[str]]
"""The command that builds a content folder into a site."""

Edit = Callable[[dict[str, Any]], dict[str, Any] | None]
"""Returns the edited entry, or None to remove it."""

_OTHER = "transformer-theory"  # a topic for papers that have just one
_MAX_WAIT = 900.0  # seconds to wait for a page

EDITS: dict[str, Edit] = {
    "title": lambda entry: {**entry, "title": f"{entry['title']} anew"},
    "author added": lambda entry: {**entry, "authors": [*entry["authors"], "Somebody Entirely New"]},
    "topic changed": lambda entry: {**entry, "topics": entry["topics"][::-1] if len(entry["topics"]) > 1 else [_OTHER]},
    "entry removed": lambda _entry: None,
}


class Differs(Exception):
    """The site after the edits differs from a clean build; the message names a file."""


def edits(content: Path, folder: Path, command: Command, names: Sequence[str]) -> dict[str, Measurement]:
    """Seconds and memory of a build after each edit of ``names``, and of one after none.

    ``folder`` is for the copy and the sites. Raises Differs and CommandFailed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    copy, site, clean = shutil.copytree(content, folder / "content"), folder / "site", folder / "clean"
    (copy / "permalinks.txt").unlink(missing_ok=True)  # otherwise no entry may be removed
    measure(command(copy, site), None)  # fills the cache
    results = {}
    for name in names:
        _edit(copy, EDITS[name])
        results[name] = measure(command(copy, site), None)
    results["nothing"] = measure(command(copy, site), None)
    measure(command(copy, clean), None, {"DIGEST_CACHE": str(folder / "no cache")})
    for path in _files(clean):
        if not (site / path).is_file() or not filecmp.cmp(site / path, clean / path, shallow=False):
            raise Differs(str(path))
    if more := set(_files(site)) - set(_files(clean)):
        raise Differs(str(min(more)))
    return results


def _edit(content: Path, edit: Edit) -> None:
    """Edit an entry in the middle of the folder."""
    files = sorted((content / "papers").rglob("*.yaml")) or sorted((content / "papers").glob("*.jsonl"))
    path = files[len(files) // 2]
    if path.suffix == ".yaml":
        entry = edit(yaml.safe_load(path.read_text("utf-8")))
        path.write_text(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False), "utf-8") if entry else path.unlink()
        return
    lines = path.read_text("utf-8").splitlines()  # JSON Lines: the first entry of the file
    entry = edit(json.loads(lines[0]))
    lines[:1] = [json.dumps(entry, ensure_ascii=False)] if entry else []
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _files(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder):
        for name in names:
            yield (Path(here) / name).relative_to(folder)


class NotShown(Exception):
    """The preview did not start, or did not show the edit."""


def seconds_until_shown(content: Path, address: str) -> float:
    """Edit the title of the first entry of ``content``, which is changed, and wait for it. Raises NotShown.

    ``address`` is the path of the site on the server.
    """
    with socket.socket() as probe:  # port 0: the system chooses a free one
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "generator", "serve", "--content", str(content), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        path, name, title = _first(content)
        page = f"{address}papers/{name}/"
        _wait_for(port, page, "<html", process)
        time.sleep(2)  # an edit at the moment at which watching begins may be missed
        text = path.read_text("utf-8")
        path.write_text(text.replace(title, f"{title} Xyzzy", 1), "utf-8")
        start = time.perf_counter()
        _wait_for(port, page, "Xyzzy", process)
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


def _wait_for(port: int, page: str, for_text: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _MAX_WAIT
    while time.monotonic() < end and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        with closing(connection), contextlib.suppress(OSError, HTTPException):
            connection.request("GET", page)
            if for_text in connection.getresponse().read().decode("utf-8"):
                return
        time.sleep(0.02)
    raise NotShown(f"{page} does not show {for_text!r}")
