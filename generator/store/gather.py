"""Read the records of many files, from the cache or from disk, with several processes for large contents.

Only files without problems are cached. A cached file is current if its stamp (size, times, inode) is unchanged. If the
stamp differs, the file is current if the hash of its bytes is unchanged.
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

PARALLEL_FROM = 500_000  # bytes; reading fewer takes less time than starting a process
_SHARDS_PER_CORE = 2  # more than one, so that no core waits long for another
MIN_AGE = 2_000_000_000
"""Nanoseconds. On some file systems (FAT), two changes within this time can get the same stamp."""


class CachedFile(NamedTuple):
    """A file in the cache: its stamp, a hash of its bytes, and its encoded rows.

    The stamp is empty if the file changed less than ``MIN_AGE`` before the stamp was taken.
    """

    stamp: bytes
    hash: bytes
    rows: bytes


class _Result(NamedTuple):
    """A file that was read: a hash of its bytes and its encoded rows, or its records if they have problems."""

    hash: bytes
    rows: bytes | FileRecords


def gather(folder: Path, files: Sequence[ContentFile], cache: Cache | None) -> dict[str, FileRecords]:
    """The records of ``files`` by path. The files must not be hand-written pages."""
    cache = cache or Cache()
    cache_kind = f"records of {hash_of(os.fsencode(folder.resolve())).hex()}"
    cached_files = cache.all(cache_kind)
    # Stamps are taken before the files are read. A file that changes in between is cached with its old stamp, so the
    # next build reads it again.
    stamps = {file.path: _stamp(f"{folder}/{file.path}") for file in files}
    records: dict[str, FileRecords] = {}
    updates: dict[str, bytes] = {}
    for file in files:
        stamp, cached = stamps[file.path], _decode_cached_file(cached_files.get(_key(file)))
        if cached is None:
            continue
        has_same_stamp = stamp != b"" and cached.stamp == stamp
        is_current = has_same_stamp or _has_hash(folder, file.path, cached.hash)
        rows = _decode_rows(file.kind, cached.rows) if is_current else None
        if rows is not None:
            records[file.path] = FileRecords(rows)
            if cached.stamp != stamp:
                updates[_key(file)] = _encode(cached._replace(stamp=stamp))
    unread = [file for file in files if file.path not in records]
    for file, result in zip(unread, _read_files(folder, unread), strict=True):
        if isinstance(result.rows, FileRecords):
            records[file.path] = result.rows
        else:
            updates[_key(file)] = _encode(CachedFile(stamps[file.path], result.hash, result.rows))
            records[file.path] = FileRecords(_decode_rows(file.kind, result.rows) or ())
    faultless = {_key(file) for file in files if records[file.path].is_faultless}
    cache.put(cache_kind, updates, drop=cached_files.keys() - faultless)
    return records


def _key(file: ContentFile) -> str:
    """The key of a file in the cache."""
    return hash_of(os.fsencode(file.path)).hex()


def _decode_cached_file(data: bytes | None) -> CachedFile | None:
    try:
        return _decode(data) if data else None
    except msgspec.MsgspecError:  # a damaged cache counts as empty
        return None


def _encode_rows(rows: Sequence[Row]) -> bytes:
    """Encode rows that have no problems."""
    return _encode([(row.line, row.record) for row in rows])


def _decode_rows(kind: Kind | None, data: bytes) -> tuple[Row, ...] | None:
    """Decode rows with records of ``kind``; None if the data is damaged."""
    assert kind is not None
    if kind not in _ROW_DECODERS:
        _ROW_DECODERS[kind] = msgspec.msgpack.Decoder(list[tuple[int, kind]])  # type: ignore[valid-type]
    try:
        return tuple(Row(line, record) for line, record in _ROW_DECODERS[kind].decode(data))
    except msgspec.MsgspecError:
        return None


def _stamp(path: str) -> bytes:
    """The stamp of a file; empty if the file changed so recently that another change can give the same stamp."""
    try:
        status = os.stat(path)  # noqa: PTH116 - faster, and there are tens of thousands of files
    except OSError:
        return b""
    # Programs such as ``touch -d`` and rsync can set mtime to any time, but not ctime.
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    return b"" if changed > time.time_ns() - MIN_AGE else stamp_of(status)


def _has_hash(folder: Path, path: str, expected: bytes) -> bool:
    data = read_bytes(folder, path)
    return not isinstance(data, Problem) and hash_of(data) == expected


def _read_files(folder: Path, files: Sequence[ContentFile]) -> list[_Result]:
    """Read files, in several processes if they are large. The results are in the order of ``files``."""
    sizes = [_size(f"{folder}/{file.path}") for file in files]
    workers = cores() if sum(sizes) > PARALLEL_FROM else 1
    if workers > 1:
        shards = [partial(_read_shard, folder, shard) for shard in _shards(files, sizes, workers * _SHARDS_PER_CORE)]
        try:
            return [result for shard in run_parallel(shards, workers) for result in shard]
        except WorkerLost:  # for example if the memory is full: one process needs less
            pass
    return _read_shard(folder, files)


def _read_shard(folder: Path, files: Sequence[ContentFile]) -> list[_Result]:
    results: list[_Result] = []
    for file in files:
        data = read_bytes(folder, file.path)
        if isinstance(data, Problem):
            results.append(_Result(b"", FileRecords(problems=(data,), is_complete=False)))
            continue
        records = read_records(file, data)
        # The worker encodes the rows for the cache, because the leading process would encode all files one by one.
        results.append(_Result(hash_of(data), _encode_rows(records.rows) if records.is_faultless else records))
    return results


def _shards(files: Sequence[ContentFile], sizes: Sequence[int], count: int) -> list[list[ContentFile]]:
    """Divide ``files`` into about ``count`` lists of about the same number of bytes, in the same order."""
    shards: list[list[ContentFile]] = [[]]
    average, bytes_so_far = sum(sizes) / count, 0
    for file, size in zip(files, sizes, strict=True):
        if bytes_so_far >= average * len(shards):
            shards.append([])
        shards[-1].append(file)
        bytes_so_far += size
    return shards


def _size(path: str) -> int:
    """The size of a file in bytes; 0 if there is none."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - faster, and there are tens of thousands of files
    except OSError:
        return 0


_ROW_DECODERS: dict[Kind, Any] = {}
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(CachedFile).decode
