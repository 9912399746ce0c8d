"""The inputs of a site besides its content: the program, its libraries, the theme and the settings."""

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

_PACKAGE = "curated-paper-digest"
SOURCE = Path(__file__).parent.parent
MAX_FILE_SIZE = 128 << 20
"""Bytes; larger files are refused by all readers of content and settings."""


def hash_of_files(paths: Iterable[Path], *, follow: bool = True, below: Path | None = None) -> bytes:
    """Return a hash of 32 bytes of the names and bytes of all files among ``paths``.

    Links are hashed themselves, unless ``follow`` is set. Files are named by their paths, or relative to the folder
    ``below``, so that moving that folder does not change the hash. A file larger than ``MAX_FILE_SIZE`` counts by size
    and time, an unreadable one by its name: its reader reports the fault later.
    """
    state = blake2b(digest_size=32)
    for path in sorted(path for path in paths if path.is_file() or path.is_symlink()):
        try:
            digest = _digest_of(path) if follow or not path.is_symlink() else os.fsencode(path.readlink())
        except OSError:
            digest = b""
        name = path.relative_to(below) if below else path
        # Names can contain bytes that are not UTF-8, which Python represents by surrogates.
        state.update(f"{name.as_posix()}\0".encode("utf-8", "surrogateescape") + digest)
    return state.digest()


def settings_files(config: Path) -> list[Path]:
    """``mkdocs.yml`` and the files that it inherits from (https://www.mkdocs.org/user-guide/configuration/)."""
    files: list[Path] = []
    path: Path | None = config
    # Files that inherit from each other would never end.
    while path and path not in files:
        files.append(path)
        path = _inherited(path)
    return files


def _inherited(config: Path) -> Path | None:
    """The value of ``INHERIT`` in a configuration, at the top level."""
    try:
        # ``compose`` constructs no values: `mkdocs.yml` may contain tags such as ``!ENV`` that the safe loader refuses.
        node = yaml.compose(read_at_most(config, MAX_FILE_SIZE), Loader=yaml.SafeLoader)
    except (OSError, yaml.YAMLError, ValueError, RecursionError):
        return None
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == "INHERIT" and isinstance(value, yaml.ScalarNode):
            return config.parent / str(value.value)
    return None


def _digest_of(path: Path) -> bytes:
    status = path.stat()
    if status.st_size > MAX_FILE_SIZE:
        return f"{status.st_size} {status.st_mtime_ns}".encode()
    with path.open("rb") as file:
        return file_digest(file, blake2b).digest()


@lru_cache(maxsize=1)
def program_version() -> bytes:
    """The files of the generator, Python, and the required libraries."""
    # Python is included: slugs, for example, depend on its Unicode tables, which change with its version.
    versions = [sys.version, *(f"{name} {_version(name)}" for name in _libraries())]
    return hash_of_files(SOURCE.rglob("*.py"), below=SOURCE) + "\n".join(versions).encode()


def _libraries() -> list[str]:
    try:
        requirements = requires(_PACKAGE) or ()
    except PackageNotFoundError:  # the program runs from a checkout that is not installed
        return sorted(str(distribution.name) for distribution in distributions())
    return sorted(name[0] for line in requirements if (name := re.match(r"[\w-]+", line)))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
