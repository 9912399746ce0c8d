"""HTTP responses, stored on disk as JSON, and the time of the last request to each host.

Each file of a response contains a checksum. Damaged files, and responses of another version, are ignored. Responses in
a folder that git tracks are ignored as well: a pull request may have added them.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from generator.build.safe_files import is_tracked, lock_file, open_cache_file, read_at_most, write_whole

FETCH_CACHE = Path(".cache/fetch")
"""The folder with cached responses of sites."""
_VERSION = 1  # of the format; it is part of the checksum, so a change invalidates all stored responses
_RESPONSES = "answers"  # the subfolder of responses
_HOSTS = "hosts"  # the subfolder of locks, and of the times of requests
_MAX_SIZE = 64 * 1024 * 1024  # bytes; larger than any response as JSON
MAX_AGE = 7 * 24 * 3600
"""Seconds for which a cached response is used."""


class StoredResponse(NamedTuple):
    """The text of a response, and the time when it was stored, in seconds since 1970."""

    text: str
    time: float


class ResponseCache:
    """The texts of responses by URL, and a lock for each host, so that only one process queries it at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fresh(self, address: str, now: float, max_age: float = MAX_AGE) -> str | None:
        """Return the stored text of an address if it is intact and younger than ``max_age`` seconds, or None."""
        stored = self.stored(address)
        # A time in the future comes from a clock that was wrong: such a response would never expire.
        return stored.text if stored and 0 <= now - stored.time < max_age else None

    def stored(self, address: str) -> StoredResponse | None:
        """Return the stored response of an address, whatever its age, or None if there is no intact one."""
        if self._is_tracked:  # a forged response would be imported as if the site had sent it
            return None
        record = _read(self._file(address, _RESPONSES))
        text, when = record.get("text"), record.get("when")
        if not isinstance(text, str) or not isinstance(when, int | float):
            return None
        return StoredResponse(text, when) if record.get("sum") == _checksum(address, text, when) else None

    def store(self, address: str, text: str, now: float) -> None:
        """Store the text of a response, which arrived at the time ``now``."""
        _write(self._file(address, _RESPONSES), {"sum": _checksum(address, text, now), "when": now, "text": text})

    @contextmanager
    def locked(self, host: str) -> Iterator["HostLock"]:
        """Hold the lock of ``host`` in a ``with`` block. Other processes wait."""
        path = self._file(host, _HOSTS)
        with os.fdopen(open_cache_file(path.with_suffix(".lock"), os.O_RDWR), "rb") as lock:
            lock_file(lock.fileno())
            yield HostLock(path)

    @cached_property  # cached, because it starts git
    def _is_tracked(self) -> bool:
        return is_tracked(self._folder)

    def _file(self, name: str, subfolder: str) -> Path:
        return self._folder / subfolder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"


class HostLock:
    """The lock of one host, with access to the time of the last request, which is stored in the file ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def last_request(self) -> float:
        """Return the time of the last request to the host in seconds since 1970, or 0 if it is unknown."""
        when = _read(self._path).get("when")
        return float(when) if isinstance(when, int | float) else 0

    def record_request(self, now: float) -> None:
        """Record a request to the host at the time ``now``."""
        _write(self._path, {"when": now})


def _checksum(address: str, text: str, when: float) -> str:
    # The address is included, so a file that was copied from another address counts as damaged.
    return hashlib.sha256(json.dumps([_VERSION, address, float(when), text]).encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file; {} if the file is missing or damaged."""
    try:
        # All numbers are times. An integer of a prepared file could be too large for a float.
        record = json.loads(read_at_most(path, _MAX_SIZE), parse_int=float)
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _write(path: Path, record: dict[str, Any]) -> None:
    write_whole(path, json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"), path.parent)
