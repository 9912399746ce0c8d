"""Read and extend ``permalinks.txt``, the sorted list of all published addresses, such as ``papers/lee2024cats``."""

import errno
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.build.safe_files import TooLarge, read_at_most
from generator.model.problem import Problem, limit_per_file
from generator.model.values import quoted
from generator.store.entries import write_file
from generator.store.limits import MAX_PERMALINKS_BYTES
from generator.store.yaml_file import decode_bytes, too_large_problem

FILE = "permalinks.txt"
# ``papers/ID``, ``venues/SERIES/YEAR``. The last part of an edition's address can be longer than an id: ``2026-ID``.
_ADDRESS = re.compile(r"(?:authors|collections|papers|tags|topics|venues)/[a-z0-9-]{1,80}(?:/[a-z0-9-]{1,90})?")


def read_permalinks(content: Path) -> tuple[tuple[str, ...], list[Problem]]:
    """The text of each line ('' if it is no address), and the problems of the file. Both are empty without a file."""
    text = _read(content)
    if isinstance(text, Problem):
        return (), [text]
    lines = text.removesuffix("\n").split("\n") if text else []
    addresses = tuple(line if _ADDRESS.fullmatch(line) else "" for line in lines)
    return addresses, limit_per_file(_line_problems(lines), lambda _: FILE)


def add_permalinks(content: Path, addresses: Iterable[str]) -> list[str]:
    """Add addresses to the file, and sort it. Returns the addresses that it did not contain.

    Raises OSError if the existing file cannot be read, because its addresses would be lost.
    """
    if isinstance(text := _read(content), Problem):
        raise OSError(errno.EINVAL, text.message, str(content / FILE))
    permalinks = {line for line in read_permalinks(content)[0] if line}
    new = sorted(set(addresses) - permalinks)
    write_file(content / FILE, "".join(f"{address}\n" for address in sorted(permalinks | set(new))), content)
    return new


def _read(content: Path) -> str | Problem:
    """The text of the file; '' if there is none. A link counts as none: messages would quote a file elsewhere."""
    path = content / FILE
    if path.is_symlink() or not path.is_file():
        return ""
    try:
        return decode_bytes(read_at_most(path, MAX_PERMALINKS_BYTES), limit=MAX_PERMALINKS_BYTES)
    except TooLarge:
        return too_large_problem(MAX_PERMALINKS_BYTES)


def _line_problems(lines: Sequence[str]) -> Iterator[Problem]:
    previous = ""
    for number, line in enumerate(lines, 1):
        if not _ADDRESS.fullmatch(line):
            yield _problem(number, f"not an address of this site: {quoted(line)}", "Delete the line.")
        elif line <= previous:
            hint = "Run `digest check --update-permalinks`."
            yield _problem(number, f"{'twice' if line == previous else 'not in order'}: {quoted(line)}", hint)
        previous = line


def _problem(line: int, message: str, hint: str) -> Problem:
    return Problem(code="E321", message=message, hint=hint, line=line)
