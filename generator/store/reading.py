"""Read one file of the content folder: the records in it with their lines and problems, or a hand-written page.

Problems that concern several files, such as an id that is used twice, are found in ``load.py``.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
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
    """A record of a file, or None if it is faulty.

    ``line`` is its line in a JSON Lines file, 0 in a YAML file. ``claimed_ids`` are the id and aliases of a faulty
    record.
    """

    line: int
    record: Any
    problems: tuple[Problem, ...] = ()
    claimed_ids: tuple[str, ...] = ()


class FileRecords(NamedTuple):
    """The records of a file, and the problems of the file itself.

    ``is_complete`` is False if the file could not be read to its end.
    """

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_complete: bool = True

    @property
    def is_faultless(self) -> bool:
        """Whether neither the file nor any of its records has a problem."""
        return self.is_complete and not self.problems and not any(row.problems for row in self.rows)


def read_bytes(folder: Path, path: str) -> bytes | Problem:
    """The bytes of the file at ``path`` in ``folder``, or a problem if it cannot be read."""
    limit = limit_of(path)
    try:
        return read_at_most(f"{folder}/{path}", limit)
    except TooLarge:
        return replace(yaml_file.too_large_problem(limit), path=path)
    except OSError as error:
        message = error.strerror or "unreadable"
        return Problem(code="E114", message=message, hint="Check the file's permissions.", path=path)


def decode_file(path: str, data: bytes) -> str | Problem:
    """The text in ``data``, the bytes of the file at ``path``, or a problem if they are not text."""
    text = yaml_file.decode_bytes(data, limit=limit_of(path))
    return replace(text, path=path) if isinstance(text, Problem) else text


def read_text(folder: Path, path: str) -> str | Problem:
    """The text of the file at ``path`` in ``folder``, or a problem if it cannot be read."""
    data = read_bytes(folder, path)
    return data if isinstance(data, Problem) else decode_file(path, data)


def read_records(file: ContentFile, data: bytes) -> FileRecords:
    """The records in ``data``, the bytes of ``file``. Never raises, whatever the bytes are."""
    text = decode_file(file.path, data)
    if isinstance(text, Problem):
        return FileRecords(problems=(text,), is_complete=False)
    if is_bulk(file.path):
        return _jsonl_records(file, text)
    return _yaml_records(file, text)


def is_bulk(path: str) -> bool:
    """Whether the file has one record per line (JSON Lines)."""
    return path.endswith(".jsonl")


def positions(folder: Path, path: str, values: Sequence[tuple[int, Location]]) -> list[yaml_file.Position]:
    """The positions of ``values`` in a file. A value is given by the line of its record and its location there.

    In a hand-written page, which has no values, all positions are its beginning.
    """
    if path.endswith(".md"):
        return [yaml_file.Position(1, 1) for _ in values]
    text = read_text(folder, path)
    if isinstance(text, Problem):  # the file changed since its values were read
        return [yaml_file.Position(max(line, 1), 1) for line, _ in values]
    if is_bulk(path):
        return _positions_in_rows(text.split("\n"), values)
    document = yaml_file.read(text)
    return [document.position(location) for _, location in values]


def limit_of(path: str) -> int:
    """The most bytes that the file at ``path`` may have."""
    if is_bulk(path):
        return MAX_BULK_BYTES
    if path.endswith(".md"):
        return MAX_PAGE_BYTES
    return MAX_FILE_BYTES if path.startswith(f"{PAGES}/") else yaml_file.MAX_BYTES


def _positions_in_rows(lines: Sequence[str], values: Sequence[tuple[int, Location]]) -> list[yaml_file.Position]:
    # Values of one line are handled together: the line is parsed once, and its positions, which take many times its
    # size, are freed before the next one.
    indexes_by_line: dict[int, list[int]] = defaultdict(list)
    for index, (line, _) in enumerate(values):
        indexes_by_line[line].append(index)
    result = [yaml_file.Position(1, 1)] * len(values)
    for line, indexes in indexes_by_line.items():
        position_of = jsonl_file.positions(lines[line - 1] if line <= len(lines) else "", line)
        for index in indexes:
            result[index] = position_of(values[index][1])
    return result


def _yaml_records(file: ContentFile, text: str) -> FileRecords:
    raw = yaml_file.read_fast(text)
    if raw is None:  # the file may be faulty: the slower reader finds the problems and their positions
        document = yaml_file.read(text)
        raw = document.raw
        if raw is None:
            problems = limit_per_file(
                (replace(problem, path=file.path) for problem in document.problems), lambda problem: problem.path
            )
            return FileRecords(problems=tuple(problems), is_complete=False)
    record, problems = _decode_record(file, {**raw, "id": file.id})
    if "id" in raw:
        # The file's name is the id, so a record without other problems is still used.
        hint = "Delete it: the file's name is the id."
        problems.append(Problem(code="E201", message="unknown field 'id'", hint=hint, location=("id",)))
    if not problems:
        return FileRecords((Row(0, record),))
    problems = limit_per_file((replace(problem, path=file.path) for problem in problems), lambda problem: problem.path)
    claimed_ids = () if record is not None else _claimed_ids(raw | {"id": file.id})
    return FileRecords((Row(0, record, tuple(_with_positions(text, problems)), claimed_ids),))


def _with_positions(text: str, problems: Sequence[Problem]) -> list[Problem]:
    """The problems of a YAML file with their positions: of the field's name if it is unknown, else of the value."""
    document = yaml_file.read(text)
    result: list[Problem] = []
    for problem in problems:
        key_position = document.key_positions.get(problem.location) if problem.code == "E201" else None
        line, column = key_position or document.position(problem.location)
        result.append(replace(problem, line=line, column=column))
    return result


def _jsonl_records(file: ContentFile, text: str) -> FileRecords:
    """The records of a JSON Lines file. Reading stops after ``MAX_ROWS`` lines or ``MAX_FAULTY_ROWS`` faulty ones."""
    rows: list[Row] = []
    problem_limit = ProblemLimit()
    faulty_count = 0
    for row in jsonl_file.read_rows(text):
        if len(rows) == MAX_ROWS or faulty_count == MAX_FAULTY_ROWS:
            limit = f"{len(rows):,} lines" if len(rows) == MAX_ROWS else f"{faulty_count:,} lines with faults"
            message = f"the file has more than {limit}; it was read up to this line"
            problem = Problem(
                code="E108", message=message, hint="Divide or correct the file.", path=file.path, line=row.line
            )
            return FileRecords(tuple(rows), (problem, *problem_limit.summaries()), is_complete=False)
        rows.append(_jsonl_row(file, row, problem_limit))
        faulty_count += rows[-1].record is None
    return FileRecords(tuple(rows), tuple(problem_limit.summaries()))


def _jsonl_row(file: ContentFile, row: jsonl_file.RawRow, problem_limit: ProblemLimit) -> Row:
    """Decode a line. Only the problems that ``problem_limit`` allows are kept."""
    record, problems = _decode_record(file, row.raw) if row.raw is not None else (None, row.problems)
    if record is not None:
        return Row(row.line, record)
    problems = [replace(problem, path=file.path, line=row.line) for problem in problems]
    listed = [problem for problem in problems if problem_limit.allows(problem, file.path)]
    if row.raw is not None and listed:  # finding positions takes long
        position_of = jsonl_file.positions(row.text, row.line)
        listed = [replace(problem, **position_of(problem.location)._asdict()) for problem in listed]
    return Row(row.line, None, tuple(listed), _claimed_ids(row.raw or {}))


def _decode_record(file: ContentFile, raw: RawRecord) -> tuple[Any, list[Problem]]:
    assert file.kind is not None
    return decode(file.kind, raw)


def _claimed_ids(raw: RawRecord) -> tuple[str, ...]:
    """The id and the aliases that a faulty record claims."""
    aliases = raw.get("aliases")
    ids = [raw["id"]] if "id" in raw else []
    return tuple(map(str, [*ids, *aliases] if isinstance(aliases, list) else ids))


_FRONT_MATTER_FENCE = "---"


class _FrontMatter(NamedTuple):
    """The title and description in the front matter of a page, or '', and how many lines it has with its fences."""

    title: str = ""
    description: str = ""
    line_count: int = 0


def read_page(page_id: str, text: str) -> HandPage:
    """The page in a file.

    Its title is that of the front matter, else a heading in the first line with text, else the name of the file.
    """
    lines = text.split("\n")
    front_matter = _front_matter(lines)
    start = front_matter.line_count
    while start < len(lines) and not lines[start].strip():
        start += 1
    heading = lines[start][2:].strip() if start < len(lines) and lines[start].startswith("# ") else ""
    lines_before = start + 1 if heading else start
    body = "\n".join(lines[lines_before:])
    return HandPage(
        id=page_id,
        title=front_matter.title or heading or page_id.rpartition("/")[2].replace("-", " ").capitalize(),
        text=body.strip("\n") + "\n",
        has_heading=bool(front_matter.title or heading),
        description=front_matter.description,
        lines_before=lines_before + len(body) - len(body.lstrip("\n")),
    )


def _front_matter(lines: list[str]) -> _FrontMatter:
    """The front matter at the beginning of a page. Other keys than title and description are ignored."""
    if not lines or lines[0].strip() != _FRONT_MATTER_FENCE:
        return _FrontMatter()
    end = next((index for index, line in enumerate(lines[1:], 1) if line.strip() == _FRONT_MATTER_FENCE), 0)
    raw = yaml_file.read("\n".join(lines[1:end])).raw if end else None
    if raw is None:
        return _FrontMatter()
    title, description = (raw.get(name) for name in ("title", "description"))
    return _FrontMatter(
        title if isinstance(title, str) else "", description if isinstance(description, str) else "", end + 1
    )
