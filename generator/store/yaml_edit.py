"""Add fields to a YAML file that a person wrote: every existing line stays byte for byte.

Lines are inserted by position, then the result is read again; if its values are not exactly the old and the added ones,
the functions return None, and the file is left alone.
"""

from collections.abc import Sequence
from dataclasses import fields as fields_of

from generator.model.entities import Edition, Series
from generator.model.record import Raw, RawRecord
from generator.store import yaml_file, yaml_write

_SERIES_FIELDS = tuple(field.name for field in fields_of(Series))
_BOM = "\ufeff"


def with_fields(text: str, fields: RawRecord, order: Sequence[str]) -> str | None:
    """A file's text with added ``fields``, each after the one that precedes it in ``order``.

    A mapping (``links``) is merged into that of the file. None if the file's form does not allow it.
    """
    for name, value in fields.items():
        document = _read(text)
        old = document.raw.get(name) if document.raw else None
        if document.raw is None or (old is not None and not (isinstance(old, dict) and isinstance(value, dict))):
            return None
        if isinstance(old, dict) and isinstance(value, dict):
            columns = [position.column for key, position in document.keys.items() if len(key) == 2 and key[0] == name]
            if not columns:  # an empty mapping, in braces
                return None
            column = min(columns)
            body = _indented(yaml_write.write(value), column - 1)
            expected: RawRecord = {**document.raw, name: {**old, **value}}
            text = _inserted(text, _end_of(document, text, name), body)
        else:
            before = [key for key in order[: order.index(name)] if key in document.raw]
            # Without a field before it, the new one comes first, but below comments at the top of the file.
            first = min(position.line for position in document.keys.values()) - 1
            line = _end_of(document, text, before[-1]) if before else first
            expected = {**document.raw, name: value}
            text = _inserted(text, line, yaml_write.write({name: value}).splitlines())
        if _read(text).raw != expected:
            return None
    return text


def with_editions(text: str, known: Sequence[Edition], added: Sequence[Edition]) -> str | None:
    """A series file's text with added editions, each before the first older one. None as for ``with_fields``."""
    editions = list(known)
    for edition in added:
        item: RawRecord = {"id": edition.id, **({"year": str(edition.year)} if edition.year else {})}
        older = (index for index, other in enumerate(editions) if (other.year or 0) < (edition.year or 0))
        index = next(older, len(editions))
        if editions:
            extended = _with_item(text, "editions", item, index)
        else:
            extended = with_fields(text, {"editions": [item]}, _SERIES_FIELDS)
        if extended is None:
            return None
        text = extended
        editions.insert(index, edition)
    return text


def _with_item(text: str, field: str, item: RawRecord, before: int) -> str | None:
    document = _read(text)
    items = document.raw.get(field) if document.raw else None
    if document.raw is None or not isinstance(items, list) or not items:
        return None
    first = document.values[(field, 0)]
    dash = _lines(text)[first.line - 1]  # the items of a list may be indented or not; new ones follow the first
    body = _indented("\n".join(yaml_write.write({field: [item]}).splitlines()[1:]), len(dash) - len(dash.lstrip()))
    line = document.values[(field, before)].line - 1 if before < len(items) else _end_of(document, text, field)
    text = _inserted(text, line, body)
    expected: list[Raw] = [*items[:before], item, *items[before:]]
    return text if _read(text).raw == {**document.raw, field: expected} else None


def _read(text: str) -> yaml_file.Document:
    return yaml_file.read_by_lines(text.removeprefix(_BOM))


def _lines(text: str) -> list[str]:
    return text.removeprefix(_BOM).replace("\r\n", "\n").split("\n")


def _end_of(document: yaml_file.Document, text: str, name: str) -> int:
    """The number of lines up to the end of a field, without the comments and blank lines before the next field."""
    lines = _lines(text)
    start = document.keys[(name,)].line
    later = [position.line for key, position in document.keys.items() if len(key) == 1 and position.line > start]
    end = min(later) - 1 if later else len(lines)
    while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith(("#", "..."))):
        end -= 1
    return end


def _indented(block: str, width: int) -> list[str]:
    return [" " * width + line if line else line for line in block.splitlines()]


def _inserted(text: str, number: int, body: list[str]) -> str:
    """The text with the lines ``body`` after its first ``number`` lines."""
    newline = "\r\n" if "\r\n" in text else "\n"  # as Git or an editor on Windows left it
    bom = _BOM if text.startswith(_BOM) else ""
    lines = text.removeprefix(_BOM).split("\n")
    head = "".join(line + "\n" for line in lines[:number])
    if number == len(lines):  # the last line has no line end
        head = head.removesuffix("\n") + newline
    return bom + head + "".join(line + newline for line in body) + "\n".join(lines[number:])
