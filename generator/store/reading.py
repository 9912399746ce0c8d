"""Read one file of the content folder: its records, each with its line and its problems, or a hand-written page.

Knows no other file. What concerns several files (an id used twice) is checked in ``load.py``.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from generator.build.safe_files import TooLarge, read_at_most
from generator.codec.decode import decode
from generator.model.catalog import HandPage
from generator.model.problem import Listing, Problem, listed
from generator.model.record import Location, RawRecord
from generator.store import jsonl_file, yaml_file
from generator.store.layout import PAGES, Place
from generator.store.limits import MAX_BULK_BYTES, MAX_FAULTY_ROWS, MAX_FILE_BYTES, MAX_ROWS
from generator.store.page_limits import MAX_PAGE_BYTES


class Row(NamedTuple):
    """A record; or None, and the id and aliases of a faulty one. ``line`` is 0 in a YAML file."""

    line: int
    record: Any
    problems: tuple[Problem, ...] = ()
    names: tuple[str, ...] = ()


class FileRecords(NamedTuple):
    """The records of a file. ``is_complete`` is False if the file could not be read to its end."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_complete: bool = True

    @property
    def is_faultless(self) -> bool:
        """Whether neither the file nor any of its records has a problem."""
        return self.is_complete and not self.problems and not any(row.problems for row in self.rows)


def read_bytes(folder: Path, path: str) -> bytes | Problem:
    """The bytes of a file inside ``folder``, or why it cannot be read."""
    limit = limit_of(path)
    try:
        return read_at_most(f"{folder}/{path}", limit)
    except TooLarge:
        return replace(yaml_file.too_large(limit), path=path)
    except OSError as error:
        message = error.strerror or "unreadable"
        return Problem(code="E114", message=message, hint="Check the file's permissions.", path=path)


def read_text(path: str, data: bytes) -> str | Problem:
    """Decode ``data``, the bytes of the file at ``path``, or say why they are not text."""
    text = yaml_file.read_bytes(data, limit=limit_of(path))
    return replace(text, path=path) if isinstance(text, Problem) else text


def read_records(place: Place, data: bytes) -> FileRecords:
    """The records in ``data``, the bytes of the file at ``place``. Never raises, whatever the bytes are."""
    text = read_text(place.path, data)
    if isinstance(text, Problem):
        return FileRecords(problems=(text,), is_complete=False)
    if is_bulk(place.path):
        return _bulk(place, text)
    return _file(place, text)


def is_bulk(path: str) -> bool:
    """Whether the file has one record per line (JSON Lines)."""
    return path.endswith(".jsonl")


def positions(folder: Path, path: str, wanted: Sequence[tuple[int, Location]]) -> list[yaml_file.Position]:
    """The positions of values in a file, which is read once. A value is given by its record's line and its location.

    A hand-written page has no values, so its problems are reported at its first line.
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
        return MAX_BULK_BYTES
    if path.endswith(".md"):
        return MAX_PAGE_BYTES
    return MAX_FILE_BYTES if path.startswith(f"{PAGES}/") else yaml_file.MAX_BYTES


def _in_lines(lines: Sequence[str], wanted: Sequence[tuple[int, Location]]) -> list[yaml_file.Position]:
    """Each line is parsed once and freed before the next: its positions take many times its size."""
    result = [yaml_file.Position(1, 1)] * len(wanted)
    for line, numbers in groupby(sorted(range(len(wanted)), key=lambda n: wanted[n][0]), key=lambda n: wanted[n][0]):
        position_of = jsonl_file.positions(lines[line - 1] if line <= len(lines) else "", line)
        for number in numbers:
            result[number] = position_of(wanted[number][1])
    return result


def _file(place: Place, text: str) -> FileRecords:
    raw = yaml_file.fields(text)
    if raw is None:
        document = yaml_file.read(text)
        raw = document.raw
        if raw is None:
            problems = listed(
                (replace(problem, path=place.path) for problem in document.problems), lambda problem: problem.path
            )
            return FileRecords(problems=tuple(problems), is_complete=False)
    record, faults = _decoded(place, {"id": place.id, **{k: v for k, v in raw.items() if k != "id"}})
    if "id" in raw:
        hint = "Delete it: the file's name is the id."
        faults.append(Problem(code="E201", message="unknown field 'id'", hint=hint, location=("id",)))
    if not faults:
        return FileRecords((Row(0, record),))
    faults = listed((replace(fault, path=place.path) for fault in faults), lambda fault: fault.path)
    names = () if record is not None else _names(raw | {"id": place.id})
    return FileRecords((Row(0, record, tuple(_placed_in(text, faults)), names),))


def _placed_in(text: str, faults: Sequence[Problem]) -> list[Problem]:
    document = yaml_file.read(text)
    placed = []
    for fault in faults:
        at_key = fault.code == "E201"
        line, column = (document.keys if at_key else {}).get(fault.location) or document.position(fault.location)
        placed.append(replace(fault, line=line, column=column))
    return placed


def _bulk(place: Place, text: str) -> FileRecords:
    """The records of a JSON Lines file. Reading stops after ``MAX_ROWS`` lines or ``MAX_FAULTY_ROWS`` faulty ones."""
    rows: list[Row] = []
    listing = Listing()
    faulty = 0
    for row in jsonl_file.read_rows(text):
        if len(rows) == MAX_ROWS or faulty == MAX_FAULTY_ROWS:
            what = f"{len(rows):,} lines" if len(rows) == MAX_ROWS else f"{faulty:,} lines with faults"
            message = f"the file has more than {what}; it was read up to this line"
            problem = Problem(
                code="E108", message=message, hint="Divide or correct the file.", path=place.path, line=row.line
            )
            return FileRecords(tuple(rows), (problem, *listing.rest()), is_complete=False)
        rows.append(_bulk_row(place, row, listing))
        faulty += rows[-1].record is None
    return FileRecords(tuple(rows), tuple(listing.rest()))


def _bulk_row(place: Place, row: jsonl_file.Row, listing: Listing) -> Row:
    record, faults = _decoded(place, row.raw) if row.raw is not None else (None, row.problems)
    if record is not None:
        return Row(row.line, record)
    faults = [replace(fault, path=place.path, line=row.line) for fault in faults]
    faults = [fault for fault in faults if listing.takes(fault, place.path)]
    if row.raw is not None and faults:
        position_of = jsonl_file.positions(row.text, row.line)
        faults = [replace(fault, **position_of(fault.location)._asdict()) for fault in faults]
    return Row(row.line, None, tuple(faults), _names(row.raw or {}))


def _decoded(place: Place, raw: RawRecord) -> tuple[Any, list[Problem]]:
    assert place.kind is not None
    return decode(place.kind, raw)


def _names(raw: RawRecord) -> tuple[str, ...]:
    """The id and the aliases that a faulty record claims."""
    aliases = raw.get("aliases")
    names = [raw[name] for name in ("id",) if name in raw] + (aliases if isinstance(aliases, list) else [])
    return tuple(str(name) for name in names)


_FENCE = "---"


def read_page(page_id: str, text: str) -> HandPage:
    """The page of a file. Its title is the front matter's, else the first heading, else the file's name."""
    lines = text.split("\n")
    title, description, start = _front_matter(lines)
    while start < len(lines) and not lines[start].strip():
        start += 1
    heading = lines[start][2:].strip() if start < len(lines) and lines[start].startswith("# ") else ""
    above = start + 1 if heading else start
    body = "\n".join(lines[above:])
    return HandPage(
        id=page_id,
        title=title or heading or page_id.rpartition("/")[2].replace("-", " ").capitalize(),
        text=body.strip("\n") + "\n",
        has_heading=bool(title or heading),
        description=description,
        above=above + len(body) - len(body.lstrip("\n")),
    )


def _front_matter(lines: list[str]) -> tuple[str, str, int]:
    """Title and description of the front matter, and the line after it. Other keys are Material's."""
    if not lines or lines[0].strip() != _FENCE:
        return "", "", 0
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), 0)
    raw = yaml_file.read("\n".join(lines[1:end])).raw if end else None
    if raw is None:
        return "", "", 0
    title, description = (raw.get(name) for name in ("title", "description"))
    return (title if isinstance(title, str) else ""), (description if isinstance(description, str) else ""), end + 1
