"""Fetched answers, stored on disk as plain JSON, and the time of the last request to each host.

A damaged file, a foreign one, and one of another version count as absent: each file carries a checksum.
So does every file of a folder that git tracks: a pull request may have added it.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.build.locks import lock_file
from generator.build.safe_files import open_own, read_at_most, write_whole
from generator.build.tracked import is_tracked

_VERSION = 1
_SIZE_MOST = 64 * 1024 * 1024  # more than any answer has, packed as JSON
FRESH = 7 * 24 * 3600
"""Seconds for which an answer is not asked for again."""


class Cache:
    """Answers by address, and a turn for each host that only one process holds at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def answer(self, address: str, now: float, fresh: float = FRESH) -> str | None:
        """The stored answer of an address, if it is whole and no older than ``fresh`` seconds."""
        record = self.stored(address)
        return record[0] if record and 0 <= now - record[1] < fresh else None

    def stored(self, address: str) -> tuple[str, float] | None:
        """The stored answer of an address and its time (seconds since 1970), however old it is."""
        if self._is_tracked:
            return None
        record = _read(self._file(address, "answers"))
        text, when = record.get("text"), record.get("when")
        if not isinstance(text, str) or not isinstance(when, int | float):
            return None
        return (text, when) if record.get("sum") == _sum(address, text, when) else None

    def keep(self, address: str, text: str, now: float) -> None:
        """Keep an answer."""
        _write(self._file(address, "answers"), {"sum": _sum(address, text, now), "when": now, "text": text})

    @contextmanager
    def turn(self, host: str) -> Iterator["Turn"]:
        """Hold the right to ask ``host``; other processes wait."""
        path = self._file(host, "hosts")
        with os.fdopen(open_own(path.with_suffix(".lock"), os.O_RDWR), "rb") as lock:
            lock_file(lock.fileno())
            yield Turn(path)

    @cached_property
    def _is_tracked(self) -> bool:
        return is_tracked(self._folder)

    def _file(self, name: str, kind: str) -> Path:
        return self._folder / kind / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"


class Turn:
    """The right to ask one host."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def last(self) -> float:
        """The time of the last request to the host, in seconds since 1970; 0 if it is not known."""
        when = _read(self._path).get("when")
        return float(when) if isinstance(when, int | float) else 0

    def record(self, now: float) -> None:
        """Record a request to the host now."""
        _write(self._path, {"when": now})


def _sum(address: str, text: str, when: float) -> str:
    return hashlib.sha256(json.dumps([_VERSION, address, when, text]).encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(read_at_most(path, _SIZE_MOST))
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _write(path: Path, record: dict[str, Any]) -> None:
    write_whole(path, json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"), path.parent)
