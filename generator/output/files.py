"""Pages to files: only what changed is written, and what no page claims any more is deleted."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.model.page import Draft, Page, Picture
from generator.safe_files import make_folder

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class Written(NamedTuple):
    """How many files a run wrote, found unchanged, and deleted."""

    written: int
    unchanged: int
    deleted: int


def write_pages(pages: Iterable[Page | Draft | Picture], folder: Path) -> Written:
    """Make ``folder`` hold exactly ``pages``. Two pages at one path are a bug, and raise ValueError."""
    seen: set[str] = set()
    written = unchanged = 0
    make_folder(folder)
    for path in folder.rglob("*"):
        if path.is_symlink():  # nobody here makes one, and it may lead anywhere
            path.unlink()
    for page in pages:
        if page.path in seen:
            raise ValueError(f"two pages at {page.path}")
        seen.add(page.path)
        path = folder / page.path
        data = page.data
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            unchanged += 1
            continue
        write_file(str(path), data)
        written += 1
    return Written(written, unchanged, _delete_others(folder, seen))


def write_file(path: str, data: bytes) -> None:
    """Write a file and the folders above it, by the plainest calls: there are hundreds of thousands.

    What stands there already may be a link to a file of the site in place, so it is not written into.
    """
    try:
        to = os.open(path, _NEW, 0o666)
    except FileNotFoundError:
        _make_folder_of(path)
        to = os.open(path, _NEW, 0o666)
    except FileExistsError:
        os.unlink(path)  # noqa: PTH108
        to = os.open(path, _NEW, 0o666)
    try:
        while data:
            data = data[os.write(to, data) :]
    except OSError as error:
        error.filename = path  # a failed write does not name its file
        raise
    finally:
        os.close(to)


def link(old: str, new: str) -> bool:
    """Whether ``new``, in a folder that is made if need be, could be made another name of ``old``."""
    try:
        try:
            os.link(old, new)
        except FileNotFoundError:
            _make_folder_of(new)
            os.link(old, new)
    except OSError:
        return False
    return True


def _make_folder_of(path: str) -> None:
    """Most often only the last folder is missing, and another process may make it at the same time."""
    folder = path.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def _delete_others(folder: Path, keep: set[str]) -> int:
    deleted = 0
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in keep:
            path.unlink()
            deleted += 1
    return deleted
