"""Measure builds after an edit: of a title, authors or topics, of a removed entry, and without an edit.

Edits accumulate in a copy of the content and are built into the same site. In the end, the site must equal that of a
clean build byte for byte.
"""

import filecmp
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from bench.measure import Measured, measured

Command = Callable[[Path, Path], list[str]]
"""The command that builds a content folder into a site."""

Edit = Callable[[dict[str, Any]], dict[str, Any] | None]
"""Returns the edited entry, or None to remove it."""

_OTHER = "transformer-theory"

EDITS: dict[str, Edit] = {
    "title": lambda entry: {**entry, "title": f"{entry['title']} anew"},
    "author added": lambda entry: {**entry, "authors": [*entry["authors"], "Somebody Entirely New"]},
    "topic changed": lambda entry: {**entry, "topics": entry["topics"][::-1] if len(entry["topics"]) > 1 else [_OTHER]},
    "entry removed": lambda _entry: None,
}


class Differs(Exception):
    """The site after the edits differs from a clean build; the message names a file."""


def edits(content: Path, folder: Path, command: Command, names: Sequence[str]) -> dict[str, Measured]:
    """Seconds and memory of a build after each edit of ``names``, and of one after none.

    ``folder`` is for the copy and the sites. Raises Differs and Failed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    copy, site, clean = shutil.copytree(content, folder / "content"), folder / "site", folder / "clean"
    (copy / "permalinks.txt").unlink(missing_ok=True)  # otherwise no entry may be removed
    measured(command(copy, site), None)
    results = {}
    for name in names:
        _edit(copy, EDITS[name])
        results[name] = measured(command(copy, site), None)
    results["nothing"] = measured(command(copy, site), None)
    measured(command(copy, clean), None, {"DIGEST_CACHE": str(folder / "no cache")})
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
    lines = path.read_text("utf-8").splitlines()
    entry = edit(json.loads(lines[0]))
    lines[:1] = [json.dumps(entry, ensure_ascii=False)] if entry else []
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _files(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder):
        for name in names:
            yield (Path(here) / name).relative_to(folder)
