"""The files of the site in place, carried over into the folder in which the next one is built, as links.

The folder is at best one that was a site some builds ago (``publish.staging``): there a folder that looks as that of
the site in place did when it was published is as good as that, since what it holds are the same files under other
names. All others are filled anew. So what is carried over takes as long as a look at every file, and few are linked.
"""

import mmap
import os
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from itertools import compress, count
from pathlib import Path

from generator.site.files import link
from generator.site.looks import LENGTH, Looks, seen_in, walk
from generator.site.state import UNKNOWN, Manifest, State

_THERE, _DOUBTFUL, _KEPT, _GONE = range(4)
_IS_KEPT = bytes(mark == _KEPT for mark in range(256))
_IS_GONE = bytes(mark == _GONE for mark in range(256))
_IS_LEFT = bytes(mark in {_THERE, _DOUBTFUL} for mark in range(256))


class Carried:
    """The files of the last site in the folder ``site``, and what becomes of each, which all processes know.

    What is said of a file by one process is known to those that were begun before too.
    """

    def __init__(self, site: Path, last: State | None = None) -> None:
        self.site = site
        self.last = last.manifest if last else Manifest([], b"")
        self.looks: Looks = last.looks if last else {}
        self.makeup = last.makeup if last else UNKNOWN
        self._marks = mmap.mmap(-1, len(self.last.paths) or 1)

    def doubt(self, path: str) -> None:
        """Believe the file at ``path`` only if it holds what it held."""
        self._marks[self.last.rows[path]] = _DOUBTFUL

    def keep(self, path: str, key: str) -> bool:
        """Whether the file at ``path`` was made from ``key``, and nobody asked for it before; it stays, then."""
        row = self.last.rows.get(path)
        return row is not None and self.last.key(row) == key and self.stay(path)

    def stay(self, path: str) -> bool:
        """Whether the file at ``path`` is as it was made, and nobody asked for it before; it stays, then."""
        row = self.last.rows.get(path)
        if row is None or self._marks[row] >= _KEPT:
            return False
        if self._marks[row] == _DOUBTFUL and _read(f"{self.site}/{path}", self.last.hash(row)) is None:
            return False
        self._marks[row] = _KEPT
        return True

    def data(self, path: str) -> bytes:
        """What the file at ``path`` holds, if it was not let go and holds what it held; else nothing."""
        row = self.last.rows.get(path)
        if row is None or self._marks[row] == _GONE:
            return b""
        return _read(f"{self.site}/{path}", self.last.hash(row)) or b""

    def is_kept(self, path: str) -> bool:
        """Whether the file at ``path`` is that of the last site."""
        row = self.last.rows.get(path)
        return row is not None and self._marks[row] == _KEPT

    def let_go(self, path: str) -> None:
        """Know that the file at ``path`` is not that of the last site any more."""
        row = self.last.rows.get(path)
        if row is not None:
            self._marks[row] = _GONE

    def kept(self) -> Iterable[int]:
        """The rows of all files that stay."""
        return compress(count(), self._marks[:].translate(_IS_KEPT))

    def gone(self) -> Iterable[str]:
        """The paths of all files that were made anew or taken out."""
        return compress(self.last.paths, self._marks[:].translate(_IS_GONE))

    def left(self) -> list[str]:
        """The paths of all files that nobody asked for."""
        return list(compress(self.last.paths, self._marks[:].translate(_IS_LEFT)))


def carry(before: Path, carried: Carried) -> None:
    """Make the folder of ``carried`` hold the files of ``before``, the site in place. Raises OSError.

    A file that is not as it was when the site was published is doubtful. Without a state the folder is emptied.
    """
    site, looks = carried.site, carried.looks
    wanted = {os.fsdecode(folder) for folder in looks.keys() - _alike(site, looks)}
    paths: dict[str, list[str]] = {folder: [] for folder in wanted}
    for path in carried.last.paths if wanted else ():
        if (folder := path.rpartition("/")[0]) in wanted:
            paths[folder].append(path)
            link(f"{before}/{path}", f"{site}/{path}")
    for folder, held in paths.items():
        if _look(site, folder) != looks[os.fsencode(folder)]:
            for path in held:
                carried.doubt(path)


def prune(site: Path, folders: Iterable[str]) -> None:
    """Take out those of ``folders``, below ``site``, in which nothing is any more, and then those above them."""
    for each in folders:
        folder = each
        while folder:
            try:
                os.rmdir(f"{site}/{folder}")  # noqa: PTH106 - there may be very many, as below
            except OSError:
                break
            folder = folder.rpartition("/")[0]


def hash_of(data: bytes) -> str:
    """The hash of what a file holds, as it stands in a record. Processors help with this one."""
    return sha256(data).hexdigest()[: 2 * LENGTH]


def _alike(site: Path, looks: Looks) -> set[bytes]:
    """The folders that look as they should. All others are emptied."""
    root, alike, emptied = os.fsencode(site), set(), []
    for folder, seen in walk(root, deque([b""])):
        if looks.get(folder, b"") == seen.look:
            alike.add(folder)
        else:
            for name in seen.names:
                os.unlink(b"/".join([root, folder, name]))  # noqa: PTH108
        if folder not in looks:
            emptied.append(os.fsdecode(folder))
    prune(site, emptied)
    return alike


def _look(site: Path, folder: str) -> bytes:
    with suppress(OSError):
        return seen_in(os.fsencode(f"{site}/{folder}")).look
    return b""


def _read(path: str, hashed: str) -> bytes | None:
    """What a file holds; None if that has another hash, or if there is none that can be read."""
    with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123
        data = file.read()
        return data if hash_of(data) == hashed else None
    return None
