"""What a site held when it was published, and from what it was made, as it is kept beside the site for the next build.

It holds data alone, and one that cannot be read is an empty one. A large site has half a million files, so what is
asked of each is kept in few large values, which are taken apart only if they are asked for.
"""

import contextlib
import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.site.looks import LENGTH, Looks

Record = Mapping[str, tuple[str, str]]
"""For each path in a site: the key of what it was made from, empty if that is not known, and the hash of its bytes."""

Batches = Mapping[str, tuple[str, ...]]
"""For the key of what a batch was made from, the paths of all files in the site that came of it."""

Pieces = Mapping[str, tuple[tuple[str, int], ...]]
"""For the path of a long file, the keys of what its pieces were made from, and how many bytes each has."""

_ROW = 2 * LENGTH
_NO_KEY = bytes(LENGTH)


class Manifest:
    """All files of a site, each in a row: its path, the key of what it was made from, and the hash of its bytes."""

    def __init__(self, paths: list[str], held: bytes) -> None:
        self.paths, self.held = paths, held

    @classmethod
    def of(cls, record: Record) -> "Manifest":
        """The manifest of the files in ``record``."""
        return cls(list(record), b"".join(map(_row, record.values())))

    @cached_property
    def rows(self) -> dict[str, int]:
        """In which row a path stands."""
        return dict(zip(self.paths, range(len(self.paths)), strict=True))

    def key(self, row: int) -> str:
        """The key of the file in a row; empty if it has none."""
        key = self.held[row * _ROW : row * _ROW + LENGTH]
        return "" if key == _NO_KEY else key.hex()

    def hash(self, row: int) -> str:
        """The hash of the file in a row."""
        return self.held[row * _ROW + LENGTH : (row + 1) * _ROW].hex()

    def without_key(self) -> list[str]:
        """The paths of all files that have no key."""
        found, at = [], self.held.find(_NO_KEY)
        while at >= 0:
            if at % _ROW == 0:
                found.append(self.paths[at // _ROW])
            at = self.held.find(_NO_KEY, at + 1)
        return found

    def changed(self, rows: Iterable[int], record: Record) -> "Manifest":
        """The manifest of the files in ``rows`` and those in ``record``."""
        rows = list(rows)
        held = [self.held[row * _ROW : (row + 1) * _ROW] for row in rows]
        return Manifest([*(self.paths[row] for row in rows), *record], b"".join([*held, *map(_row, record.values())]))


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


class State:
    """A site as it was published: what it was made from, how its folders looked, and all its files."""

    def __init__(self, stored: "_Stored | None" = None) -> None:
        self._stored = stored or _Stored("", b"", b"", b"", b"", b"", b"")

    @property
    def made_from(self) -> str:
        """A hash of all that the site was made from."""
        return self._stored.made_from

    @property
    def version(self) -> bytes:
        """The version of program, theme and settings with which the keys of its files were made."""
        return self._stored.version

    @cached_property
    def looks(self) -> Looks:
        """How the folders of the site looked."""
        looks = self._stored.looks
        hashes = (looks[at : at + LENGTH] for at in range(0, len(looks), LENGTH))
        return dict(zip(_split(self._stored.folders), hashes, strict=True))

    @cached_property
    def manifest(self) -> Manifest:
        """The files of the site."""
        return Manifest(os.fsdecode(self._stored.paths).split("\0")[:-1], self._stored.held)

    @cached_property
    def makeup(self) -> Makeup:
        """What belongs together among the files; nothing if that cannot be read."""
        try:
            return msgspec.msgpack.decode(self._stored.makeup, type=Makeup)
        except ValueError:
            return UNKNOWN


class Settled(NamedTuple):
    """All files of a finished site, how its folders look, and the version with which the files' keys were made.

    ``makeup`` tells which of them belong together.
    """

    manifest: Manifest
    looks: Looks
    version: bytes
    makeup: Makeup


NOTHING = Settled(Manifest([], b""), {}, b"", UNKNOWN)


class _Stored(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    made_from: str
    version: bytes
    folders: bytes
    looks: bytes
    paths: bytes
    held: bytes
    makeup: bytes


def read_state(site: Path) -> State:
    """The state of ``site`` when it was published; empty if none was written, or none that can be read."""
    try:
        stored = msgspec.msgpack.decode(_state_file(site).read_bytes(), type=_Stored)
    except (OSError, ValueError):  # what cannot be decoded is a ValueError too
        return State()
    sizes = (
        (stored.folders.count(b"\0"), len(stored.looks), LENGTH),
        (stored.paths.count(b"\0"), len(stored.held), _ROW),
    )
    return State(stored) if all(number * each == size for number, size, each in sizes) else State()


def write_state(site: Path, made_from: str, settled: Settled) -> None:
    """Write the state of ``site``, which was published now.

    A build that is killed meanwhile leaves the old one, and one that cannot write it is none the worse.
    """
    path = _state_file(site)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    looks, manifest = settled.looks, settled.manifest
    paths = os.fsencode("".join(f"{path}\0" for path in manifest.paths))
    folders = b"".join(folder + b"\0" for folder in looks)
    makeup = msgspec.msgpack.encode(settled.makeup)
    stored = _Stored(made_from, settled.version, folders, b"".join(looks.values()), paths, manifest.held, makeup)
    with contextlib.suppress(OSError):
        new.write_bytes(msgspec.msgpack.encode(stored))
        new.replace(path)
    with contextlib.suppress(OSError):
        new.unlink()


def _row(told: tuple[str, str]) -> bytes:
    key, held = told
    return (bytes.fromhex(key) if key else _NO_KEY) + bytes.fromhex(held)


def _split(joined: bytes) -> list[bytes]:
    return joined.split(b"\0")[:-1]


def _state_file(site: Path) -> Path:
    """Beside the site, since it is not for readers."""
    return site.with_name(f".{site.name}.state")
