"""One file of the content folder as it holds records: each with its line, or with what is wrong there.

Knows no other file. What concerns several (an id that stands twice) is found where all are gathered.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from generator.build.safe_files import TooLarge, read_at_most
from generator.codec.decode import decode
from generator.model.problem import Listing, Problem, listed
from generator.model.record import Location, RawRecord
from generator.store import jsonl_file, yaml_file
from generator.store.layout import PAGES, Place
from generator.store.limits import BULK_MOST, FAULTY_ROWS_MOST, FILE_MOST, PAGE_MOST, ROWS_MOST


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
    """The bytes of a file inside ``folder``, or why they cannot be had."""
    limit = limit_of(path)
    try:
        return read_at_most(f"{folder}/{path}", limit)
    except TooLarge:
        return replace(yaml_file.too_large(limit), path=path)
    except OSError as error:
        message = error.strerror or "unreadable"
        return Problem(code="E114", message=message, hint="Check the file's permissions.", path=path)


def read_text(path: str, data: bytes) -> str | Problem:
    """The text of the file at ``path``, which holds ``data``, or why it is none."""
    text = yaml_file.read_bytes(data, limit=limit_of(path))
    return replace(text, path=path) if isinstance(text, Problem) else text


def holding(place: Place, data: bytes) -> Holding:
    """What the file at ``place``, which holds ``data``, holds of records. Never raises for what stands in it."""
    text = read_text(place.path, data)
    if isinstance(text, Problem):
        return Holding(problems=(text,), is_whole=False)
    if is_bulk(place.path):
        return _bulk(place, text)
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


def limit_of(path: str) -> int:
    """How many bytes of the file at ``path`` are read."""
    if is_bulk(path):
        return BULK_MOST
    if path.endswith(".md"):
        return PAGE_MOST
    return FILE_MOST if path.startswith(f"{PAGES}/") else yaml_file.SIZE_MOST


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
            problems = listed(
                (replace(problem, path=place.path) for problem in document.problems), lambda problem: problem.path
            )
            return Holding(problems=tuple(problems), is_whole=False)
    record, faults = _decoded(place, {"id": place.id, **{k: v for k, v in raw.items() if k != "id"}})
    if "id" in raw:
        hint = "Delete it: the file's name is the id."
        faults.append(Problem(code="E201", message="unknown field 'id'", hint=hint, location=("id",)))
    if not faults:
        return Holding((Row(0, record),))
    faults = listed((replace(fault, path=place.path) for fault in faults), lambda fault: fault.path)
    names = () if record is not None else _names(raw | {"id": place.id})
    return Holding((Row(0, record, tuple(_placed_in(text, faults)), names),))


def _placed_in(text: str, faults: Sequence[Problem]) -> list[Problem]:
    document = yaml_file.read(text)
    placed = []
    for fault in faults:
        at_key = fault.code == "E201"
        line, column = (document.keys if at_key else {}).get(fault.location) or document.position(fault.location)
        placed.append(replace(fault, line=line, column=column))
    return placed


def _bulk(place: Place, text: str) -> Holding:
    """What a JSON Lines file holds. It is read to its end, unless it is so long or so faulty that nobody would."""
    rows: list[Row] = []
    listing = Listing()
    faulty = 0
    for row in jsonl_file.read_rows(text):
        if len(rows) == ROWS_MOST or faulty == FAULTY_ROWS_MOST:
            what = f"{len(rows):,} lines" if len(rows) == ROWS_MOST else f"{faulty:,} lines with faults"
            message = f"the file has more than {what}; it was read up to here"
            problem = Problem(code="E108", message=message, hint="Divide or mend it.", path=place.path, line=row.line)
            return Holding(tuple(rows), (problem, *listing.rest()), is_whole=False)
        rows.append(_bulk_row(place, row, listing))
        faulty += rows[-1].record is None
    return Holding(tuple(rows), tuple(listing.rest()))


def _bulk_row(place: Place, row: jsonl_file.Row, listing: Listing) -> Row:
    record, faults = _decoded(place, row.raw) if row.raw is not None else (None, row.problems)
    if record is not None:
        return Row(row.line, record)
    faults = [replace(fault, path=place.path, line=row.line) for fault in faults]
    faults = [fault for fault in faults if listing.takes(fault, place.path)]
    if row.raw is not None and faults:
        at = jsonl_file.positions(row.text, row.line)
        faults = [replace(fault, **at(fault.location)._asdict()) for fault in faults]
    return Row(row.line, None, tuple(faults), _names(row.raw or {}))


def _decoded(place: Place, raw: RawRecord) -> tuple[Any, list[Problem]]:
    assert place.kind is not None
    return decode(place.kind, raw)


def _names(raw: RawRecord) -> tuple[str, ...]:
    """The id and the aliases that a faulty record claims."""
    aliases = raw.get("aliases")
    named = [raw[name] for name in ("id",) if name in raw] + (aliases if isinstance(aliases, list) else [])
    return tuple(str(name) for name in named)
