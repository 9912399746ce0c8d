"""What the last build made, and from what: a file of the site in place serves again if it was made from the same.

The record of it holds data alone, and nothing is believed: a file whose bytes are not those that were recorded is made
anew, and a record that cannot be read is an empty one.
"""

import contextlib
import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.model.page import Batch, Draft, Page, Picture
from generator.output.files import link, write_file

Record = Mapping[str, tuple[str, str]]
"""For each path in the site: the key of what it was made from, and the hash of what it holds."""

Batches = Mapping[str, tuple[str, ...]]
"""For the key of what a batch was made from, the paths of all files in the site that came of it."""

Pieces = Mapping[str, tuple[tuple[str, int], ...]]
"""For the path of a long file, the keys of what its pieces were made from, and how many bytes each has."""


class Makeup(NamedTuple):
    """What belongs together in a site: files of a batch, and pieces of a file."""

    batches: Batches
    pieces: Pieces


UNKNOWN = Makeup({}, {})


def all_of(makeups: Iterable[Makeup]) -> Makeup:
    """What several parts of a site are made up of."""
    batches: dict[str, tuple[str, ...]] = {}
    pieces: dict[str, tuple[tuple[str, int], ...]] = {}
    for makeup in makeups:
        batches.update(makeup.batches)
        pieces.update(makeup.pieces)
    return Makeup(batches, pieces)


_LENGTH = 16  # bytes


class Kept:
    """The files that may serve again. ``version`` tells apart programs, themes and settings.

    ``before`` is the site in place, ``last`` its record, and ``site`` the folder into which is built. If the site in
    place is known to be ``untouched`` since the record was written, its files are not read to see whether they are.
    ``makeup`` is that of the last build.
    """

    def __init__(
        self,
        before: Path,
        site: Path,
        last: Record,
        version: bytes,
        *,
        untouched: bool = False,
        makeup: Makeup = UNKNOWN,
    ) -> None:
        self._before, self._site, self._last, self._version = before, site, last, version
        self._untouched, self._makeup = untouched, makeup
        self.made: dict[str, tuple[str, str]] = {}
        self.batches: dict[str, tuple[str, ...]] = {}
        self._pieces: dict[str, tuple[tuple[str, int], ...]] = {}

    @property
    def makeup(self) -> Makeup:
        """What the new site is made up of, as far as this process has made it."""
        return Makeup(self.batches, self._pieces)

    def key(self, made_from: bytes) -> str:
        """What stands in the record for ``made_from``."""
        return blake2b(made_from, digest_size=_LENGTH, key=self._version).hexdigest()

    def again(self, path: str, key: str) -> bool:
        """Whether the file at ``path`` was made from the same before; then it is in the new site already."""
        last = self._last.get(path)
        if last is None or last[0] != key or not self._linked(path, last[1]):
            return False
        self.made[path] = last
        if path in self._makeup.pieces:
            self._pieces[path] = self._makeup.pieces[path]
        return True

    def batch(self, key: str) -> tuple[str, ...]:
        """The files of the batch that was made from the same before, all in the new site already; else none.

        They are not in ``made``: there are hundreds of thousands, and ``record`` knows them by their batch.
        """
        files = self._makeup.batches.get(key, ())
        if not all(path in self._last and self._linked(path, self._last[path][1]) for path in files):
            return ()
        self.batches[key] = files
        return files

    def record(self, made: Iterable[Record], makeup: Makeup) -> Record:
        """The record of all that was ``made`` by several processes, and of the batches that they kept."""
        again = (files for key, files in self._makeup.batches.items() if key in makeup.batches)
        record = {path: self._last[path] for files in again for path in files if path in self._last}
        for part in made:
            record.update(part)
        return record

    def _linked(self, path: str, hashed: str) -> bool:
        old = f"{self._before}/{path}"
        return (self._untouched or _holds(old, hashed)) and link(old, f"{self._site}/{path}")

    def add(self, files: Iterable[Page | Draft | Picture]) -> list[str]:
        """Put ``files`` into the site, and make those that were not made before. Returns their paths."""
        paths = []
        for file in files:
            key = self.key(file.made_from) if file.made_from else ""
            if not (key and self.again(file.path, key)):
                self.write(file.path, key, self._data(file))
            paths.append(file.path)
        return paths

    def add_batches(self, batches: Iterable[Batch[Any]]) -> None:
        """The same for the files of ``batches``, which are not even asked for if they were made from the same."""
        for batch in batches:
            key = self.key(made_from) if (made_from := batch.made_from) else ""
            if not (key and self.batch(key)):
                paths = self.add(batch.make())
                if key:
                    self.batches[key] = tuple(paths)

    def _data(self, file: Page | Draft | Picture) -> bytes:
        """What a file holds: if it is made of pieces, those that were made from the same before as they were."""
        if not (isinstance(file, Draft) and file.pieces):
            return file.data
        before = self._pieces_before(file.path)
        pieces = [(self.key(piece.made_from), piece.write) for piece in file.pieces]
        held = [before[key] if key in before else write().encode() for key, write in pieces]
        self._pieces[file.path] = tuple((key, len(data)) for (key, _), data in zip(pieces, held, strict=True))
        return b"".join(held)

    def _pieces_before(self, path: str) -> dict[str, bytes]:
        pieces, last = self._makeup.pieces.get(path, ()), self._last.get(path)
        try:
            data = (self._before / path).read_bytes() if pieces and last else b""
        except OSError:
            return {}
        if not (last and _hash(data) == last[1] and sum(length for _, length in pieces) == len(data)):
            return {}
        ends = accumulate(length for _, length in pieces)
        return {key: data[end - length : end] for (key, length), end in zip(pieces, ends, strict=True)}

    def write(self, path: str, key: str, data: bytes) -> None:
        """Put a file into the site that was made now; without a ``key`` it is made anew each time."""
        write_file(f"{self._site}/{path}", data)
        if key:
            self.made[path] = (key, _hash(data))


class State(NamedTuple):
    """A site as it was published: a hash of all that it was made from, one of how its files look, and its record."""

    made_from: str
    looks: str
    record: Record
    makeup: Makeup = UNKNOWN


def read_state(site: Path) -> State:
    """The state of ``site`` when it was published; empty if none was written, or none that can be read."""
    try:
        return msgspec.json.decode(_state_file(site).read_bytes(), type=State)
    except (OSError, ValueError):  # what cannot be decoded is a ValueError too
        return State("", "", {})


def write_state(site: Path, made_from: str, record: Record, makeup: Makeup = UNKNOWN) -> None:
    """Write the state of ``site``, which was published now.

    A build that is killed meanwhile leaves the old one, and one that cannot write it is none the worse.
    """
    path = _state_file(site)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    state = State(made_from, looks_of(site), record, makeup)
    with contextlib.suppress(OSError):
        new.write_bytes(msgspec.json.encode(state, order="sorted"))
        new.replace(path)
    with contextlib.suppress(OSError):
        new.unlink()


def looks_of(folder: Path) -> str:
    """A hash of the names, sizes and times of all files in a folder."""
    state = blake2b(digest_size=_LENGTH)
    pending = [str(folder)]
    while pending:
        here = pending.pop()
        with os.scandir(here) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    seen = entry.stat(follow_symlinks=False)
                    state.update(f"{entry.path}\0{seen.st_size}\0{seen.st_mtime_ns}\0".encode())
    return state.hexdigest()


def _state_file(site: Path) -> Path:
    """Beside the site, since it is not for readers."""
    return site.with_name(f".{site.name}.state.json")


def _holds(path: str, hashed: str) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - there are hundreds of thousands
            return _hash(file.read()) == hashed
    except OSError:
        return False


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=_LENGTH).hexdigest()
