"""Read all files of records: from the cache, or from disk, by several processes if there is much to read.

Only files without problems are cached, so every problem is found again. A file is recognized by its size, times and
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
from generator.store.layout import ContentFile, Kind
from generator.store.reading import FileRecords, Row, read_bytes, read_records

PARALLEL_FROM = 500_000  # bytes; reading fewer takes no longer than starting a process
_SHARDS = 2  # for each core, so that no core waits long for another
MIN_AGE = 2_000_000_000  # nanoseconds in which two writes can get the same time on some file systems


class CachedFile(NamedTuple):
    """A file in the cache: its stamp (empty if it was too young), a hash of its bytes, and its encoded rows."""

    stamp: bytes
    hash: bytes
    rows: bytes


class _Result(NamedTuple):
    """A file as read: a hash of its bytes, and its encoded rows, or its records if they have problems."""

    hash: bytes
    rows: bytes | FileRecords


def gather(folder: Path, files: Sequence[ContentFile], cache: Cache | None) -> dict[str, FileRecords]:
    """The records of ``files``, by path. None of them may be a hand-written page."""
    cache = cache or Cache()
    kind = f"records of {hash_of(os.fsencode(folder.resolve())).hex()}"
    old = cache.all(kind)
    # Stamps are taken before the files are read: a file that changes in between gets the stamp of its old bytes, so the
    # next build reads it again.
    stamps = {file.path: _stamp(f"{folder}/{file.path}") for file in files}
    records: dict[str, FileRecords] = {}
    updates: dict[str, bytes] = {}
    for file in files:
        stamp, cached = stamps[file.path], _cached_file(old.get(_key(file)))
        if cached and (cached.stamp == stamp != b"" or _has_hash(folder, file.path, cached.hash)):
            rows = _decoded_rows(file.kind, cached.rows)
            if rows is not None:
                records[file.path] = FileRecords(rows)
            if rows is not None and cached.stamp != stamp:
                updates[_key(file)] = _encode(cached._replace(stamp=stamp))
    missing = [file for file in files if file.path not in records]
    for file, result in zip(missing, _read(folder, missing), strict=True):
        if isinstance(result.rows, FileRecords):
            records[file.path] = result.rows
        else:
            updates[_key(file)] = _encode(CachedFile(stamps[file.path], result.hash, result.rows))
            records[file.path] = FileRecords(_decoded_rows(file.kind, result.rows) or ())
    faultless = {_key(file) for file in files if records[file.path].is_faultless}
    cache.put(kind, updates, drop=old.keys() - faultless)
    return records


def _key(file: ContentFile) -> str:
    return hash_of(os.fsencode(file.path)).hex()


def _cached_file(data: bytes | None) -> CachedFile | None:
    try:
        return _decode(data) if data else None
    except msgspec.MsgspecError:  # the cache is damaged, or of another program: as if it were empty
        return None


def _encoded_rows(rows: Sequence[Row]) -> bytes:
    """Encode rows that have no problems."""
    return _encode([(row.line, row.record) for row in rows])


def _decoded_rows(kind: Kind | None, data: bytes) -> tuple[Row, ...] | None:
    """Decode rows whose records are of ``kind``; None for bytes of another form."""
    assert kind is not None
    if kind not in _ROW_DECODERS:
        _ROW_DECODERS[kind] = msgspec.msgpack.Decoder(list[tuple[int, kind]])  # type: ignore[valid-type]
    try:
        return tuple(Row(line, record) for line, record in _ROW_DECODERS[kind].decode(data))
    except msgspec.MsgspecError:
        return None


def _stamp(path: str) -> bytes:
    """The stamp of a file; empty if it changed so recently that its next change might have the same stamp."""
    try:
        status = os.stat(path)  # noqa: PTH116 - there are tens of thousands
    except OSError:
        return b""
    # ctime as well: programs can set mtime to any time (``touch -d``, rsync), but not ctime.
    return b"" if max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - MIN_AGE else stamp_of(status)


def _has_hash(folder: Path, path: str, expected: bytes) -> bool:
    data = read_bytes(folder, path)
    return not isinstance(data, Problem) and hash_of(data) == expected


def _read(folder: Path, files: Sequence[ContentFile]) -> list[_Result]:
    """Read files in several processes. The results are in the order of ``files``."""
    sizes = [_size(f"{folder}/{file.path}") for file in files]
    workers = cores() if sum(sizes) > PARALLEL_FROM else 1
    if workers > 1:
        shards = [partial(_read_shard, folder, shard) for shard in _shards(files, sizes, workers * _SHARDS)]
        try:
            return [result for shard in run_parallel(shards, workers) for result in shard]
        except WorkerLost:  # perhaps memory ran out
            pass
    return _read_shard(folder, files)


def _read_shard(folder: Path, files: Sequence[ContentFile]) -> list[_Result]:
    results = []
    for file in files:
        data = read_bytes(folder, file.path)
        if isinstance(data, Problem):
            results.append(_Result(b"", FileRecords(problems=(data,), is_complete=False)))
            continue
        records = read_records(file, data)
        # Encoded in the worker: the cache needs these bytes, and encoding in the leading process would not be parallel.
        results.append(_Result(hash_of(data), _encoded_rows(records.rows) if records.is_faultless else records))
    return results


def _shards(files: Sequence[ContentFile], sizes: Sequence[int], number: int) -> list[list[ContentFile]]:
    """``files`` cut into about ``number`` runs of about the same size in bytes."""
    shards: list[list[ContentFile]] = [[]]
    fair_share, size = sum(sizes) / number, 0
    for file, bytes_of_file in zip(files, sizes, strict=True):
        if size >= fair_share * len(shards):
            shards.append([])
        shards[-1].append(file)
        size += bytes_of_file
    return shards


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - there are tens of thousands
    except OSError:
        return 0


_ROW_DECODERS: dict[Kind, Any] = {}
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(CachedFile).decode
