"""What every file of records holds: from the cache, or read now, by several processes if there is much to read.

Only files without any fault are cached, so nothing that could be said of a file is lost. A file is known again by its
size, times and inode; one that was touched, or changed just before it was read, by a hash of its bytes.
"""

import os
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.build.cache import Cache
from generator.build.executors import WorkerLost, cores, run_parallel
from generator.build.output import stamp_of
from generator.build.task import hash_of
from generator.model.problem import Problem
from generator.store.layout import Kind, Place
from generator.store.reading import Holding, Row, holding, read_bytes

_WORTH = 500_000  # bytes; to read fewer of them takes no longer than to begin a process
_SHARDS = 2  # for each core, so that none waits long for another's
_YOUNG = 2_000_000_000  # nanoseconds within which some file systems give two writes one time


class Entry(NamedTuple):
    """A file in the cache: its stamp (empty if it was too young), a hash of its bytes, and its encoded rows."""

    stamp: bytes
    hash: bytes
    rows: bytes


class _Read(NamedTuple):
    """A file as it was read: a hash of its bytes, and its encoded rows, or what it holds if that has faults."""

    hash: bytes
    rows: bytes | Holding


def gather(folder: Path, places: Sequence[Place], cache: Cache | None) -> dict[str, Holding]:
    """What the files at ``places`` hold, by their paths. All of them hold records."""
    cache = cache or Cache()
    kind = f"records of {hash_of(os.fsencode(folder.resolve())).hex()}"
    old = cache.all(kind)
    stamps = {place.path: _stamp(f"{folder}/{place.path}") for place in places}
    found: dict[str, Holding] = {}
    new: dict[str, bytes] = {}
    for place in places:
        entry = _entry(old.get(_key(place)))
        if entry and (entry.stamp == stamps[place.path] != b"" or _has_hash(folder, place.path, entry.hash)):
            rows = _unpacked(place.kind, entry.rows)
            if rows is not None:
                found[place.path] = Holding(rows)
            if rows is not None and entry.stamp != stamps[place.path]:
                new[_key(place)] = _encode(entry._replace(stamp=stamps[place.path]))
    missing = [place for place in places if place.path not in found]
    for place, read in zip(missing, _read(folder, missing), strict=True):
        if isinstance(read.rows, Holding):
            found[place.path] = read.rows
        else:
            new[_key(place)] = _encode(Entry(stamps[place.path], read.hash, read.rows))
            found[place.path] = Holding(_unpacked(place.kind, read.rows) or ())
    cache.put(kind, new, drop=old.keys() - {_key(place) for place in places if found[place.path].is_faultless})
    return found


def _key(place: Place) -> str:
    return hash_of(os.fsencode(place.path)).hex()


def _entry(data: bytes | None) -> Entry | None:
    try:
        return _decode(data) if data else None
    except msgspec.MsgspecError:
        return None


def _packed(rows: Sequence[Row]) -> bytes:
    """Rows without faults as bytes."""
    return _encode([(row.line, row.record) for row in rows])


def _unpacked(kind: Kind | None, data: bytes) -> tuple[Row, ...] | None:
    """The rows that were packed, whose records are of ``kind``; None for other bytes."""
    assert kind is not None
    if kind not in _ROWS:
        _ROWS[kind] = msgspec.msgpack.Decoder(list[tuple[int, kind]])  # type: ignore[valid-type]
    try:
        return tuple(Row(line, record) for line, record in _ROWS[kind].decode(data))
    except msgspec.MsgspecError:
        return None


def _stamp(path: str) -> bytes:
    """How a file looks now; nothing if it changed so lately that its next change might look the same."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - there are tens of thousands
    except OSError:
        return b""
    return b"" if max(seen.st_mtime_ns, seen.st_ctime_ns) > time.time_ns() - _YOUNG else stamp_of(seen)


def _has_hash(folder: Path, path: str, wanted: bytes) -> bool:
    data = read_bytes(folder, path)
    return not isinstance(data, Problem) and hash_of(data) == wanted


def _read(folder: Path, places: Sequence[Place]) -> list[_Read]:
    """Read files, each process its share, in their order."""
    sizes = [_size(f"{folder}/{place.path}") for place in places]
    workers = cores() if sum(sizes) > _WORTH else 1
    if workers > 1:
        shards = [partial(_read_shard, folder, shard) for shard in _shards(places, sizes, workers * _SHARDS)]
        try:
            return [read for shard in run_parallel(shards, workers) for read in shard]
        except WorkerLost:  # perhaps for want of memory
            pass
    return _read_shard(folder, places)


def _read_shard(folder: Path, places: Sequence[Place]) -> list[_Read]:
    read = []
    for place in places:
        data = read_bytes(folder, place.path)
        if isinstance(data, Problem):
            read.append(_Read(b"", Holding(problems=(data,), is_whole=False)))
            continue
        held = holding(place, data)
        read.append(_Read(hash_of(data), _packed(held.rows) if held.is_faultless else held))
    return read


def _shards(places: Sequence[Place], sizes: Sequence[int], number: int) -> list[list[Place]]:
    """``places`` cut into about so many runs of about the same size."""
    shards: list[list[Place]] = [[]]
    fair, size = sum(sizes) / number, 0
    for place, more in zip(places, sizes, strict=True):
        if size >= fair * len(shards):
            shards.append([])
        shards[-1].append(place)
        size += more
    return shards


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - there are tens of thousands
    except OSError:
        return 0


_ROWS: dict[Kind, Any] = {}
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Entry).decode
