"""Read files with a size limit, and replace files without following links: an attacker may have prepared them.

A pull request can contain links and files of any size. So a temporary file is always new and has an unpredictable
name. Nothing is written through a link in the project; only folders above an absolute path, which the user chose, may
be links. ``read_at_most`` follows links: a caller that must not follow them checks the path first. ``is_tracked`` finds
cache files that a pull request added. Processes take turns by locks on open files, which the system releases when a
file is closed.
"""

import errno
import os
import secrets
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.build import plain_files

TEMPORARY_PREFIX = ".digest-"
TEMPORARY_SUFFIX = ".temporary"
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CREATE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_FOLLOW
_PIPE_READ_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)
# ``O_NONBLOCK``: without it, opening a pipe without a writer blocks forever.
_READ_FLAGS = _PIPE_READ_FLAGS | getattr(os, "O_NONBLOCK", 0)
# Files are read in pieces, so that a file that grows meanwhile does not fill the memory.
_READ_SIZE = 1 << 20  # bytes
_CANNOT_RENAME = frozenset({errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS})
"""Errors if ``write_whole`` cannot rename a file from the parent of its folder ``inside``.

That parent is on another file system, or not writable.
"""


class TooLarge(OSError):
    """The file is larger than the limit."""


def read_at_most(path: str | os.PathLike[str], limit: int, *, pipes: bool = False) -> bytes:
    """Return the bytes of a regular file. With ``pipes``, for paths that the user gave, it may be a pipe or device.

    Raises TooLarge for more than ``limit`` bytes, without reading all of them, and OSError if it cannot be read.
    """
    handle = os.open(path, _PIPE_READ_FLAGS if pipes else _READ_FLAGS)
    try:
        status = os.fstat(handle)
        if not (pipes or stat.S_ISREG(status.st_mode)):
            raise OSError(errno.EINVAL, "not a regular file", os.fspath(path))
        if status.st_size > limit:
            raise TooLarge(errno.EFBIG, f"larger than {limit:,} bytes", os.fspath(path))
        chunks, size = [], 0
        while chunk := os.read(handle, _READ_SIZE):
            chunks.append(chunk)
            size += len(chunk)
            if size > limit:  # a file that grew while it was read, or a pipe
                raise TooLarge(errno.EFBIG, f"larger than {limit:,} bytes", os.fspath(path))
        return b"".join(chunks)
    except OSError as error:
        error.filename = os.fspath(path)  # ``os.read`` does not know it
        raise
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes, inside: Path) -> bool:
    """Write the file at ``path`` by a rename, so that it is never half written.

    ``inside`` is a folder above ``path``. The folders between them are created, and must not be links. If the file
    contains ``data`` already, it is not written. Returns whether it was written. Raises OSError if a link or a folder
    is at one of the paths, and ValueError if ``path`` does not begin with ``inside``.
    """
    parts = path.relative_to(inside).parts
    if not parts or ".." in parts:
        raise OSError(errno.EINVAL, "not a path inside the folder", str(path))
    if not _supports_folder_handles():
        return plain_files.write_whole(path, data, inside, f"{TEMPORARY_PREFIX}{{}}{TEMPORARY_SUFFIX}")
    if not _is_in_working_folder(inside):
        inside.absolute().parent.mkdir(parents=True, exist_ok=True)
    with _open_folders(inside, parts[:-1]) as (parent_of_inside, folder):
        if _has_bytes(folder, parts[-1], data, path):
            return False
        try:
            _write_and_rename(data, parts[-1], folder, path, beside=parent_of_inside)
        except OSError as error:
            if error.errno not in _CANNOT_RENAME:
                raise
            _write_and_rename(data, parts[-1], folder, path, beside=folder)
    return True


def make_folder(folder: Path) -> None:
    """Create a folder and its parents. Raises OSError if the folder is a link.

    For a relative path, its parents must not be links, either: they are in the project.
    """
    if not _supports_folder_handles():
        plain_files.check_folders(folder, folder, make=True)
        return
    if not _is_in_working_folder(folder):
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    with _open_folders(folder, ()):
        pass


def delete_file(path: Path, inside: Path) -> None:
    """Delete the file at ``path`` if it exists. As for ``write_whole``, folders below ``inside`` must not be links."""
    parts = path.relative_to(inside).parts
    if not _supports_folder_handles():
        plain_files.check_folders(path.parent, inside, make=False)
        path.unlink(missing_ok=True)
        return
    with suppress(FileNotFoundError), _open_folders(inside, parts[:-1], make=False) as (_, folder):
        os.unlink(parts[-1], dir_fd=folder)


def open_cache_file(path: Path, flags: int) -> int:
    """Open a file of a cache, and return its descriptor. The file and its folders are created if necessary.

    ``flags`` are those of ``os.open``. Raises OSError, also for a link.
    """
    inside = path.parent
    if not _supports_folder_handles():
        return plain_files.open_cache_file(path, flags)
    if not _is_in_working_folder(inside):
        inside.mkdir(parents=True, exist_ok=True)
    with _open_folders(inside, ()) as (_, folder):
        try:
            return os.open(path.name, flags | os.O_CREAT | _NO_FOLLOW, 0o600, dir_fd=folder)
        except OSError as error:
            error.filename = str(path)
            raise


def _supports_folder_handles() -> bool:
    """Whether files can be opened relative to an open folder, so that nobody can replace the folder meanwhile."""
    return {os.open, os.stat, os.unlink, os.mkdir, os.rename} <= os.supports_dir_fd


@contextmanager
def _open_folders(inside: Path, names: tuple[str, ...], *, make: bool = True) -> Iterator[tuple[int, int]]:
    """Open folders without following links. Provides descriptors of the parent of ``inside`` and of the last folder.

    ``names`` are the folders below ``inside``, from the top. Folders above an absolute path may be links: the user
    chose them. A relative path begins in the project, to which others contribute.
    """
    if _is_in_working_folder(inside):
        start, checked = Path(), inside.parts
    else:
        start, checked = inside.absolute().parent, inside.parts[-1:]
    path = start
    # The start may be a link, since the user named it. Each folder below is opened relative to the one before, so
    # that nobody can replace one of them meanwhile.
    handles = [os.open(start, _FOLDER_FLAGS & ~_NO_FOLLOW)]
    try:
        for name in (*checked, *names):
            path /= name
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=handles[-1])
            handles.append(_open_folder(path, name, handles[-1]))
        # Temporary files are written to the parent of ``inside``, where no reader of ``inside`` finds them, or to
        # ``inside`` itself if it is the working folder, whose parent is not opened.
        yield handles[max(len(checked) - 1, 0)], handles[-1]
    finally:
        for handle in handles:
            os.close(handle)


def _is_in_working_folder(folder: Path) -> bool:
    """Whether a path is relative and stays below the working folder."""
    return not folder.is_absolute() and ".." not in folder.parts


def _open_folder(path: Path, name: str, parent: int) -> int:
    """Open the folder ``name`` relative to the descriptor ``parent``. Returns a descriptor; errors name ``path``."""
    try:
        return os.open(name, _FOLDER_FLAGS, dir_fd=parent)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise OSError(error.errno, "not a folder; nothing is written through a link", str(path)) from None
        raise


def _has_bytes(folder: int, name: str, data: bytes, path: Path) -> bool:
    """Whether the file exists and contains ``data``. Raises OSError if it is not a regular file."""
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EEXIST, "not a regular file; nothing is written through a link", str(path))
    if status.st_size != len(data):
        return False
    handle = os.open(name, os.O_RDONLY | _NO_FOLLOW, dir_fd=folder)
    with os.fdopen(handle, "rb") as file:
        # One byte more than expected shows that the file has grown since ``stat``.
        return file.read(len(data) + 1) == data


def _write_and_rename(data: bytes, name: str, folder: int, path: Path, *, beside: int) -> None:
    """Write a temporary file in the folder ``beside``, and rename it to ``name`` in ``folder``.

    Both folders are descriptors. Errors name ``path``.
    """
    temporary = f"{TEMPORARY_PREFIX}{secrets.token_hex(16)}{TEMPORARY_SUFFIX}"
    try:
        handle = os.open(temporary, _CREATE_FLAGS, _permissions(folder, name), dir_fd=beside)
        try:
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(handle, rest) :]
            finally:
                os.close(handle)
            os.replace(temporary, name, src_dir_fd=beside, dst_dir_fd=folder)
        # Any exception: Ctrl+C must not leave the temporary file, either.
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=beside)
            raise
    except OSError as error:
        error.filename = str(path)  # the requested file, not the temporary one
        raise


def _permissions(folder: int, name: str) -> int:
    """The permissions of the file that will be replaced, or the usual ones of a new file, before the umask."""
    try:
        return stat.S_IMODE(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return 0o666


def lock_file(file: int, *, wait: bool = True) -> None:
    """Lock the file with the descriptor ``file``, and wait while another process holds the lock.

    Without ``wait``, raises BlockingIOError instead of waiting; on Windows also after waiting for ten seconds. On
    systems without file locks, nothing is locked.
    """
    try:
        import fcntl
    except ModuleNotFoundError:
        _lock_on_windows(file, wait=wait)
    else:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock_on_windows(file: int, *, wait: bool) -> None:
    try:
        import msvcrt
    except ModuleNotFoundError:
        return
    # ``LK_LOCK`` waits for ten seconds and then fails (https://docs.python.org/3/library/msvcrt.html).
    mode, locking = ("LK_LOCK" if wait else "LK_NBLCK"), getattr(msvcrt, "locking")  # noqa: B009 - absent elsewhere
    try:
        locking(file, getattr(msvcrt, mode), 1)
    except OSError as error:
        raise BlockingIOError(*error.args) from error


def is_tracked(folder: Path) -> bool:
    """Whether git tracks ``folder`` or a file below it, as after a pull request that adds a cache by force.

    False outside a repository, and if git is missing or refuses to read the repository.
    """
    path = folder.absolute()
    # To start git takes longer than this check, and most caches are outside a repository.
    if not any((parent / ".git").exists() for parent in path.parents):
        return False
    # git cannot start in a folder that does not exist yet.
    existing = next(parent for parent in path.parents if parent.is_dir())
    call = ["git", "-C", str(existing), "ls-files", "-z", "--", str(path)]
    try:
        return bool(subprocess.run(call, capture_output=True, check=False).stdout)
    except OSError:
        return False
