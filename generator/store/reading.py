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
from generator.model.problem import Problem, ProblemLimit, limit_per_file
from generator.model.record import Location, RawRecord
from generator.store import jsonl_file, yaml_file
from generator.store.layout import PAGES, ContentFile
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


def read_records(file: ContentFile, data: bytes) -> FileRecords:
    """The records in ``data``, the bytes of ``file``. Never raises, whatever the bytes are."""
    text = read_text(file.path, data)
    if isinstance(text, Problem):
        return FileRecords(problems=(text,), is_complete=False)
    if is_bulk(file.path):
        return _jsonl_records(file, text)
    return _yaml_records(file, text)


def is_bulk(path: str) -> bool:
    """Whether the file has one record per line (JSON Lines)."""
    return path.endswith(".jsonl")


def positions(folder: Path, path: str, values: Sequence[tuple[int, Location]]) -> list[yaml_file.Position]:
    """The positions of values in a file, which is read once. A value is given by its record's line and its location.

    A hand-written page has no values, so its problems are reported at its first line.
    """
    if path.endswith(".md"):
        return [yaml_file.Position(1, 1) for _ in values]
    data = read_bytes(folder, path)
    text = data if isinstance(data, Problem) else read_text(path, data)
    if isinstance(text, Problem):
        return [yaml_file.Position(max(line, 1), 1) for line, _ in values]
    if is_bulk(path):
        return _positions_in_rows(text.split("\n"), values)
    document = yaml_file.read(text)
    return [document.position(location) for _, location in values]


def limit_of(path: str) -> int:
    """How many bytes of the file at ``path`` are read."""
    if is_bulk(path):
        return MAX_BULK_BYTES
    if path.endswith(".md"):
        return MAX_PAGE_BYTES
    return MAX_FILE_BYTES if path.startswith(f"{PAGES}/") else yaml_file.MAX_BYTES


def _positions_in_rows(lines: Sequence[str], values: Sequence[tuple[int, Location]]) -> list[yaml_file.Position]:
    # Each line is parsed once and freed before the next: its positions take many times its size.
    result = [yaml_file.Position(1, 1)] * len(values)
    for line, numbers in groupby(sorted(range(len(values)), key=lambda n: values[n][0]), key=lambda n: values[n][0]):
        position_of = jsonl_file.positions(lines[line - 1] if line <= len(lines) else "", line)
        for number in numbers:
            result[number] = position_of(values[number][1])
    return result


def _yaml_records(file: ContentFile, text: str) -> FileRecords:
    raw = yaml_file.fields(text)
    if raw is None:  # something unusual: the slower reader says what, and where
        document = yaml_file.read(text)
        raw = document.raw
        if raw is None:
            problems = limit_per_file(
                (replace(problem, path=file.path) for problem in document.problems), lambda problem: problem.path
            )
            return FileRecords(problems=tuple(problems), is_complete=False)
    record, faults = _decode_record(file, {"id": file.id, **{k: v for k, v in raw.items() if k != "id"}})
    if "id" in raw:
        # The file's name is used, so a record without other faults is still read.
        hint = "Delete it: the file's name is the id."
        faults.append(Problem(code="E201", message="unknown field 'id'", hint=hint, location=("id",)))
    if not faults:
        return FileRecords((Row(0, record),))
    faults = limit_per_file((replace(fault, path=file.path) for fault in faults), lambda fault: fault.path)
    names = () if record is not None else _claimed_ids(raw | {"id": file.id})
    return FileRecords((Row(0, record, tuple(_with_positions(text, faults)), names),))


def _with_positions(text: str, faults: Sequence[Problem]) -> list[Problem]:
    document = yaml_file.read(text)
    result = []
    for fault in faults:
        # An unknown field is wrong at its name, everything else at its value.
        key_position = document.keys.get(fault.location) if fault.code == "E201" else None
        line, column = key_position or document.position(fault.location)
        result.append(replace(fault, line=line, column=column))
    return result


def _jsonl_records(file: ContentFile, text: str) -> FileRecords:
    """The records of a JSON Lines file. Reading stops after ``MAX_ROWS`` lines or ``MAX_FAULTY_ROWS`` faulty ones."""
    rows: list[Row] = []
    problem_limit = ProblemLimit()
    faulty = 0
    for row in jsonl_file.read_rows(text):
        if len(rows) == MAX_ROWS or faulty == MAX_FAULTY_ROWS:
            what = f"{len(rows):,} lines" if len(rows) == MAX_ROWS else f"{faulty:,} lines with faults"
            message = f"the file has more than {what}; it was read up to this line"
            problem = Problem(
                code="E108", message=message, hint="Divide or correct the file.", path=file.path, line=row.line
            )
            return FileRecords(tuple(rows), (problem, *problem_limit.summaries()), is_complete=False)
        rows.append(_jsonl_row(file, row, problem_limit))
        faulty += rows[-1].record is None
    return FileRecords(tuple(rows), tuple(problem_limit.summaries()))


def _jsonl_row(file: ContentFile, row: jsonl_file.Row, problem_limit: ProblemLimit) -> Row:
    record, faults = _decode_record(file, row.raw) if row.raw is not None else (None, row.problems)
    if record is not None:
        return Row(row.line, record)
    faults = [replace(fault, path=file.path, line=row.line) for fault in faults]
    faults = [fault for fault in faults if problem_limit.allows(fault, file.path)]  # before positions, which take long
    if row.raw is not None and faults:
        position_of = jsonl_file.positions(row.text, row.line)
        faults = [replace(fault, **position_of(fault.location)._asdict()) for fault in faults]
    return Row(row.line, None, tuple(faults), _claimed_ids(row.raw or {}))


def _decode_record(file: ContentFile, raw: RawRecord) -> tuple[Any, list[Problem]]:
    assert file.kind is not None
    return decode(file.kind, raw)


def _claimed_ids(raw: RawRecord) -> tuple[str, ...]:
    """The id and the aliases that a faulty record claims."""
    aliases = raw.get("aliases")
    ids = [raw["id"]] if "id" in raw else []
    return tuple(map(str, [*ids, *aliases] if isinstance(aliases, list) else ids))


_FENCE = "---"


def read_page(page_id: str, text: str) -> HandPage:
    """The page of a file. Its title is the front matter's, else the first heading, else the file's name."""
    lines = text.split("\n")
    title, description, start = _front_matter(lines)
    while start < len(lines) and not lines[start].strip():
        start += 1
    heading = lines[start][2:].strip() if start < len(lines) and lines[start].startswith("# ") else ""
    lines_before = start + 1 if heading else start
    body = "\n".join(lines[lines_before:])
    return HandPage(
        id=page_id,
        title=title or heading or page_id.rpartition("/")[2].replace("-", " ").capitalize(),
        text=body.strip("\n") + "\n",
        has_heading=bool(title or heading),
        description=description,
        lines_before=lines_before + len(body) - len(body.lstrip("\n")),
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
