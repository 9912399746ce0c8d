"""What was sent to whom, a line each, so that a mailing that was stopped goes on where it stood.

``begin`` is on the disk before a message's last byte goes out, ``sent`` after the server has taken it, so only a
message with the one and without the other may or may not have arrived. Addresses stand there as hashes: the journal
tells nobody who subscribes.
"""

import errno
import fcntl
import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class Busy(Exception):
    """Another run is sending by this journal."""


class Journal:
    """An open journal, held by one process at a time. ``sent``, ``refused`` and ``open`` hold hashes of addresses."""

    def __init__(self, path: Path) -> None:
        """Open or create the journal at ``path``. Raises Busy if another process holds it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise Busy(str(path)) from error
        held = os.read(self._file, os.fstat(self._file).st_size)
        # A line that was being written when the machine stopped counts for nothing.
        whole = held[: held.rfind(b"\n") + 1]
        os.ftruncate(self._file, len(whole))
        os.lseek(self._file, 0, os.SEEK_END)
        self.sent: set[str] = set()
        self.refused: set[str] = set()
        self.open: set[str] = set()
        for line in whole.decode("utf-8", "replace").splitlines():
            self._note(*line.partition(" ")[::2])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def begin(self, address: str) -> None:
        """The message to ``address`` is about to be handed over."""
        self._write("begin", address)

    def done(self, address: str) -> None:
        """The server has taken the message to ``address``."""
        self._write("sent", address)

    def refuse(self, address: str) -> None:
        """The server will never take a message to ``address``."""
        self._write("refused", address)

    def undo(self, address: str) -> None:
        """The message to ``address`` did not go out after all."""
        self._write("undone", address)

    def _write(self, what: str, address: str) -> None:
        line = f"{what} {hashed(address)}\n".encode()
        if os.write(self._file, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(self._file)
        self._note(what, hashed(address))

    def _note(self, what: str, who: str) -> None:
        self.open.discard(who)
        self.refused.discard(who)
        held = {"begin": self.open, "sent": self.sent, "refused": self.refused}.get(what)
        if held is not None:
            held.add(who)


def hashed(address: str) -> str:
    """How the journal knows an address."""
    return hashlib.sha256(address.lower().encode()).hexdigest()
