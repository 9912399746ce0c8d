"""Bytes that are kept beside a site from one build to the next, by names.

What is read is what this very program wrote under that name, or nothing: it stands under a keyed hash.
"""

import contextlib
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

_LENGTH = 32  # bytes of a hash


class KeptFiles:
    """Files in a ``folder``, written by the ``version`` of the generator; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None, version: bytes = b"") -> None:
        self._folder, self._version = folder, version
        self._used: set[str] = set()

    def read(self, name: str) -> bytes | None:
        """What was written under ``name``; None if nothing was, or if it is not what was written."""
        self._used |= {name, _new(name)}
        if self._folder is None:
            return None
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        kept = memoryview(data)[_LENGTH:]
        return bytes(kept) if data[:_LENGTH] == self._hash(name, kept) else None

    def write(self, name: str, data: bytes) -> None:
        """Keep ``data``. A build that cannot write it is none the worse."""
        self._used |= {name, _new(name)}
        if self._folder is None:
            return
        path, new = self._folder / name, self._folder / _new(name)
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            with new.open("wb") as file:
                file.write(self._hash(name, data))
                file.write(data)
            new.replace(path)

    def again(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What was written under ``name``, or what ``make`` makes, which is written."""
        if (kept := self.read(name)) is not None:
            return kept
        self.write(name, made := make())
        return made

    def drop_others(self) -> None:
        """Let go of all that was neither read nor written, in this process or before it was forked."""
        if self._folder is not None and self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    path.unlink(missing_ok=True)

    def _hash(self, name: str, data: bytes | memoryview) -> bytes:
        state = blake2b(f"{name}\0".encode(), digest_size=_LENGTH, key=self._version)
        state.update(data)
        return state.digest()


def _new(name: str) -> str:
    """Where what will stand under ``name`` is written first."""
    return f"{name}.new"
