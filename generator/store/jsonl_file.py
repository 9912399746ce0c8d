"""JSON Lines files: one record per line, read as strings only. Positions are computed only for messages."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from generator.model.problem import Problem
from generator.model.record import Location, Raw, RawRecord
from generator.model.values import quoted
from generator.store import yaml_file


class Row(NamedTuple):
    """One line: its number from 1, its text, and its record or its problems."""

    line: int
    text: str
    raw: RawRecord | None
    problems: list[Problem]


class _DuplicateKey(Exception):
    """An object contains a key twice."""


def read_rows(text: str) -> Iterator[Row]:
    """Read the lines that are not blank. Numbers keep their text; ``null`` is refused."""
    for number, line in enumerate(text.split("\n"), 1):  # ``splitlines`` would also split at U+2028 inside strings
        if line.strip():
            yield _row(number, line)


def write_rows(rows: list[RawRecord]) -> str:
    """The canonical text of records: one per line, with fields in their order."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def positions(text: str, line: int) -> Callable[[Location], yaml_file.Position]:
    """Return a function that finds the position of a value in a line of JSON, which is valid YAML."""
    document = yaml_file.read(text)
    return lambda location: yaml_file.Position(line, document.position(location).column)


def _row(number: int, line: str) -> Row:
    def fail(code: str, message: str, hint: str, column: int = 1) -> Row:
        return Row(number, line, None, [Problem(code=code, message=message, hint=hint, line=number, column=column)])

    # The limit of a YAML entry: an entry is valid in both forms or in none.
    if len(line.encode("utf-8", "surrogatepass")) > yaml_file.MAX_BYTES:
        return fail("E108", f"the line has over {yaml_file.MAX_BYTES:,} bytes", "Shorten the longest field.")
    try:
        raw = _strings(_loads(line))
    except json.JSONDecodeError as error:
        return fail("E101", error.msg, "Each line is one whole JSON object.", error.colno)
    except _DuplicateKey as error:
        return fail("E102", f"duplicate key {quoted(str(error))}", "Delete one of the two.")
    except TypeError:
        return fail("E112", "null is not a value", "Leave the field out.")
    except RecursionError:
        return fail("E109", f"more than {yaml_file.MAX_LEVELS} levels", "Flatten the value.")
    if not isinstance(raw, dict):
        return fail("E110", "the line is not a JSON object", 'Start with {"id": …}.')
    return Row(number, line, raw, [])


def _loads(line: str) -> Any:
    if line.startswith("\ufeff"):
        raise json.JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", line, 0)
    return _DECODER.decode(line)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)  # the last of two equal keys wins, as in every JSON parser, so they are reported
    if len(fields) != len(pairs):
        count = Counter(name for name, _ in pairs)
        raise _DuplicateKey(next(name for name in count if count[name] > 1))
    return fields


def _strings(value: Any, depth: int = 0) -> Raw:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        raise TypeError("null")
    if depth >= yaml_file.MAX_LEVELS:
        raise RecursionError
    # Most values are strings; testing their class here saves a call for each.
    if isinstance(value, list):
        return [item if item.__class__ is str else _strings(item, depth + 1) for item in value]
    return {key: item if item.__class__ is str else _strings(item, depth + 1) for key, item in value.items()}


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str)
