"""Writes the archive. The same files give the same bytes, and ``sha256sum -c`` verifies the unpacked files."""

import gzip
import hashlib
import io
import secrets
import tarfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from generator.build.safe_files import PREFIX, SUFFIX, make_folder

CHECKSUMS = "manifest-sha256.txt"
"""The list of checksums in the archive, in the format of ``sha256sum``. It lists every file except itself."""


def files_below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """Yield the regular files below a folder with their names in the archive, in order. Links are left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{prefix}/{path.relative_to(folder).as_posix()}", path


def checksums(files: Iterable[tuple[str, Path | bytes]]) -> str:
    """Return the list of checksums, sorted by name."""
    return "".join(f"{_sha256(content)}  {name}\n" for name, content in sorted(files, key=lambda file: file[0]))


def write_archive(path: Path, root: str, files: list[tuple[str, Path | bytes]], day: date) -> None:
    """Write the archive, with every file below ``root`` and dated ``day``. It is renamed when it is complete.

    Raises OSError if the folder is a symbolic link.
    """
    stamp = (day.toordinal() - 719163) * 86400  # 719163 is the ordinal of 1 January 1970
    make_folder(path.parent)
    # A pull request may add a link with a predictable name. The name is random, and mode x never follows a link.
    part = path.with_name(f"{PREFIX}{secrets.token_hex(16)}{SUFFIX}")
    try:
        with (
            part.open("xb") as raw,
            gzip.GzipFile("", "wb", 6, raw, mtime=stamp) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            for name, content in sorted(files, key=lambda file: file[0]):
                data = content if isinstance(content, bytes) else content.read_bytes()
                info = tarfile.TarInfo(f"{root}/{name}")
                info.size, info.mtime, info.mode = len(data), stamp, 0o644
                archive.addfile(info, io.BytesIO(data))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def file_in_archive(path: Path, name: str) -> str:
    """Return the text of one file of an archive, whatever its root folder. Raises KeyError if it is missing."""
    with tarfile.open(path, "r:gz") as archive:
        for member in archive:
            if member.isfile() and member.name.partition("/")[2] == name:
                content_file = archive.extractfile(member)
                assert content_file is not None
                return content_file.read().decode("utf-8")
    raise KeyError(name)


def _sha256(content: Path | bytes) -> str:
    data = content if isinstance(content, bytes) else content.read_bytes()
    return hashlib.sha256(data).hexdigest()
