"""Output folders: the files in them, and whether each file is unchanged since it was written.

Output folders share no files by links: a change of a file in one folder never changes another folder. A file with the
same *stamp* is unchanged: each change of a file changes its size, one of its times, or its inode. If the stamp differs,
the hash of the bytes decides.
"""

import os
import shutil
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from itertools import chain
from math import ceil
from pathlib import Path
from struct import pack
from typing import NamedTuple

import msgspec

from generator.build.executors import cores, run_parallel
from generator.build.task import File, StoredFile, hash_of

STAMP_LENGTH = 8  # bytes
_MIN_PARALLEL_FILES = 5_000  # from this number of files on, several processes copy them

# ``O_EXCL``: never write to an existing file, which may be a link or share its inode with a file elsewhere.
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

Manifest = dict[str, StoredFile]
"""The files of an output folder by path."""

_encode_files = msgspec.msgpack.Encoder().encode
_decode_files = msgspec.msgpack.Decoder(list[StoredFile]).decode


class WriteCounts(NamedTuple):
    """The numbers of files that were written, unchanged, and deleted."""

    written: int
    unchanged: int
    deleted: int


def stamp_of(status: os.stat_result) -> bytes:
    """Return the stamp of a file: a hash of size, times of change and inode, 8 bytes."""
    # The change time is included because, unlike the modification time, no program can set it back.
    values = pack("<qqqQ", status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return blake2b(values, digest_size=STAMP_LENGTH).digest()


def entries_below(folder: str) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Yield the paths of all files below a folder with their entries, and of empty folders with None."""
    pending = deque([""])
    while pending:
        subfolder = pending.popleft()
        # An entry of ``scandir`` says whether it is a folder without a further system call.
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(f"{folder}/{subfolder}") as entries:
            entry = None
            for entry in entries:
                path = f"{subfolder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                else:
                    yield path, entry
            if subfolder and entry is None:
                yield subfolder.rstrip("/"), None


def stamps_below(folder: str) -> dict[str, bytes]:
    """Return the stamps of all files below a folder, by path in it. Other entries and empty folders have b''."""
    stamps = {}
    for path, entry in entries_below(folder):
        is_file = entry and entry.is_file(follow_symlinks=False)
        stamps[path] = stamp_of(entry.stat(follow_symlinks=False)) if entry and is_file else b""
    return stamps


def sizes_below(folder: str) -> dict[str, int]:
    """Return the sizes of all files below a folder in bytes, by path in it."""
    return {path: entry.stat(follow_symlinks=False).st_size for path, entry in entries_below(folder) if entry}


def intact_files(folder: str, manifest: Manifest, stamps: Mapping[str, bytes] | None = None) -> Manifest:
    """Return the files of a manifest that are unchanged in the folder, with their current stamps.

    ``stamps`` are those of all files below the folder; if None, they are read.
    """
    stamps = stamps_below(folder) if stamps is None else stamps
    intact: Manifest = {}
    for path, stored in manifest.items():
        stamp = stamps.get(path)
        if stamp == stored.stamp:
            intact[path] = stored
        # After ``cp -a``, or in a cache restored by CI, every stamp differs, but the bytes are the same.
        elif stamp and _hash_of_file(f"{folder}/{path}") == stored.hash:
            intact[path] = stored._replace(stamp=stamp)
    return intact


def is_as_written(folder: str, manifest: Manifest) -> bool:
    """Return whether the folder contains exactly the files of a manifest that is not empty, with their stamps."""
    return bool(manifest) and stamps_below(folder) == {path: stored.stamp for path, stored in manifest.items()}


def pack_manifest(manifest: Manifest) -> bytes:
    """Encode a manifest."""
    return _encode_files(list(manifest.values()))


def unpack_manifest(data: bytes | None) -> Manifest:
    """Decode a manifest; other bytes give an empty one."""
    try:
        return {stored.path: stored for stored in _decode_files(data)} if data else {}
    except msgspec.MsgspecError:
        return {}


def write_exactly(files: Iterable[File], folder: Path) -> WriteCounts:
    """Make ``folder`` contain exactly ``files``, and write only changed ones. Raises ValueError for equal paths."""
    paths: set[str] = set()
    written = 0
    _remove_links(os.fspath(folder))
    for file in files:
        if file.path in paths:
            raise ValueError(f"two files are {file.path}")
        paths.add(file.path)
        if not _has_bytes(folder / file.path, file.data):
            write_file(os.fspath(folder), file.path, file.data)
            written += 1
    others = {path for path, _ in entries_below(os.fspath(folder))} - paths
    _remove_below(os.fspath(folder), others)
    return WriteCounts(written, len(paths) - written, len(others))


def write_file(folder: str, path: str, data: bytes) -> os.stat_result:
    """Write a new file at ``path`` in ``folder``. An existing file, link or folder there is removed, never written to.

    Returns the status of the file. Raises OSError.
    """
    target = f"{folder}/{path}"
    # There are three possible obstacles: a file in place of a parent, a missing parent, a file at the path itself.
    for _ in range(3):
        try:
            descriptor = os.open(target, _CREATE, 0o666)
            break
        except FileNotFoundError:
            _create_parent(folder, path)
        except NotADirectoryError:
            _remove_blocking_file(folder, path)
        except FileExistsError:
            _remove_path(target)
    else:
        descriptor = os.open(target, _CREATE, 0o666)
    try:
        while data:
            data = data[os.write(descriptor, data) :]
        # By descriptor, since another file could be at the path by now.
        return os.fstat(descriptor)
    except OSError as error:
        error.filename = target  # a failed write does not name its file
        raise
    finally:
        os.close(descriptor)


class OutputFolder:
    """A folder into which a build writes. ``manifest`` has the files in it that an earlier build wrote.

    Links in the folder are removed first: files below a linked folder would be written elsewhere. Raises OSError.
    """

    def __init__(self, folder: Path, manifest: Manifest | None = None) -> None:
        self.path = folder
        self._folder = os.fspath(folder)
        # A pull request may have added the folder, with links that lead out of it.
        stamps = _remove_links(self._folder)
        self._initial_paths = frozenset(stamps)
        self._reusable = intact_files(self._folder, manifest or {}, stamps)

    def store(self, file: File) -> StoredFile:
        """Write a file, and return its entry for a manifest. Raises OSError."""
        status = write_file(self._folder, file.path, file.data)
        return StoredFile(file.path, hash_of(file.data), status.st_size, stamp_of(status))

    def finish(
        self, unchanged: Iterable[str], stored: Mapping[str, StoredFile], source: str, source_files: Manifest,
        rewritten: Set[str] = frozenset(),
    ) -> Manifest:  # fmt: skip
        """Make the folder contain the ``stored`` files, the ``unchanged`` files of ``source``, and no others.

        ``source_files`` are the intact files in the folder ``source``. ``rewritten`` are the paths of files that
        the build has replaced here: if they are among ``unchanged``, they are copied again. Returns the manifest of the
        folder. Raises OSError.
        """
        manifest: Manifest = dict(stored)
        missing: list[StoredFile] = []
        for path in unchanged:
            reusable = self._reusable.get(path)
            if reusable and reusable.hash == source_files[path].hash and path not in rewritten:
                manifest[path] = reusable
            else:
                missing.append(source_files[path])
        manifest.update((copy.path, copy) for copy in self._copy_all(source, missing))
        # The folder need not be listed again: each file in it was there at the start, or was written since.
        _remove_below(self._folder, (self._initial_paths | rewritten) - manifest.keys())
        return manifest

    def _copy_all(self, source: str, files: Sequence[StoredFile]) -> Iterator[StoredFile]:
        """Copy files from the folder ``source``, and yield them with the stamps of the copies."""
        workers = cores() if len(files) > _MIN_PARALLEL_FILES else 1
        size = ceil(len(files) / workers) or 1
        shards = [files[start : start + size] for start in range(0, len(files), size)]
        stamps = run_parallel([partial(_copy, source, self._folder, shard) for shard in shards], workers)
        for file, stamp in zip(files, chain.from_iterable(stamps), strict=True):
            yield file._replace(stamp=stamp)


def _copy(source: str, folder: str, files: Iterable[StoredFile]) -> list[bytes]:
    """Copy files from the folder ``source`` to ``folder``. Returns the stamps of the copies."""
    stamps = []
    for file in files:
        # For hundreds of thousands of files, ``pathlib`` is noticeably slower.
        with open(f"{source}/{file.path}", "rb", buffering=0) as original:  # noqa: PTH123
            stamps.append(stamp_of(write_file(folder, file.path, original.read())))
    return stamps


def _has_bytes(path: Path, data: bytes) -> bool:
    """Return whether there is a regular file with these bytes at the path."""
    with suppress(OSError):
        return stat.S_ISREG(path.lstat().st_mode) and path.read_bytes() == data
    return False


def _remove_links(folder: str) -> dict[str, bytes]:
    """Remove links, devices, empty folders and folders that become empty. Returns the stamps of the regular files."""
    stamps = stamps_below(folder)
    _remove_below(folder, [path for path, stamp in stamps.items() if not stamp])
    return {path: stamp for path, stamp in stamps.items() if stamp}


def _hash_of_file(path: str) -> bytes:
    with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123
        return hash_of(file.read())
    return b""


def _create_parent(folder: str, path: str) -> None:
    """Create the folder of the file at ``path``. Another process may create it at the same time."""
    parent = f"{folder}/{path}".rpartition("/")[0]
    try:
        os.mkdir(parent)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        try:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
        except (NotADirectoryError, FileExistsError):
            _remove_blocking_file(folder, path)
    except NotADirectoryError:
        _remove_blocking_file(folder, path)


def _remove_blocking_file(folder: str, path: str) -> None:
    """Remove a file that is in the place of a folder above ``path``."""
    parent = folder
    for name in path.split("/")[:-1]:
        parent = f"{parent}/{name}"
        with suppress(FileNotFoundError):
            if not stat.S_ISDIR(os.lstat(parent).st_mode):
                os.unlink(parent)  # noqa: PTH108
                return


def _remove_path(path: str) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        if stat.S_ISDIR(os.lstat(path).st_mode):
            shutil.rmtree(path)
        else:
            os.unlink(path)  # noqa: PTH108


def _remove_below(folder: str, paths: Iterable[str]) -> None:
    """Remove files and empty folders below ``folder``, and folders that become empty."""
    for path in paths:
        target = Path(folder, path)
        is_folder = target.is_dir() and not target.is_symlink()  # it may have taken the place of a file
        with suppress(FileNotFoundError, NotADirectoryError):
            if not is_folder:
                target.unlink()
        parent = path if is_folder else path.rpartition("/")[0]
        with suppress(OSError):  # a folder with other files stays
            while parent:
                os.rmdir(f"{folder}/{parent}")  # noqa: PTH106
                parent = parent.rpartition("/")[0]
