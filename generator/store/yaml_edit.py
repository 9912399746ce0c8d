"""Add fields to a YAML file that a person wrote: every line that was there stays byte for byte.

Lines are put in by position, then the whole is read again; if it does not hold exactly what was there and what was
added, the answer is None and nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import fields as fields_of

from generator.model.record import Raw, RawRecord
from generator.model.venue import Edition, Series
from generator.store import yaml_file

SERIES = tuple(field.name for field in fields_of(Series))
_MARK = "\ufeff"


def with_fields(text: str, fields: RawRecord, order: Sequence[str]) -> str | None:
    """A file's text with ``fields`` that it lacks, each behind the one that precedes it in ``order``.

    A mapping for a field that is there already is added to it (``links``). None if the file's form does not allow it.
    """
    for name, value in fields.items():
        held = _read(text)
        known = held.raw.get(name) if held.raw else None
        if held.raw is None or (known is not None and not (isinstance(known, dict) and isinstance(value, dict))):
            return None
        if isinstance(known, dict) and isinstance(value, dict):
            columns = [at.column for place, at in held.keys.items() if len(place) == 2 and place[0] == name]
            if not columns:  # an empty mapping, in braces
                return None
            column = min(columns)
            body = _indented(yaml_file.write(value), column - 1)
            wanted: RawRecord = {**held.raw, name: {**known, **value}}
            text = _inserted(text, _end_of(held, text, name), body)
        else:
            before = [key for key in order[: order.index(name)] if key in held.raw]
            at = _end_of(held, text, before[-1]) if before else min(p.line for p in held.keys.values()) - 1
            wanted = {**held.raw, name: value}
            text = _inserted(text, at, yaml_file.write({name: value}).splitlines())
        if _read(text).raw != wanted:
            return None
    return text


def with_editions(text: str, known: Sequence[Edition], added: Sequence[Edition]) -> str | None:
    """A series file's text with further editions, each before the first older one. None as above."""
    held = list(known)
    for edition in added:
        item: RawRecord = {"id": edition.id, **({"year": str(edition.year)} if edition.year else {})}
        place = next((at for at, each in enumerate(held) if (each.year or 0) < (edition.year or 0)), len(held))
        grown = _with_item(text, "editions", item, place) if held else with_fields(text, {"editions": [item]}, SERIES)
        if grown is None:
            return None
        text = grown
        held.insert(place, edition)
    return text


def _with_item(text: str, field: str, item: RawRecord, before: int) -> str | None:
    held = _read(text)
    items = held.raw.get(field) if held.raw else None
    if held.raw is None or not isinstance(items, list) or not items:
        return None
    first = held.values[(field, 0)]
    dash = _lines(text)[first.line - 1]
    body = _indented("\n".join(yaml_file.write({field: [item]}).splitlines()[1:]), len(dash) - len(dash.lstrip()))
    at = held.values[(field, before)].line - 1 if before < len(items) else _end_of(held, text, field)
    text = _inserted(text, at, body)
    wanted: list[Raw] = [*items[:before], item, *items[before:]]
    return text if _read(text).raw == {**held.raw, field: wanted} else None


def _read(text: str) -> yaml_file.Document:
    return yaml_file.read_by_lines(text.removeprefix(_MARK))


def _lines(text: str) -> list[str]:
    return text.removeprefix(_MARK).replace("\r\n", "\n").split("\n")


def _end_of(held: yaml_file.Document, text: str, name: str) -> int:
    """The number of lines up to the end of a field, without the comments and blank lines that lead to the next."""
    lines = _lines(text)
    start = held.keys[(name,)].line
    later = [at.line for place, at in held.keys.items() if len(place) == 1 and at.line > start]
    end = min(later) - 1 if later else len(lines)
    while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith(("#", "..."))):
        end -= 1
    return end


def _indented(block: str, width: int) -> list[str]:
    return [" " * width + line if line else line for line in block.splitlines()]


def _inserted(text: str, at: int, body: list[str]) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    mark = _MARK if text.startswith(_MARK) else ""
    lines = text.removeprefix(_MARK).split("\n")
    head = "".join(line + "\n" for line in lines[:at])
    if at == len(lines):  # the last line has no end
        head = head.removesuffix("\n") + newline
    return mark + head + "".join(line + newline for line in body) + "\n".join(lines[at:])
