"""Read JSON Lines files: one record per line, whose values are strings, or lists and objects of strings."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from generator.model.problem import Problem
from generator.model.record import Location, Raw, RawRecord
from generator.model.values import quoted
from generator.store import yaml_file


class RawRow(NamedTuple):
    """A line of a file. ``raw`` is its record; None if there are ``problems``. ``line`` counts from 1."""

    line: int
    text: str
    raw: RawRecord | None
    problems: list[Problem]


class _DuplicateKey(Exception):
    """An object contains a key twice."""


def read_rows(text: str) -> Iterator[RawRow]:
    """Yield the lines of a file that are not blank. Numbers and booleans become text; ``null`` is a problem."""
    for number, line in enumerate(text.split("\n"), 1):  # ``splitlines`` would also split at U+2028 inside strings
        if line.strip():
            yield _read_row(number, line)


def positions(text: str, line: int) -> Callable[[Location], yaml_file.Position]:
    """Return a function from the location of a value to its position. ``text`` is the line with number ``line``."""
    document = yaml_file.read(text)  # JSON is valid YAML
    return lambda location: yaml_file.Position(line, document.position(location).column)


def _read_row(number: int, line: str) -> RawRow:
    """The row of a line, with its first problem if it has one."""

    def faulty_row(code: str, message: str, hint: str, column: int = 1) -> RawRow:
        return RawRow(number, line, None, [Problem(code=code, message=message, hint=hint, line=number, column=column)])

    # The limit is that of a YAML file, so that an entry is valid in both forms or in neither.
    if len(line.encode("utf-8", "surrogatepass")) > yaml_file.MAX_BYTES:
        return faulty_row("E108", f"the line has over {yaml_file.MAX_BYTES:,} bytes", "Shorten the longest field.")
    try:
        raw = _as_strings(_parse(line))
    except json.JSONDecodeError as error:
        return faulty_row("E101", error.msg, "Each line is one whole JSON object.", error.colno)
    except _DuplicateKey as error:
        return faulty_row("E102", f"duplicate key {quoted(str(error))}", "Delete one of the two.")
    except TypeError:
        return faulty_row("E112", "null is not a value", "Leave out the field.")
    except RecursionError:
        return faulty_row("E109", f"more than {yaml_file.MAX_LEVELS} levels", "Flatten the value.")
    if not isinstance(raw, dict):
        return faulty_row("E110", "the line is not a JSON object", 'Start with {"id": …}.')
    return RawRow(number, line, raw, [])


def _parse(line: str) -> Any:
    if line.startswith("\ufeff"):  # as ``json.loads`` does; the decoder alone gives a less clear message
        raise json.JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", line, 0)
    return _DECODER.decode(line)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object from its keys and values. Raises _DuplicateKey; JSON parsers would use the last value."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _DuplicateKey(next(name for name in counts if counts[name] > 1))
    return fields


def _as_strings(value: Any, depth: int = 0) -> Raw:
    """Convert the booleans in a decoded value to text.

    Raises TypeError for null, and RecursionError for more than ``yaml_file.MAX_LEVELS`` levels.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        raise TypeError("null")
    if depth >= yaml_file.MAX_LEVELS:
        raise RecursionError
    # Most values are strings. Testing their class here saves a call for each.
    if isinstance(value, list):
        return [item if item.__class__ is str else _as_strings(item, depth + 1) for item in value]
    return {key: item if item.__class__ is str else _as_strings(item, depth + 1) for key, item in value.items()}


# ``str`` keeps the text of numbers, such as the arXiv id 2501.10.
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str)
