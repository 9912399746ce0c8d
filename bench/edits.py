"""Measure builds after edits of an entry and after none, and how soon ``digest serve`` shows an edit.

All edits are made in one copy of the content, one after the other, and built into the same site. At the end, the site
must be the same byte for byte as that of a clean build.
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
"""Returns the command line that builds a content folder into a folder for the site."""

Edit = Callable[[dict[str, Any]], dict[str, Any] | None]
"""Returns the edited entry, or None to remove it."""

_OTHER_TOPIC = "transformer-theory"  # for entries with a single topic
_MAX_WAIT = 900.0  # seconds to wait for a page; the first build of ``digest serve`` can take minutes

EDITS: dict[str, Edit] = {
    "title": lambda entry: {**entry, "title": f"{entry['title']} anew"},
    "author added": lambda entry: {**entry, "authors": [*entry["authors"], "Somebody Entirely New"]},
    "topic changed": lambda entry: {
        **entry,
        "topics": entry["topics"][::-1] if len(entry["topics"]) > 1 else [_OTHER_TOPIC],
    },
    "entry removed": lambda _entry: None,
}


NO_EDIT = "no edit"


class SiteDiffers(Exception):
    """The site after the edits differs from a clean build; the message is the path of a file that differs."""


def measure_edits(content: Path, folder: Path, command: Command, names: Sequence[str]) -> dict[str, Measurement]:
    """Measure a build after each edit of ``names``, and one after no edit, by the name of the edit.

    ``folder`` is created for the copy of the content and the sites. Raises SiteDiffers and CommandFailed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    copy, site, clean = shutil.copytree(content, folder / "content"), folder / "site", folder / "clean"
    # With this file, the removal of an entry would be an error, because its URL was published.
    (copy / "permalinks.txt").unlink(missing_ok=True)
    measure(command(copy, site), None)  # fills the cache
    results = {}
    for name in names:
        _edit_an_entry(copy, EDITS[name])
        results[name] = measure(command(copy, site), None)
    results[NO_EDIT] = measure(command(copy, site), None)
    measure(command(copy, clean), None, {"DIGEST_CACHE": str(folder / "no cache")})
    for path in _file_paths(clean):
        if not (site / path).is_file() or not filecmp.cmp(site / path, clean / path, shallow=False):
            raise SiteDiffers(str(path))
    if extra := set(_file_paths(site)) - set(_file_paths(clean)):
        raise SiteDiffers(str(min(extra)))
    return results


def _edit_an_entry(content: Path, edit: Edit) -> None:
    """Edit the entry in the middle of the list of files, or the first entry of that file."""
    files = sorted((content / "papers").rglob("*.yaml")) or sorted((content / "papers").glob("*.jsonl"))
    path = files[len(files) // 2]
    if path.suffix == ".yaml":
        entry = edit(yaml.safe_load(path.read_text("utf-8")))
        path.write_text(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False), "utf-8") if entry else path.unlink()
        return
    lines = path.read_text("utf-8").splitlines()
    entry = edit(json.loads(lines[0]))
    lines[:1] = [json.dumps(entry, ensure_ascii=False)] if entry else []
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _file_paths(folder: Path) -> Iterator[Path]:
    """The paths of all files in a folder, relative to it."""
    for parent, _, names in os.walk(folder):
        for name in names:
            yield (Path(parent) / name).relative_to(folder)


class NotShown(Exception):
    """The preview did not start, or did not show the edit."""


def seconds_until_shown(content: Path) -> float:
    """Start ``digest serve``, edit a title in ``content``, and return how many seconds later its page shows it.

    Raises NotShown.
    """
    with socket.socket() as probe:  # port 0: the system chooses a free one
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "generator", "serve", "--content", str(content), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        path, entry_id, title = _entry_to_edit(content)
        page = f"/papers/{entry_id}/"
        _wait_for(port, page, "<html", process)
        time.sleep(2)  # seconds; the server may miss an edit in the moment at which it begins to watch the files
        text = path.read_text("utf-8")
        path.write_text(text.replace(title, f"{title} Xyzzy", 1), "utf-8")
        start = time.perf_counter()
        _wait_for(port, page, "Xyzzy", process)
        return time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def _entry_to_edit(content: Path) -> tuple[Path, str, str]:
    """The file of an entry, its id, and the beginning of its title as written in the file."""
    for path in sorted((content / "papers").rglob("*.yaml")):
        if match := re.search(r"^title: ['\"]?([\w -]+)", path.read_text("utf-8"), re.MULTILINE):
            return path, path.stem, match[1].rstrip()
    path = min((content / "papers").glob("*.jsonl"))
    match = re.match(r'\{"id": "([^"]+)", "title": "([\w -]+)', path.read_text("utf-8"))
    if not match:
        raise NotShown(f"no title to edit in {path}")
    return path, match[1], match[2].rstrip()


def _wait_for(port: int, page: str, text: str, process: subprocess.Popen[bytes]) -> None:
    """Request a page until it contains ``text``. Raises NotShown after too long, or if the server has ended."""
    end = time.monotonic() + _MAX_WAIT
    while time.monotonic() < end and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        with closing(connection), contextlib.suppress(OSError, HTTPException):
            connection.request("GET", page)
            if text in connection.getresponse().read().decode("utf-8"):
                return
        time.sleep(0.02)
    raise NotShown(f"{page} does not show {text!r}")
