"""The functions of ``safe_files`` for systems that cannot open files relative to an open folder, such as Windows.

Links in a path are refused here, too, but somebody could replace a folder by a link after it was checked.
"""

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

# ``O_BINARY``: without it, Windows translates line ends.
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_whole(path: Path, data: bytes, inside: Path, pattern: str) -> bool:
    """Like ``safe_files.write_whole``. ``pattern`` is the name of the temporary file, with ``{}`` for a random part."""
    check_folders(path.parent, inside, make=True)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(errno.EEXIST, "not a regular file; nothing is written through a link", str(path))
    with suppress(FileNotFoundError):
        # An unchanged file keeps its time, so that editors and ``digest serve`` do not reload it.
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    temporary = path.with_name(pattern.format(secrets.token_hex(16)))
    try:
        with os.fdopen(os.open(temporary, _CREATE, 0o666), "wb") as file:
            file.write(data)
        temporary.replace(path)
    # Any exception: Ctrl+C must not leave the temporary file, either.
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return True


def check_folders(folder: Path, inside: Path, *, make: bool) -> None:
    """Check the folders from ``inside`` to ``folder``, and create missing ones if ``make`` is true.

    Raises OSError if one of them is a link or a file.
    """
    names = folder.relative_to(inside).parts
    # Folders above ``inside`` are the user's choice and may be links.
    if make:
        inside.parent.mkdir(parents=True, exist_ok=True)
    # From ``inside`` down: ``a``, ``a/b`` and ``a/b/c`` for ``a`` and the names ``b`` and ``c``.
    for checked_folder in (inside, *(inside.joinpath(*names[: n + 1]) for n in range(len(names)))):
        if checked_folder.is_symlink() or (checked_folder.exists() and not checked_folder.is_dir()):
            raise OSError(errno.ENOTDIR, "not a folder; nothing is written through a link", str(checked_folder))
        if make:
            checked_folder.mkdir(exist_ok=True)


def open_cache_file(path: Path, flags: int) -> int:
    """Like ``safe_files.open_cache_file``."""
    check_folders(path.parent, path.parent, make=True)
    if path.is_symlink():
        raise OSError(errno.ELOOP, "a link; nothing is written through it", str(path))
    return os.open(path, flags | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
