"""The cache: data that commands keep between runs, as bytes by kind and key, in one SQLite file.

The file is in the user's cache folder, outside the project, so that no file of a repository or pull request can take
its place. ``DIGEST_CACHE`` sets another folder. Cached data are never executed. The cache counts as empty if another
user could write it, if git tracks it, if it cannot be read, or if another version of the program wrote it. If it cannot
be written, everything is computed again.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from generator.build.safe_files import is_tracked

_SUFFIX = ".sqlite"
_BUSY_TIMEOUT = 5.0  # seconds to wait for another command that writes at the same time
_MAX_ATTEMPTS, _OPEN_TIMEOUT, _PAUSE = 3, 1.0, 0.1  # attempts to open a locked file, and seconds for and after each


class Change(NamedTuple):
    """A change of the entries of a kind: keys to delete (``drop``), and then entries to store."""

    kind: str
    entries: Mapping[str, bytes]
    drop: Iterable[str] = ()


class Cache:
    """Bytes by kind and key. Without a ``folder``, nothing is stored.

    ``version`` identifies the program: another version may compute other bytes from the same input.
    """

    def __init__(self, folder: Path | None = None, version: bytes = b"") -> None:
        self._connection: sqlite3.Connection | None = None
        if folder is not None and is_private(folder) and not is_tracked(folder):
            path = folder / f"{blake2b(version, digest_size=8).hexdigest()}{_SUFFIX}"
            self._connection = _open_database(path)
            _delete_other_versions(folder, path)

    def get(self, kind: str, key: str) -> bytes | None:
        """Return the bytes stored under ``kind`` and ``key``, or None."""
        rows = self._select("SELECT data FROM entries WHERE kind = ? AND key = ?", (kind, key))
        return rows[0][0] if rows else None

    def get_or_make(self, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the stored bytes; if there are none, call ``make`` and store its result."""
        data = self.get(kind, key)
        if data is None:
            data = make()
            self.put(kind, {key: data})
        return data

    def first_bytes(self, kind: str, length: int) -> dict[str, bytes]:
        """Return the first bytes of all entries of a kind, by key."""
        return dict(self._select("SELECT key, substr(data, 1, ?) FROM entries WHERE kind = ?", (length, kind)))

    def all(self, kind: str) -> dict[str, bytes]:
        """Return all entries of a kind, by key."""
        return dict(self._select("SELECT key, data FROM entries WHERE kind = ?", (kind,)))

    def keys(self, kind: str) -> list[str]:
        """Return all keys of a kind."""
        return [key for (key,) in self._select("SELECT key FROM entries WHERE kind = ?", (kind,))]

    def put(self, kind: str, entries: Mapping[str, bytes], *, drop: Iterable[str] = ()) -> None:
        """Store entries of a kind, and delete those whose keys are in ``drop``, in one transaction."""
        self.put_all(Change(kind, entries, drop))

    def put_all(self, *changes: Change) -> bool:
        """Make several changes in one transaction. Returns whether they are stored."""
        if self._connection is None:
            return False
        with suppress(sqlite3.Error), self._connection:
            for kind, entries, drop in changes:
                self._connection.executemany(
                    "DELETE FROM entries WHERE kind = ? AND key = ?", ((kind, key) for key in drop)
                )
                self._connection.executemany(
                    "INSERT OR REPLACE INTO entries VALUES (?, ?, ?)",
                    ((kind, key, data) for key, data in entries.items()),
                )
            return True
        return False

    def clear(self) -> None:
        """Delete everything."""
        if self._connection is not None:
            with suppress(sqlite3.Error), self._connection:
                self._connection.execute("DELETE FROM entries")

    def close(self) -> None:
        """Close the file, as before a fork: a process must not use the connection of its parent.

        After that, the cache is empty and stores nothing.
        """
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _select(self, statement: str, arguments: tuple[str | int, ...]) -> list[Any]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, arguments).fetchall()
        except sqlite3.Error:
            return []


def cache_folder(project: Path) -> Path:
    """Return the cache folder of the project in the folder ``project``. It need not exist."""
    base = Path(os.environ.get("DIGEST_CACHE") or platformdirs.user_cache_path("paper-digest"))
    return base / blake2b(os.fsencode(project.resolve()), digest_size=8).hexdigest()


def is_private(folder: Path) -> bool:
    """Whether only this user can write to the folder, and it is not a link. A missing folder is created."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        status = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        return False
    # Another user who can write here could change what a build publishes. Windows has no such owners and modes.
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)


def _open_database(path: Path) -> sqlite3.Connection | None:
    """Open the database at ``path``. A file in another format is deleted and created again. Returns None on failure."""
    for _ in range(_MAX_ATTEMPTS):
        try:
            return _connect(path)
        except sqlite3.DatabaseError as error:
            # Another command may be creating the file. SQLite does not always wait for it.
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                time.sleep(_PAUSE)
                continue
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return None


def _connect(path: Path) -> sqlite3.Connection:
    """Open or create the database at ``path``. Raises DatabaseError if it is locked, damaged or in another format."""
    connection = sqlite3.connect(path, timeout=_OPEN_TIMEOUT, check_same_thread=False)
    try:
        # Readers and a writer do not block each other (https://www.sqlite.org/wal.html).
        connection.execute("PRAGMA journal_mode = WAL")
        # If the power fails, the last transactions may be lost, but the file stays valid.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS entries (kind TEXT, key TEXT, data BLOB, PRIMARY KEY (kind, key))"
        )
        # Only reading shows that the file is damaged or that its table has other columns.
        connection.execute("SELECT kind, key, data FROM entries LIMIT 1").fetchall()
        connection.execute(f"PRAGMA busy_timeout = {1000 * _BUSY_TIMEOUT:.0f}")  # in milliseconds
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _delete_other_versions(folder: Path, current: Path) -> None:
    """Delete the files of other versions of the program."""
    for path in folder.glob(f"*{_SUFFIX}*"):
        # SQLite adds files with ``-wal`` and ``-shm`` after the name of the database.
        if not path.name.startswith(current.name):
            with suppress(OSError):
                path.unlink()
