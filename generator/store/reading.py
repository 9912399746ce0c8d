"""One file of the content folder as it holds records: each with its line, or with what is wrong there.

Knows no other file. What concerns several (an id that stands twice) is found where all are gathered.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from generator.codec.decode import decode
from generator.model.problem import Problem
from generator.model.record import Location, RawRecord
from generator.store import jsonl_file, yaml_file
from generator.store.layout import Place


class Row(NamedTuple):
    """A record, or None and the names that the faulty one has. ``line`` is 0 in a YAML file."""

    line: int
    record: Any
    problems: tuple[Problem, ...] = ()
    names: tuple[str, ...] = ()


class Holding(NamedTuple):
    """What a file holds. ``is_whole`` tells whether its records are known, though some may be faulty."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True

    @property
    def is_faultless(self) -> bool:
        """Whether there is nothing to say of the file."""
        return self.is_whole and not self.problems and not any(row.problems for row in self.rows)


def read_bytes(folder: Path, path: str) -> bytes | Problem:
    """The bytes of a file inside ``folder``, no more than tell that it is too long, or why they cannot be had."""
    limit = _limit(path)
    try:
        with open(f"{folder}/{path}", "rb") as file:  # noqa: PTH123 - there are tens of thousands
            return file.read(-1 if limit is None else limit + 1)
    except OSError as error:
        message = error.strerror or "unreadable"
        return Problem(code="E114", message=message, hint="Check the file's permissions.", path=path)


def read_text(path: str, data: bytes) -> str | Problem:
    """The text of the file at ``path``, which holds ``data``, or why it is none."""
    text = yaml_file.read_bytes(data, limit=_limit(path))
    return replace(text, path=path) if isinstance(text, Problem) else text


def holding(place: Place, data: bytes) -> Holding:
    """What the file at ``place``, which holds ``data``, holds of records. Never raises for what stands in it."""
    text = read_text(place.path, data)
    if isinstance(text, Problem):
        return Holding(problems=(text,), is_whole=False)
    if is_bulk(place.path):
        return Holding(tuple(_bulk_row(place, row) for row in jsonl_file.read_rows(text)))
    return _file(place, text)


def is_bulk(path: str) -> bool:
    """Whether the file holds a record a line."""
    return path.endswith(".jsonl")


def positions(folder: Path, path: str, wanted: Sequence[tuple[int, Location]]) -> list[yaml_file.Position]:
    """Where values stand in a file, which is read once: each is told by its record's line and its place inside that.

    A page that is written by hand holds none, so what is wrong with it stands at its beginning.
    """
    if path.endswith(".md"):
        return [yaml_file.Position(1, 1) for _ in wanted]
    data = read_bytes(folder, path)
    text = data if isinstance(data, Problem) else read_text(path, data)
    if isinstance(text, Problem):
        return [yaml_file.Position(max(line, 1), 1) for line, _ in wanted]
    if is_bulk(path):
        return _in_lines(text.split("\n"), wanted)
    document = yaml_file.read(text)
    return [document.position(location) for _, location in wanted]


def _limit(path: str) -> int | None:
    return None if is_bulk(path) or path.endswith(".md") else yaml_file.SIZE_MOST


def _in_lines(lines: Sequence[str], wanted: Sequence[tuple[int, Location]]) -> list[yaml_file.Position]:
    """Each line is read once, and forgotten before the next: what is known of a line is many times as long."""
    found = [yaml_file.Position(1, 1)] * len(wanted)
    for line, held in groupby(sorted(range(len(wanted)), key=lambda n: wanted[n][0]), key=lambda n: wanted[n][0]):
        at = jsonl_file.positions(lines[line - 1] if line <= len(lines) else "", line)
        for number in held:
            found[number] = at(wanted[number][1])
    return found


def _file(place: Place, text: str) -> Holding:
    raw = yaml_file.fields(text)
    if raw is None:
        document = yaml_file.read(text)
        raw = document.raw
        if raw is None:
            problems = tuple(replace(problem, path=place.path) for problem in document.problems)
            return Holding(problems=problems, is_whole=False)
    record, faults = _decoded(place, {"id": place.id, **{k: v for k, v in raw.items() if k != "id"}})
    if "id" in raw:
        hint = "Delete it: the file's name is the id."
        faults.append(Problem(code="E201", message="unknown field 'id'", hint=hint, location=("id",)))
    if faults:
        faults = _placed_in(text, faults)
    return Holding((_row(place, 0, raw | {"id": place.id}, record, faults),))


def _placed_in(text: str, faults: Sequence[Problem]) -> list[Problem]:
    document = yaml_file.read(text)
    placed = []
    for fault in faults:
        at_key = fault.code == "E201"
        line, column = (document.keys if at_key else {}).get(fault.location) or document.position(fault.location)
        placed.append(replace(fault, line=line, column=column))
    return placed


def _bulk_row(place: Place, row: jsonl_file.Row) -> Row:
    if row.raw is None:
        return _row(place, row.line, {}, None, row.problems)
    record, faults = _decoded(place, row.raw)
    if faults:
        at = jsonl_file.positions(row.text, row.line)
        faults = [replace(fault, **at(fault.location)._asdict()) for fault in faults]
    return _row(place, row.line, row.raw, record, faults)


def _decoded(place: Place, raw: RawRecord) -> tuple[Any, list[Problem]]:
    assert place.kind is not None
    return decode(place.kind, raw)


def _row(place: Place, line: int, raw: RawRecord, record: Any, faults: Sequence[Problem]) -> Row:
    if not faults:
        return Row(line, record)
    problems = tuple(replace(fault, path=place.path) for fault in faults)
    if record is not None:
        return Row(line, record, problems)
    aliases = raw.get("aliases")
    named = [raw[name] for name in ("id",) if name in raw] + (aliases if isinstance(aliases, list) else [])
    return Row(line, None, problems, tuple(str(name) for name in named))
