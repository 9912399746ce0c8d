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
from generator.store.reading import read_bytes, read_text

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

    @property
    def part(self) -> int:
        """The place of the entry's part among ``parts_of`` its file."""
        return max(self.line - 1, 0)


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
    data = read_bytes(folder, place.path)
    text = data if isinstance(data, Problem) else read_text(place.path, data)
    if isinstance(text, Problem):
        return [], [text]
    if not bulk:
        if (raw := yaml_file.fields(text)) is not None:
            return [Entry(place.id, place.path, 0, raw)], []
        held = yaml_file.read(text)
        return ([Entry(place.id, place.path, 0, held.raw)] if held.raw is not None else []), held.problems
    rows = list(jsonl_file.read_rows(text))
    entries = [Entry(str(row.raw.get("id", "")), place.path, row.line, row.raw) for row in rows if row.raw is not None]
    return entries, [problem for row in rows for problem in row.problems]


def parts_of(data: bytes, entry: Entry) -> list[str]:
    """The text of an entry's file in the parts that stand for an entry each, to be joined by line feeds."""
    text = data.decode("utf-8")
    return text.split("\n") if entry.line else [text]


def with_additions(part: str, entry: Entry, added: RawRecord) -> str | None:
    """An entry's part of its file with fields that the entry lacks: a YAML file keeps all its lines byte for byte.

    None if the file's form does not allow it (a YAML mapping in braces, for example).
    """
    if not entry.line:
        return yaml_edit.with_fields(part, added, FIELDS)
    row = json.dumps(joined(json.loads(part.removeprefix("\ufeff"), parse_float=str), added), ensure_ascii=False)
    return ("\ufeff" if part.startswith("\ufeff") else "") + row + ("\r" if part.endswith("\r") else "")
