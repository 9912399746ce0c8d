"""``digest check --fix``: repairs mechanical faults in the content folder and changes no other line."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.store.entries import write_file
from generator.store.jsonl_file import read_rows
from generator.store.layout import Place, places
from generator.store.reading import read_bytes
from generator.store.yaml_fix import fixed, mended_row
from generator.text.slips import normalized


def fix(content: Path, concerns: Callable[[Path], bool]) -> list[str]:
    """Repair the files that ``concerns`` accepts. Returns the paths of the changed files, relative to the folder."""
    changed = []
    for path in _files(content):
        if concerns(content / path):
            text = _text(content, path)
            if text is None:  # the check that follows reports it
                continue
            repair = _fixed_rows if path.endswith(".jsonl") else _fixed_yaml
            if write_file(content / path, repair(text), content):
                changed.append(path)
    return changed


def _text(content: Path, path: str) -> str | None:
    data = read_bytes(content, path)
    try:
        return None if isinstance(data, Problem) else data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _files(content: Path) -> Iterator[str]:
    for place in places(content) if content.is_dir() else ():
        if isinstance(place, Place) and (place.kind is Paper or place.path.endswith(".yaml")):
            yield place.path


def _fixed_yaml(text: str) -> str:
    return fixed(text, normalized)


def _fixed_rows(text: str) -> str:
    """Return JSON Lines in which only the rows with faults are rewritten."""
    return "\n".join(_fixed_row(line) for line in text.split("\n"))


def _fixed_row(line: str) -> str:
    if not all(row.raw for row in read_rows(line)):  # the check that follows reports it
        return line
    # parse_float=str keeps the last zero of an identifier that is written as a number, such as 2501.12340.
    row = json.loads(line, parse_float=str) if line.strip() else ""
    repaired = mended_row(row, normalized)
    return line if repaired == row else json.dumps(repaired, ensure_ascii=False) + ("\r" if line.endswith("\r") else "")
