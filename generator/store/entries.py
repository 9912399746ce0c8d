"""Entries as they stand on disk, drafts included: found without decoding, added to without rewriting."""

import json
from dataclasses import dataclass, fields, replace
from pathlib import Path

from generator.codec.merge import joined
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.record import RawRecord
from generator.store import jsonl_file, yaml_edit, yaml_file
from generator.store.layout import Place, places

FIELDS = tuple(field.name for field in fields(Paper))
"""The fields of an entry in their order."""


@dataclass(frozen=True)
class Entry:
    """One entry: its id, its file (relative to the content folder), its line in a JSON Lines file (else 0), its fields.

    The fields are raw: a draft may lack what a good entry needs.
    """

    id: str
    path: str
    line: int
    raw: RawRecord


def read_entries(folder: Path) -> tuple[list[Entry], list[Problem]]:
    """Every entry of a content folder, and the problems of files of which the fields cannot be read."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for place in places(folder) if folder.is_dir() else ():
        if isinstance(place, Place) and place.kind is Paper:
            found, wrong = _read(folder, place)
            entries += found
            problems += [replace(problem, path=place.path) for problem in wrong]
    return entries, problems


def _read(folder: Path, place: Place) -> tuple[list[Entry], list[Problem]]:
    bulk = place.path.endswith(".jsonl")
    text = yaml_file.read_bytes((folder / place.path).read_bytes(), limit=None if bulk else yaml_file.SIZE_MOST)
    if isinstance(text, Problem):
        return [], [text]
    if not bulk:
        held = yaml_file.read(text)
        return ([Entry(place.id, place.path, 0, held.raw)] if held.raw is not None else []), held.problems
    rows = jsonl_file.read_rows(text)
    entries = [Entry(str(row.raw.get("id", "")), place.path, row.line, row.raw) for row in rows if row.raw is not None]
    return entries, [problem for row in rows for problem in row.problems]


def with_additions(text: str, entry: Entry, added: RawRecord) -> str | None:
    """The text of an entry's file with fields that the entry lacks; all other lines stay byte for byte.

    None if the file's form does not allow it (a YAML mapping in braces, for example).
    """
    if not entry.line:
        return yaml_edit.with_fields(text, added, FIELDS)
    lines = text.split("\n")
    old = lines[entry.line - 1]
    row = json.dumps(joined(json.loads(old), added), ensure_ascii=False)
    lines[entry.line - 1] = row + ("\r" if old.endswith("\r") else "")
    return "\n".join(lines)
