"""Limits of the content folder: sizes of files, and kinds of files that are refused.

A pull request can contain files of any size, which could fill the memory, and files other than plain ones. A link can
lead out of the project, a pipe blocks the program that reads it, and reviewers overlook hidden files.

Further limits are in ``yaml_file`` (an entry), ``page_limits`` (a hand-written page) and ``model/problem.py`` (the
number of listed problems).
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from generator.model.problem import Problem
from generator.store import yaml_file

MAX_BULK_BYTES = 100 * 1024 * 1024
"""Bytes of a JSON Lines file. Git hosts refuse larger files."""
MAX_ROWS = 200_000
"""Lines of a JSON Lines file that are read."""
MAX_FAULTY_ROWS = 5_000
"""Faulty lines of a JSON Lines file after which the rest of it is not read."""
MAX_FILE_BYTES = 10 * 1024 * 1024
"""Bytes of a file of the theme or beside hand-written pages, such as an image."""
MAX_PAGES_BYTES = 64 * 1024 * 1024
"""Bytes of all hand-written pages and the files beside them, which are in memory together; also of the theme."""
MAX_PERMALINKS_BYTES = 16 * 1024 * 1024
"""Bytes of ``permalinks.txt``: some 400,000 addresses."""
MAX_SETTINGS_BYTES = 1024 * 1024
"""Bytes of ``mkdocs.yml`` and of a language file."""
# Files of the theme that must be UTF-8.
_TEXT_SUFFIXES = (".css", ".html", ".j2", ".js", ".json", ".po", ".pot", ".svg", ".tsv", ".txt", ".xml")
MAX_FOLDERS = 8
"""Levels of folders. Entries are in the second level, ``papers/EDITION/``."""


def file_problems(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each file below ``folder`` that is hidden, no plain file, too large, or text but not UTF-8.

    The file with which all files together become too large is reported, too. Paths begin with that of ``folder``.
    """
    if not folder.is_dir():
        return
    total = 0
    for path in files_below(str(folder), f"{folder.as_posix()}/"):
        if isinstance(path, Problem):
            yield path
            continue
        size = Path(path).lstat().st_size  # tested before the file is opened
        total += size
        message = ""
        if size > MAX_FILE_BYTES:
            message = f"the file has more than {MAX_FILE_BYTES:,} bytes"
        elif total - size <= MAX_PAGES_BYTES < total:  # only the first file beyond the limit is reported
            message = f"{folder.name}/ has more than {MAX_PAGES_BYTES // 1024 // 1024} MB"
        if message:
            yield Problem(code="E108", message=message, hint="Link to large files elsewhere.", path=path)
        elif path.endswith(_TEXT_SUFFIXES):
            text_or_problem = yaml_file.decode_bytes(Path(path).read_bytes(), limit=None)
            if isinstance(text_or_problem, Problem):
                yield replace(text_or_problem, path=path)


def files_below(folder: str, prefix: str = "", depth: int = 1) -> Iterator[str | Problem]:
    """Yield the paths of all plain files below ``folder``, in a fixed order, and a problem for each other file.

    Paths begin with ``prefix``. Links are not followed, since they could lead out of the project. ``depth`` is the
    level of ``folder``, from 1.
    """
    try:
        with os.scandir(folder) as iterator:
            entries = sorted(iterator, key=attrgetter("name"))  # the order of the file system differs between machines
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
            hint = "Move its files to a higher folder."
            yield Problem(code="E113", message=f"more than {MAX_FOLDERS} nested folders", hint=hint, path=path)
        else:
            yield from files_below(entry.path, f"{path}/", depth + 1)


def symlink_problem(path: str) -> Problem:
    """The problem of a symbolic link at ``path``."""
    hint = "Replace it by the file or folder to which it leads."
    return Problem(code="E126", message="a symbolic link", hint=hint, path=path)


def _entry_problem(entry: os.DirEntry[str], path: str) -> Problem | None:
    """The problem of a directory entry at ``path``; None for a plain file or folder that is not hidden."""
    if entry.is_symlink():
        return symlink_problem(path)
    if not (entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)):
        hint = "Delete it; it cannot be published."
        return Problem(code="E127", message="a pipe, a socket or a device", hint=hint, path=path)
    if entry.name.startswith("."):
        hint = "Delete it, or remove the dot from the beginning of its name."
        return Problem(code="W126", message="a hidden file or folder", hint=hint, path=path)
    return None
