"""Hashes of the inputs of a site besides its content: the program, its libraries, the theme and the settings."""

import os
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b, file_digest
from importlib.metadata import PackageNotFoundError, distributions, requires, version
from pathlib import Path

import yaml

from generator.build.safe_files import read_at_most

DISTRIBUTION = "curated-paper-digest"
"""The name under which pip installs the program."""
SOURCE = Path(__file__).parent.parent
MAX_FILE_SIZE = 128 << 20
"""Bytes. All readers of content and settings refuse larger files."""


def hash_of_files(paths: Iterable[Path], *, follow_links: bool = True, below: Path | None = None) -> bytes:
    """Return a hash (32 bytes) of the names and contents of all files among ``paths``.

    Without ``follow_links``, the target of a link is hashed in place of its content. The name of a file is its path; or
    its path relative to the folder ``below``, so that the hash stays the same if the folder is moved. Of a file larger
    than ``MAX_FILE_SIZE``, size and time are hashed; of an unreadable file, only the name.
    """
    state = blake2b(digest_size=32)
    for path in sorted(path for path in paths if path.is_file() or path.is_symlink()):
        try:
            is_hashed_link = path.is_symlink() and not follow_links
            content_hash = os.fsencode(path.readlink()) if is_hashed_link else _hash_of_file(path)
        except OSError:
            content_hash = b""
        name = path.relative_to(below) if below else path
        # Names can contain bytes that are not UTF-8, which Python represents by surrogates.
        state.update(f"{name.as_posix()}\0".encode("utf-8", "surrogateescape") + content_hash)
    return state.digest()


def settings_files(config: Path) -> list[Path]:
    """Return ``mkdocs.yml`` and the files that it inherits from (https://www.mkdocs.org/user-guide/configuration/)."""
    files: list[Path] = []
    path: Path | None = config
    # Each file once: files may inherit from each other in a circle.
    while path and path not in files:
        files.append(path)
        path = _inherited(path)
    return files


def _inherited(config: Path) -> Path | None:
    """Return the file that a configuration inherits from: its value of ``INHERIT`` at the top level."""
    try:
        # ``compose`` constructs no values, so that it accepts tags that the safe loader refuses, such as ``!ENV``.
        node = yaml.compose(read_at_most(config, MAX_FILE_SIZE), Loader=yaml.SafeLoader)
    except (OSError, yaml.YAMLError, ValueError, RecursionError):
        return None
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == "INHERIT" and isinstance(value, yaml.ScalarNode):
            return config.parent / str(value.value)
    return None


def _hash_of_file(path: Path) -> bytes:
    status = path.stat()
    if status.st_size > MAX_FILE_SIZE:
        return f"{status.st_size} {status.st_mtime_ns}".encode()
    with path.open("rb") as file:
        return file_digest(file, blake2b).digest()


@lru_cache(maxsize=1)
def program_version() -> bytes:
    """Return bytes that change with the program: a hash of its modules and tables, and versions of what it runs on."""
    # Slugs, for example, depend on the Unicode tables of Python.
    versions = [sys.version, *(f"{name} {_version_of(name)}" for name in _libraries())]
    files = (path for pattern in ("*.py", "*.json") for path in SOURCE.rglob(pattern))
    return hash_of_files(files, below=SOURCE) + "\n".join(versions).encode()


def _libraries() -> list[str]:
    """Return the names of the libraries that the program and its extras require."""
    try:
        requirements = requires(DISTRIBUTION) or ()
    except PackageNotFoundError:  # the program runs from a checkout that is not installed
        return sorted(str(distribution.name) for distribution in distributions())
    return sorted(name[0] for line in requirements if (name := re.match(r"[\w-]+", line)))


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
