"""Limits of the content folder: sizes of files, and kinds of files that no digest needs.

A pull request can bring files of any size; what is not read costs neither memory nor time. It can also bring links,
pipes, devices, sockets and hidden files. A link may lead out of the project, a pipe blocks its reader, and a hidden
file is overlooked in a review.

``yaml_file`` has the limit of an entry, ``page_limits`` those of a hand-written page, ``model/problem.py`` the number
of problems that are listed for a file.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from generator.model.problem import Problem
from generator.store import yaml_file

MAX_BULK_BYTES = 100 * 1024 * 1024
"""Bytes of a JSON Lines file; Git hosts accept no larger file."""
MAX_ROWS = 200_000
"""Lines of a JSON Lines file that are read."""
MAX_FAULTY_ROWS = 5_000
"""Faulty lines of a JSON Lines file after which the rest of it is not read."""
MAX_FILE_BYTES = 10 * 1024 * 1024
"""Bytes of a file of the theme or beside hand-written pages, such as an image."""
MAX_PAGES_BYTES = 64 * 1024 * 1024
"""Bytes of all hand-written pages and the files beside them, which are in memory together; and of the theme."""
MAX_PERMALINKS_BYTES = 16 * 1024 * 1024
"""Bytes of ``permalinks.txt``: some 400,000 addresses."""
MAX_SETTINGS_BYTES = 1024 * 1024
"""Bytes of ``mkdocs.yml`` and of a language file."""
_TEXT_SUFFIXES = (".css", ".html", ".j2", ".js", ".json", ".po", ".pot", ".svg", ".tsv", ".txt", ".xml")
MAX_FOLDERS = 8
"""Nested folders; an entry is in the second one, ``papers/EDITION/``."""


def file_problems(folder: Path) -> Iterator[Problem]:
    """A problem for each file below ``folder`` that is no plain file, is too large, or is text that is not UTF-8.

    Their paths begin with the folder's name.
    """
    if not folder.is_dir():
        return
    total = 0
    for path in files_below(str(folder), f"{folder.as_posix()}/"):
        if isinstance(path, Problem):
            yield path
            continue
        size = Path(path).lstat().st_size
        total += size  # the size comes first: a file that is too large is never opened
        message = ""
        if size > MAX_FILE_BYTES:
            message = f"the file has more than {MAX_FILE_BYTES:,} bytes"
        elif total - size <= MAX_PAGES_BYTES < total:  # the file that exceeds the limit; those after it are not named
            message = f"{folder.name}/ has more than {MAX_PAGES_BYTES // 1024 // 1024} MB"
        if message:
            yield Problem(code="E108", message=message, hint="Link to large files elsewhere.", path=path)
        elif path.endswith(_TEXT_SUFFIXES):
            text = yaml_file.read_bytes(Path(path).read_bytes(), limit=None)
            if isinstance(text, Problem):
                yield replace(text, path=path)


def files_below(folder: str, prefix: str = "", depth: int = 1) -> Iterator[str | Problem]:
    """The paths of all plain files below ``folder`` in a fixed order; a problem for each other file.

    Paths begin with ``prefix``. Links are not followed, since they could lead out of the project.
    """
    try:
        with os.scandir(folder) as scanned:
            entries = sorted(scanned, key=attrgetter("name"))  # the order of the file system differs between machines
    except OSError as error:
        message = error.strerror or "unreadable"
        yield Problem(code="E114", message=message, hint="Check the folder's permissions.", path=prefix.rstrip("/"))
        return
    for entry in entries:
        path = prefix + entry.name
        if problem := _entry_problem(entry, path):
            yield problem
        elif entry.is_file(follow_symlinks=False):
            yield path
        elif depth == MAX_FOLDERS:
            hint = "Move its files further up."
            yield Problem(code="E113", message=f"more than {MAX_FOLDERS} nested folders", hint=hint, path=path)
        else:
            yield from files_below(entry.path, f"{path}/", depth + 1)


def symlink_problem(path: str) -> Problem:
    """The problem of a symbolic link at ``path``."""
    hint = "Replace it by the file or folder that it leads to."
    return Problem(code="E126", message="a symbolic link", hint=hint, path=path)


def _entry_problem(entry: os.DirEntry[str], path: str) -> Problem | None:
    """The problem of a directory entry at ``path``; None if it is a plain file or folder."""
    if entry.is_symlink():
        return symlink_problem(path)
    if not (entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)):
        hint = "Delete it; it cannot be published."
        return Problem(code="E127", message="a pipe, a socket or a device", hint=hint, path=path)
    if entry.name.startswith("."):
        hint = "Delete it, or give it a name without a dot in front."
        return Problem(code="W126", message="a hidden file or folder", hint=hint, path=path)
    return None
