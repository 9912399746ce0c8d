"""Read all files of records: from the cache, or from disk, by several processes if there is much to read.

Only files without problems are cached, so every problem is found again. A file is recognised by its size, times and
inode; a file that was touched, or changed just before it was read, by a hash of its bytes.
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
from generator.store.reading import FileRecords, Row, read_bytes, read_records

PARALLEL_FROM = 500_000  # bytes; reading fewer takes no longer than starting a process
_SHARDS = 2  # for each core, so that no core waits long for another
YOUNG = 2_000_000_000  # nanoseconds in which two writes can get the same time on some file systems


class Entry(NamedTuple):
    """A file in the cache: its stamp (empty if it was too young), a hash of its bytes, and its encoded rows."""

    stamp: bytes
    hash: bytes
    rows: bytes


class _Read(NamedTuple):
    """A file as read: a hash of its bytes, and its encoded rows, or its records if they have problems."""

    hash: bytes
    rows: bytes | FileRecords


def gather(folder: Path, places: Sequence[Place], cache: Cache | None) -> dict[str, FileRecords]:
    """The records of the files at ``places``, by path. No place may be that of a hand-written page."""
    cache = cache or Cache()
    kind = f"records of {hash_of(os.fsencode(folder.resolve())).hex()}"
    old = cache.all(kind)
    stamps = {place.path: _stamp(f"{folder}/{place.path}") for place in places}
    files: dict[str, FileRecords] = {}
    new: dict[str, bytes] = {}
    for place in places:
        entry = _entry(old.get(_key(place)))
        if entry and (entry.stamp == stamps[place.path] != b"" or _has_hash(folder, place.path, entry.hash)):
            rows = _unpacked(place.kind, entry.rows)
            if rows is not None:
                files[place.path] = FileRecords(rows)
            if rows is not None and entry.stamp != stamps[place.path]:
                new[_key(place)] = _encode(entry._replace(stamp=stamps[place.path]))
    missing = [place for place in places if place.path not in files]
    for place, read in zip(missing, _read(folder, missing), strict=True):
        if isinstance(read.rows, FileRecords):
            files[place.path] = read.rows
        else:
            new[_key(place)] = _encode(Entry(stamps[place.path], read.hash, read.rows))
            files[place.path] = FileRecords(_unpacked(place.kind, read.rows) or ())
    cache.put(kind, new, drop=old.keys() - {_key(place) for place in places if files[place.path].is_faultless})
    return files


def _key(place: Place) -> str:
    return hash_of(os.fsencode(place.path)).hex()


def _entry(data: bytes | None) -> Entry | None:
    try:
        return _decode(data) if data else None
    except msgspec.MsgspecError:
        return None


def _packed(rows: Sequence[Row]) -> bytes:
    """Encode rows that have no problems."""
    return _encode([(row.line, row.record) for row in rows])


def _unpacked(kind: Kind | None, data: bytes) -> tuple[Row, ...] | None:
    """Decode rows whose records are of ``kind``; None for bytes of another form."""
    assert kind is not None
    if kind not in _ROWS:
        _ROWS[kind] = msgspec.msgpack.Decoder(list[tuple[int, kind]])  # type: ignore[valid-type]
    try:
        return tuple(Row(line, record) for line, record in _ROWS[kind].decode(data))
    except msgspec.MsgspecError:
        return None


def _stamp(path: str) -> bytes:
    """The stamp of a file; empty if it changed so recently that its next change might have the same stamp."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - there are tens of thousands
    except OSError:
        return b""
    return b"" if max(seen.st_mtime_ns, seen.st_ctime_ns) > time.time_ns() - YOUNG else stamp_of(seen)


def _has_hash(folder: Path, path: str, wanted: bytes) -> bool:
    data = read_bytes(folder, path)
    return not isinstance(data, Problem) and hash_of(data) == wanted


def _read(folder: Path, places: Sequence[Place]) -> list[_Read]:
    """Read files in several processes. The results are in the order of ``places``."""
    sizes = [_size(f"{folder}/{place.path}") for place in places]
    workers = cores() if sum(sizes) > PARALLEL_FROM else 1
    if workers > 1:
        shards = [partial(_read_shard, folder, shard) for shard in _shards(places, sizes, workers * _SHARDS)]
        try:
            return [read for shard in run_parallel(shards, workers) for read in shard]
        except WorkerLost:  # perhaps memory ran out
            pass
    return _read_shard(folder, places)


def _read_shard(folder: Path, places: Sequence[Place]) -> list[_Read]:
    read = []
    for place in places:
        data = read_bytes(folder, place.path)
        if isinstance(data, Problem):
            read.append(_Read(b"", FileRecords(problems=(data,), is_complete=False)))
            continue
        records = read_records(place, data)
        read.append(_Read(hash_of(data), _packed(records.rows) if records.is_faultless else records))
    return read


def _shards(places: Sequence[Place], sizes: Sequence[int], number: int) -> list[list[Place]]:
    """``places`` cut into about ``number`` runs of about the same size in bytes."""
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
