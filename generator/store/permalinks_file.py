"""``permalinks.txt``: every address that was published once, one a line in order, such as ``papers/lee2024cats``."""

import re
from collections.abc import Iterable
from pathlib import Path

from generator.model.problem import Problem
from generator.model.values import shown
from generator.store.save import write_file
from generator.store.yaml_file import read_bytes

FILE = "permalinks.txt"
_ADDRESS = re.compile(r"(?:papers|topics|venues)/[a-z0-9-]{1,80}(?:/[a-z0-9-]{1,90})?")


def read_permalinks(content: Path) -> tuple[tuple[str, ...], list[Problem]]:
    """The addresses, line by line ('' where a line is none), and what is wrong with the file. No file: no address."""
    path = content / FILE
    if path.is_symlink() or not path.is_file():  # what a link leads to is not for messages
        return (), []
    text = read_bytes(path.read_bytes(), limit=None)
    if isinstance(text, Problem):
        return (), [text]
    lines = text.removesuffix("\n").split("\n") if text else []
    problems = []
    for number, line in enumerate(lines, 1):
        before = lines[number - 2] if number > 1 else ""
        if not _ADDRESS.fullmatch(line):
            problems.append(_bad(number, f"not an address of this site: {shown(line)}", "Delete the line."))
        elif line <= before:
            hint = "Run `digest check --update-permalinks`."
            problems.append(_bad(number, f"{'twice' if line == before else 'not in order'}: {shown(line)}", hint))
    return tuple(line if _ADDRESS.fullmatch(line) else "" for line in lines), problems


def add_permalinks(content: Path, addresses: Iterable[str]) -> list[str]:
    """Put addresses into the file, which loses none, in order. Returns those that are new."""
    held = {line for line in read_permalinks(content)[0] if line}
    new = sorted(set(addresses) - held)
    write_file(content / FILE, "".join(f"{address}\n" for address in sorted(held | set(new))))
    return new


def _bad(line: int, message: str, hint: str) -> Problem:
    return Problem(code="E321", message=message, hint=hint, line=line)
