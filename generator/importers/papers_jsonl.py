"""Records with the fields of an entry, one JSON object per line."""

import json
from typing import Any

from generator.importers.raw_paper import Note, Options, Parsed, RawPaper
from generator.model.record import Raw

NAME = "jsonl"

_MAX_DEPTH = 20  # an entry has at most four levels


def recognizes(text: str) -> bool:
    """Whether the first line that is not blank is a JSON object."""
    first_line = next((line for line in text.removeprefix("\ufeff").split("\n") if line.strip()), "")
    try:
        return isinstance(json.loads(first_line), dict)
    except (ValueError, RecursionError):
        return False


def read(text: str, options: Options) -> Parsed:
    """Read the records. A line that is not an object is left out with a note."""
    parsed = Parsed()
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            # Numbers stay as written: a float would turn the arXiv id 2301.10 into 2301.1.
            value = _strings(json.loads(line, parse_int=str, parse_float=str, parse_constant=str))
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deeply")
            parsed.notes.append(Note(number, f"not a JSON object: {reason}", lost=True))
            continue
        if not isinstance(value, dict):
            parsed.notes.append(Note(number, "not a JSON object", lost=True))
            continue
        if options.added:
            value.setdefault("added", options.added)
        parsed.papers.append(RawPaper(value, number))
    return parsed


def _strings(value: Any, depth: int = 0) -> Raw:
    """Convert numbers and booleans to text, and drop null values. Raises RecursionError beyond `_MAX_DEPTH` levels."""
    if depth > _MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return {_encodable(key): _strings(item, depth + 1) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_strings(item, depth + 1) for item in value if item is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    return _encodable(str(value))


def _encodable(text: str) -> str:
    """The text without lone surrogates (``\\ud800`` in JSON), which a file cannot contain."""
    return text.encode("utf-8", "ignore").decode("utf-8")
