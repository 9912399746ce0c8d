"""The journal of a mailing, from which an interrupted mailing resumes: a line for each event of a recipient.

A server delivers a message only once it has received its end. The event ``begin`` is written to disk before that end
is sent, and ``sent`` after the server has accepted the message. A message with ``begin`` but without ``sent`` may or
may not have arrived. Addresses are stored as keyed hashes, so that nobody without the key can test who subscribes.
"""

import errno
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.build.safe_files import is_tracked, lock_file, open_cache_file

_KEY_SIZE = 32  # bytes


class JournalBusy(Exception):
    """Another run is using this journal."""


class WrongKey(Exception):
    """The journal was written with another key, so its recipients are unknown."""


class Journal:
    """A journal, opened by one process at a time. ``sent``, ``refused`` and ``uncertain`` hold hashes of addresses."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open or create the journal at ``path``. Raises JournalBusy if another process uses it, or WrongKey."""
        self._key = key
        self._file = open_cache_file(path, os.O_RDWR)
        try:
            lock_file(self._file, wait=False)
        except BlockingIOError as error:
            os.close(self._file)
            raise JournalBusy(str(path)) from error
        content = os.read(self._file, os.fstat(self._file).st_size)
        # Remove an incomplete last line, which a crash leaves: the next event needs a line of its own.
        complete_lines = content[: content.rfind(b"\n") + 1]
        os.ftruncate(self._file, len(complete_lines))
        os.lseek(self._file, 0, os.SEEK_END)
        self.sent: set[str] = set()
        self.refused: set[str] = set()
        self.uncertain: set[str] = set()
        header, *lines = complete_lines.decode("utf-8", "replace").splitlines() or [""]
        if not header:
            os.write(self._file, f"{self._header}\n".encode())
        elif header != self._header:
            os.close(self._file)
            raise WrongKey(str(path))
        for line in lines:
            event, _, address_hash = line.partition(" ")
            self._apply(event, address_hash)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def begin(self, address: str) -> None:
        """Record that the message to ``address`` is about to be sent."""
        self._write("begin", address)

    def accept(self, address: str) -> None:
        """Record that the server has accepted the message to ``address``."""
        self._write("sent", address)

    def refuse(self, address: str) -> None:
        """Record that the server rejects messages to ``address`` permanently."""
        self._write("refused", address)

    def undo(self, address: str) -> None:
        """Record that the message to ``address`` was rejected after ``begin``, so it may be sent again."""
        self._write("undone", address)

    def address_hash(self, address: str) -> str:
        """Return the keyed hash of an address. Case makes no difference."""
        return hmac.new(self._key, b"address " + address.lower().encode(), hashlib.sha256).hexdigest()

    @property
    def _header(self) -> str:
        """The first line of the journal. It contains a hash that only the right key gives."""
        return f"key {hmac.new(self._key, b'journal', hashlib.sha256).hexdigest()}"

    def _write(self, event: str, address: str) -> None:
        line = f"{event} {self.address_hash(address)}\n".encode()
        if os.write(self._file, line) < len(line):  # a full disk
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(self._file)  # an event must be on the disk before the server gets the end of the message
        self._apply(event, self.address_hash(address))

    def _apply(self, event: str, address_hash: str) -> None:
        # The last event of an address counts, except that an accepted message stays ``sent``.
        self.uncertain.discard(address_hash)
        self.refused.discard(address_hash)
        hashes = {"begin": self.uncertain, "sent": self.sent, "refused": self.refused}.get(event)
        if hashes is not None:
            hashes.add(address_hash)


def journal_key(secret: str, folder: Path) -> bytes:
    """Return the key of the journals in ``folder``.

    The key is derived from ``secret`` by a slow function, so that guessing the secret is expensive. If ``secret`` is
    '', the key is random and stored in the folder, readable by the owner only. This raises OSError if git tracks the
    folder, because a pull request could add a key and a forged journal.
    """
    if secret:
        return hashlib.scrypt(secret.encode(), salt=b"digest journal", n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=32)
    if is_tracked(folder):
        raise OSError(errno.EPERM, "git tracks this folder: delete it, or give DIGEST_MAIL_KEY", str(folder))
    with os.fdopen(open_cache_file(folder / "key", os.O_RDWR), "r+b") as file:
        key = file.read(_KEY_SIZE)
        if len(key) < _KEY_SIZE:
            key = secrets.token_bytes(_KEY_SIZE)
            file.seek(0)
            file.write(key)
    return key
