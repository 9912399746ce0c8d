"""The functions of ``safe_files`` for systems that cannot open files relative to an open folder, such as Windows.

Links in a path are refused too, but somebody could replace a folder by a link between the check and the use.
"""

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

# ``O_BINARY``: without it, Windows translates line ends.
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_whole(path: Path, data: bytes, inside: Path, pattern: str) -> bool:
    """Like ``safe_files.write_whole``; ``pattern`` is the name of the temporary file."""
    refuse_links(path.parent, inside, make=True)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(errno.EEXIST, "not a regular file; nothing is written through a link", str(path))
    with suppress(FileNotFoundError):
        # An unchanged file keeps its time, so editors and ``digest serve`` notice nothing.
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    temporary = path.with_name(pattern.format(secrets.token_hex(16)))
    try:
        with os.fdopen(os.open(temporary, _CREATE, 0o666), "wb") as file:
            file.write(data)
        temporary.replace(path)
    # Ctrl+C, too, must not leave the temporary file.
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return True


def refuse_links(folder: Path, inside: Path, *, make: bool) -> None:
    """Create the folders from ``inside`` to ``folder``. Raises OSError if one of them is a link or a file."""
    below = folder.relative_to(inside).parts
    # Folders above ``inside`` are the user's choice and may be links.
    inside.parent.mkdir(parents=True, exist_ok=True)
    for checked in (inside, *(inside.joinpath(*below[: n + 1]) for n in range(len(below)))):
        if checked.is_symlink() or (checked.exists() and not checked.is_dir()):
            raise OSError(errno.ENOTDIR, "not a folder; nothing is written through a link", str(checked))
        if make:
            checked.mkdir(exist_ok=True)


def open_cache_file(path: Path, flags: int) -> int:
    """Like ``safe_files.open_cache_file``."""
    refuse_links(path.parent, path.parent, make=True)
    if path.is_symlink():
        raise OSError(errno.ELOOP, "a link; nothing is written through it", str(path))
    return os.open(path, flags | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
