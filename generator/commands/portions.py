"""Portions of a site that were built apart: what a portion is on disk, and how it is read again.

A portion is a folder: ``site`` holds its files, ``index`` what the search index is joined from, and ``portion.json``
says which portion it is and of what.
"""

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.commands.assemble import Done
from generator.model.portion import Portion
from generator.site.files import link
from generator.site.mkdocs_build import Share, joined
from generator.site.state import Makeup, all_of

FILES = "site"
INDEX = "index"
_TOLD = "portion.json"


class NotToBeJoined(Exception):
    """The folders are not the portions of one site; the message says why."""


class Read(NamedTuple):
    """A portion as it was read from a folder: which one, a hash of all that it was made from, and what is in it."""

    folder: Path
    portion: Portion
    made_from: str
    done: Done


def write_portion(folder: Path, portion: Portion, made_from: str, done: Done) -> None:
    """Write what a portion is beside its files."""
    told = {
        "which": portion.which,
        "of": portion.of,
        "made_from": made_from,
        "pages": done.pages.pages,
        "left": done.pages.left,
        "targets": sorted(done.pages.targets),
        "record": done.record,
        "makeup": done.makeup,
    }
    (folder / _TOLD).write_text(json.dumps(told, separators=(",", ":")) + "\n", "utf-8")


def read_portions(folders: Sequence[Path], made_from: str) -> list[Read]:
    """The portions in ``folders``, in their order. Raises NotToBeJoined unless they are all of one site.

    ``made_from`` is a hash of what the site is made from here.
    """
    found = {folder: _read(folder) for folder in folders}
    for folder, read in found.items():
        if read.made_from != made_from:
            raise NotToBeJoined(
                f"{folder} was built from other content or settings, by another program, or with other options; "
                "build all portions anew from the same checkout, with the options that are given here"
            )
    number = max(read.portion.of for read in found.values())
    there = sorted(read.portion for read in found.values())
    if there != Portion().cut(number):
        missing = [f"{at + 1}/{number}" for at in range(number) if Portion(at, number) not in there]
        why = f"{', '.join(missing)} is missing" if missing else "one is given twice, or is of another number"
        raise NotToBeJoined(f"these are not all {number} portions of a site: {why}")
    return sorted(found.values(), key=lambda read: read.portion)


def take(read: Read, site: Path, index: Path) -> None:
    """Put the files of a portion into the folders ``site`` and ``index``, as links where that can be.

    What else stands in the portion's folder is left there: perhaps papers that were taken down since. Raises
    NotToBeJoined if a file is missing.
    """
    made = _files_in(read.folder / FILES)
    if missing := read.done.record.keys() - made.keys():
        more = f", and {len(missing) - 1:,} more" if len(missing) > 1 else ""
        raise NotToBeJoined(f"{read.folder}: {min(missing)} is missing{more}")
    for path in read.done.record:
        _link(made[path], site / path)
    for path, file in _files_in(read.folder / INDEX).items():
        _link(file, index / path)


def whole(reads: Sequence[Read]) -> Done:
    """All portions as one."""
    record = {path: held for read in reads for path, held in read.done.record.items()}
    return Done(joined([read.done.pages for read in reads]), record, all_of(read.done.makeup for read in reads))


def _read(folder: Path) -> Read:
    try:
        told = json.loads((folder / _TOLD).read_bytes())
        pages = tuple(tuple(map(str, paths)) for paths in told["pages"])
        left = {str(path): str(text) for path, text in told["left"].items()}
        record = {str(path): (str(key), str(held)) for path, (key, held) in told["record"].items()}
        makeup = msgspec.convert(told["makeup"], Makeup)
        share = Share(pages, left, frozenset(map(str, told["targets"])), {})
        portion = Portion(int(told["which"]), int(told["of"]))
        return Read(folder, portion, str(told["made_from"]), Done(share, record, makeup))
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise NotToBeJoined(
            f"{folder}: no portion of a site is here ({error}); `digest build --part 1/2 --site-dir {folder}` makes one"
        ) from error


def _files_in(folder: Path) -> dict[str, Path]:
    """The files below a folder, by their paths in it."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path for path in files}


def _link(source: Path, target: Path) -> None:
    """Make ``target`` another name of ``source``, or a copy of it."""
    target.unlink(missing_ok=True)  # perhaps it is one already
    if not link(os.fspath(source), os.fspath(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
