"""Folders of output: which files are in them, and whether each still is as it was written.

Every tree of output has files of its own, never links to those of another tree, so a change of one is no change of
another. A file is known again by its *stamp*: size, times and inode, which every way to change a file changes; if the
stamp differs, by a hash of its bytes.
"""

import os
import shutil
import stat
from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from struct import pack
from typing import NamedTuple

import msgspec

from generator.build.executors import cores, run_parallel
from generator.build.task import File, Stored, hash_of

STAMP = 8
"""Bytes of a stamp."""

_MANY = 5_000
"""Files that are worth processes of their own to copy."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

Manifest = dict[str, Stored]
"""The files of a folder of output by their paths."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Stored]).decode


class Written(NamedTuple):
    """How many files were written, found unchanged, and deleted."""

    written: int
    unchanged: int
    deleted: int


def stamp_of(status: os.stat_result) -> bytes:
    """What tells a file from the same file after any change: size, times of change and inode, as 8 bytes."""
    values = pack("<qqqQ", status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return blake2b(values, digest_size=STAMP).digest()


def entries_below(folder: str) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """The paths below a folder of all files, with their entries, and of folders in which there is nothing."""
    pending = deque([""])
    while pending:
        below = pending.popleft()
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(f"{folder}/{below}") as entries:
            entry = None
            for entry in entries:
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                else:
                    yield path, entry
            if below and entry is None:
                yield below.rstrip("/"), None


def stamps_below(folder: str) -> dict[str, bytes]:
    """The stamps of all files below a folder, by their paths in it.

    What is no regular file has an empty stamp, and so has a folder in which there is nothing.
    """
    stamps = {}
    for path, entry in entries_below(folder):
        is_file = entry and entry.is_file(follow_symlinks=False)
        stamps[path] = stamp_of(entry.stat(follow_symlinks=False)) if entry and is_file else b""
    return stamps


def sizes_below(folder: str) -> dict[str, int]:
    """The sizes of all files below a folder, in bytes, by their paths in it."""
    return {path: entry.stat(follow_symlinks=False).st_size for path, entry in entries_below(folder) if entry}


def intact_files(folder: str, manifest: Manifest, stamps: Mapping[str, bytes] | None = None) -> Manifest:
    """The files of a manifest that are in the folder and hold what they held, with their stamps of now.

    ``stamps`` are those of all files below the folder, if they are known.
    """
    stamps = stamps_below(folder) if stamps is None else stamps
    intact: Manifest = {}
    for path, stored in manifest.items():
        stamp = stamps.get(path)
        if stamp == stored.stamp:
            intact[path] = stored
        elif stamp and _hash_of_file(f"{folder}/{path}") == stored.hash:
            intact[path] = stored._replace(stamp=stamp)
    return intact


def is_as_written(folder: str, manifest: Manifest) -> bool:
    """Whether the folder holds the files of the manifest, untouched, and no others."""
    return bool(manifest) and stamps_below(folder) == {path: stored.stamp for path, stored in manifest.items()}


def pack_manifest(manifest: Manifest) -> bytes:
    """A manifest as bytes."""
    return _encode(list(manifest.values()))


def unpack_manifest(data: bytes | None) -> Manifest:
    """The manifest that was packed, or an empty one."""
    try:
        return {stored.path: stored for stored in _decode(data)} if data else {}
    except msgspec.MsgspecError:
        return {}


def write_exactly(files: Iterable[File], folder: Path) -> Written:
    """Make ``folder`` hold exactly ``files``; write only what changed. Raises ValueError if two have one path."""
    paths: set[str] = set()
    written = 0
    _without_links(os.fspath(folder))
    for file in files:
        if file.path in paths:
            raise ValueError(f"two files are {file.path}")
        paths.add(file.path)
        if not _holds(folder / file.path, file.data):
            write_file(os.fspath(folder), file.path, file.data)
            written += 1
    others = _remove_others(os.fspath(folder), paths)
    return Written(written, len(paths) - written, others)


def write_file(folder: str, path: str, data: bytes) -> os.stat_result:
    """Write a file below ``folder``, anew: nothing is written into or through what stands there.

    Returns the status of the file. Raises OSError.
    """
    target = f"{folder}/{path}"
    for _ in range(3):
        try:
            descriptor = os.open(target, _NEW, 0o666)
            break
        except FileNotFoundError:
            _make_parent(folder, path)
        except NotADirectoryError:
            _clear_way(folder, path)
        except FileExistsError:
            _remove(target)
    else:
        descriptor = os.open(target, _NEW, 0o666)
    try:
        while data:
            data = data[os.write(descriptor, data) :]
        return os.fstat(descriptor)
    except OSError as error:
        error.filename = target  # a failed write does not name its file
        raise
    finally:
        os.close(descriptor)


class OutputFolder:
    """A folder into which a build writes. ``manifest`` is what is known of the files in it.

    Links are removed first, since one to a folder would lead what is written out of this one. Raises OSError.
    """

    def __init__(self, folder: Path, manifest: Manifest | None = None) -> None:
        self.path = folder
        self._folder = os.fspath(folder)
        self._present = intact_files(self._folder, manifest or {}, _without_links(self._folder))

    def store(self, file: File) -> Stored:
        """Write a file. Returns what is known of it. Raises OSError."""
        status = write_file(self._folder, file.path, file.data)
        return Stored(file.path, hash_of(file.data), status.st_size, stamp_of(status))

    def finish(
        self, kept: Iterable[str], stored: Mapping[str, Stored], source: str, files: Manifest,
        rewritten: Container[str] = (),
    ) -> Manifest:  # fmt: skip
        """Make the folder hold the ``kept`` files of the folder ``source``, the ``stored`` ones, and no others.

        ``files`` are the intact files of ``source``. Files ``rewritten`` here during the build are copied again.
        Returns the manifest of the folder. Raises OSError.
        """
        manifest: Manifest = dict(stored)
        missing: list[Stored] = []
        for path in kept:
            present = self._present.get(path)
            if present and present.hash == files[path].hash and path not in rewritten:
                manifest[path] = present
            else:
                missing.append(files[path])
        manifest.update((copy.path, copy) for copy in self._copied(source, missing))
        _remove_others(self._folder, manifest)
        return manifest

    def _copied(self, source: str, files: Sequence[Stored]) -> Iterator[Stored]:
        """Copy intact files from the folder ``source``; several processes share them if they are many."""
        workers = cores() if len(files) > _MANY else 1
        size = -(-len(files) // workers) or 1
        shards = [files[start : start + size] for start in range(0, len(files), size)]
        stamps = run_parallel([partial(_copy, source, self._folder, shard) for shard in shards], workers)
        for file, stamp in zip(files, chain.from_iterable(stamps), strict=True):
            yield file._replace(stamp=stamp)


def _copy(source: str, folder: str, files: Iterable[Stored]) -> list[bytes]:
    """Copy files from one folder to another. Returns their stamps."""
    stamps = []
    for file in files:
        with open(f"{source}/{file.path}", "rb", buffering=0) as original:  # noqa: PTH123 - hundreds of thousands
            stamps.append(stamp_of(write_file(folder, file.path, original.read())))
    return stamps


def _holds(path: Path, data: bytes) -> bool:
    """Whether the path is that of a regular file with these bytes."""
    with suppress(OSError):
        return stat.S_ISREG(path.lstat().st_mode) and path.read_bytes() == data
    return False


def _without_links(folder: str) -> dict[str, bytes]:
    """Remove links, empty folders and whatever else is no regular file. Returns the stamps of the files."""
    stamps = stamps_below(folder)
    for path in [path for path, stamp in stamps.items() if not stamp]:
        _remove(f"{folder}/{path}")
        del stamps[path]
    return stamps


def _hash_of_file(path: str) -> bytes:
    with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123
        return hash_of(file.read())
    return b""


def _make_parent(folder: str, path: str) -> None:
    """Most often only the last folder is missing, and another process may make it at the same time."""
    parent = f"{folder}/{path}".rpartition("/")[0]
    try:
        os.mkdir(parent)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        try:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
        except (NotADirectoryError, FileExistsError):
            _clear_way(folder, path)
    except NotADirectoryError:
        _clear_way(folder, path)


def _clear_way(folder: str, path: str) -> None:
    """Remove the file that stands where a folder above ``path`` must be."""
    above = folder
    for name in path.split("/")[:-1]:
        above = f"{above}/{name}"
        with suppress(FileNotFoundError):
            if not stat.S_ISDIR(os.lstat(above).st_mode):
                os.unlink(above)  # noqa: PTH108
                return


def _remove(path: str) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        if stat.S_ISDIR(os.lstat(path).st_mode):
            shutil.rmtree(path)
        else:
            os.unlink(path)  # noqa: PTH108


def _remove_others(folder: str, paths: Container[str]) -> int:
    """Remove all files below ``folder`` but those at ``paths``, and folders in which nothing is left.

    Returns how many were removed.
    """
    others = [path for path, _ in entries_below(folder) if path not in paths]
    for path in others:
        _remove(f"{folder}/{path}")
        with suppress(OSError):
            while path := path.rpartition("/")[0]:
                os.rmdir(f"{folder}/{path}")  # noqa: PTH106
    return len(others)
