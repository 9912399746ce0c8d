"""Records as they were read before, so that files that did not change are not parsed again.

Only files without any fault are kept, so nothing that could be said of a file is lost. A file is known again by its
size, times and inode; one that was touched, or changed just before it was read, by a hash of its bytes. What is kept is
data alone, under a hash that depends on the program: what is damaged, cut or another program's counts as nothing.
"""

import contextlib
import os
import time
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.store.layout import Kind
from generator.store.reading import Row

_HASH = 16  # bytes
_YOUNG = 2_000_000_000  # nanoseconds within which some file systems give two writes one time
_SUFFIX = ".records"

Stamp = tuple[int, int, int, int]
"""Size, time of the last write, time of the last change of any kind, inode."""

NO_STAMP: Stamp = (0, 0, 0, 0)


class Entry(NamedTuple):
    """What is kept of one file: its name in its shelf, its stamp and hash, and its rows as ``packed`` makes them."""

    name: bytes
    stamp: Stamp
    hash: bytes
    rows: msgspec.Raw

    def is_of(self, stamp: Stamp) -> bool:
        """Whether a file with this stamp is the same without a look inside."""
        return self.stamp == stamp != NO_STAMP


_ENCODER = msgspec.msgpack.Encoder()
_ENTRIES = msgspec.msgpack.Decoder(list[Entry])
_ROWS: dict[Kind, msgspec.msgpack.Decoder[Any]] = {}


def packed(rows: Sequence[Row]) -> bytes:
    """Rows without faults as bytes."""
    return _ENCODER.encode([(row.line, row.record) for row in rows])


def unpacked(kind: Kind | None, data: bytes | msgspec.Raw) -> tuple[Row, ...]:
    """The rows that were packed, whose records are of ``kind``. Raises ``msgspec.MsgspecError`` for other bytes."""
    assert kind is not None
    if kind not in _ROWS:
        _ROWS[kind] = msgspec.msgpack.Decoder(list[tuple[int, kind]])  # type: ignore[valid-type]
    return tuple(Row(line, record) for line, record in _ROWS[kind].decode(data))


def hash_of(data: bytes) -> bytes:
    """The hash by which a file's bytes are known again."""
    return blake2b(data, digest_size=_HASH).digest()


def stamp_of(path: str) -> Stamp:
    """How a file looks now. ``NO_STAMP`` if it changed so lately that its next change might look the same."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - there are tens of thousands
    except OSError:
        return NO_STAMP
    if max(seen.st_mtime_ns, seen.st_ctime_ns) > time.time_ns() - _YOUNG:
        return NO_STAMP
    return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino


class KeptRecords:
    """What is kept of a content folder below ``folder``: a file for each shelf, which is a folder or a JSON Lines file.

    ``version`` tells apart programs that may read the same file differently. What cannot be written is not kept.
    """

    def __init__(self, folder: Path, content: Path, version: bytes) -> None:
        self._folder = folder / hash_of(os.fsencode(content.resolve())).hex()
        self._key = blake2b(version).digest()
        self._used: set[str] = set()

    def shelf(self, name: str) -> Mapping[bytes, Entry]:
        """What is kept of the files of a shelf, by their names."""
        path = self._path(name)
        self._used.add(path.name)
        try:
            data = path.read_bytes()
            if data[:_HASH] == self._seal(data[_HASH:]):
                return {entry.name: entry for entry in _ENTRIES.decode(memoryview(data)[_HASH:])}
        except (OSError, msgspec.MsgspecError):
            pass
        return {}

    def keep(self, name: str, entries: Sequence[Entry]) -> None:
        """Keep ``entries``, and nothing else, of a shelf. One that is interrupted leaves what was kept before."""
        payload = _ENCODER.encode(entries)
        path = self._path(name)
        new = path.with_name(f"{path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(self._seal(payload) + payload)
            new.replace(path)
        with contextlib.suppress(OSError):
            new.unlink()

    def clear(self) -> None:
        """Forget shelves that were not asked for, and what an interrupted command left."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    path.unlink()

    def _path(self, name: str) -> Path:
        return self._folder / (hash_of(os.fsencode(name)).hex() + _SUFFIX)

    def _seal(self, payload: bytes) -> bytes:
        return blake2b(payload, digest_size=_HASH, key=self._key).digest()
