"""Add fields to a YAML file that a person wrote. Every existing line stays byte for byte.

The functions insert lines at positions and read the result again. They return None if its values are not exactly the
old and the added ones, so that the file stays as it is.
"""

from collections.abc import Sequence
from dataclasses import fields as fields_of

from generator.model.entities import Edition, Series
from generator.model.record import Raw, RawRecord
from generator.store import yaml_file, yaml_write

_SERIES_FIELDS = tuple(field.name for field in fields_of(Series))
_BOM = "\ufeff"


def with_fields(text: str, fields: RawRecord, order: Sequence[str]) -> str | None:
    """The text of a file with added ``fields``, each after the last field of the file that precedes it in ``order``.

    A mapping such as ``links`` is merged into that of the file. None if the file already has an added field that is not
    a mapping, or if its form does not allow the edit.
    """
    for name, value in fields.items():
        document = _read(text)
        raw, positions = document.raw, document.key_positions
        if raw is None:
            return None
        old = raw.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            columns = [position.column for key, position in positions.items() if len(key) == 2 and key[0] == name]
            if not columns:  # an empty mapping, in braces
                return None
            lines = _indented(yaml_write.to_yaml(value), min(columns) - 1)
            line_count = _end_of(document, text, name)
            expected: RawRecord = {**raw, name: {**old, **value}}
        elif old is None:
            preceding = [field for field in order[: order.index(name)] if field in raw]
            lines = yaml_write.to_yaml({name: value}).splitlines()
            if preceding:
                line_count = _end_of(document, text, preceding[-1])
            else:  # before the first field, but below comments at the top of the file
                line_count = min((position.line for position in positions.values()), default=1) - 1
            expected = {**raw, name: value}
        else:
            return None
        text = _insert(text, line_count, lines)
        if _read(text).raw != expected:
            return None
    return text


def with_editions(text: str, existing: Sequence[Edition], added: Sequence[Edition]) -> str | None:
    """The text of a series file with added editions, each before the first older one of the file.

    ``existing`` are the editions in the file. None if the form of the file does not allow the edit.
    """
    editions = list(existing)
    for edition in added:
        item: RawRecord = {"id": edition.id, **({"year": str(edition.year)} if edition.year else {})}
        older = (index for index, other in enumerate(editions) if (other.year or 0) < (edition.year or 0))
        index = next(older, len(editions))
        if editions:
            edited = _with_item(text, "editions", item, index)
        else:
            edited = with_fields(text, {"editions": [item]}, _SERIES_FIELDS)
        if edited is None:
            return None
        text = edited
        editions.insert(index, edition)
    return text


def _with_item(text: str, field: str, item: RawRecord, index: int) -> str | None:
    """The text of a file with ``item`` at ``index`` of the list in ``field``. None if its form does not allow this."""
    document = _read(text)
    items = document.raw.get(field) if document.raw else None
    if document.raw is None or not isinstance(items, list) or not items:
        return None
    positions = document.value_positions
    first_item = _lines(text)[positions[(field, 0)].line - 1]
    indentation = len(first_item) - len(first_item.lstrip())  # of the dash
    item_lines = yaml_write.to_yaml({field: [item]}).splitlines()[1:]  # without the first line, ``editions:``
    lines = _indented("\n".join(item_lines), indentation)
    line_count = positions[(field, index)].line - 1 if index < len(items) else _end_of(document, text, field)
    text = _insert(text, line_count, lines)
    expected: list[Raw] = [*items[:index], item, *items[index:]]
    return text if _read(text).raw == {**document.raw, field: expected} else None


def _read(text: str) -> yaml_file.Document:
    return yaml_file.read_for_editing(text.removeprefix(_BOM))


def _lines(text: str) -> list[str]:
    """The lines of a text, as ``Position.line`` counts them."""
    return text.removeprefix(_BOM).replace("\r\n", "\n").split("\n")


def _end_of(document: yaml_file.Document, text: str, name: str) -> int:
    """The number of lines up to the end of a field, without the comments and blank lines before the next field."""
    lines = _lines(text)
    field_lines = [position.line for key, position in document.key_positions.items() if len(key) == 1]
    start = document.key_positions[(name,)].line
    next_line = min((line for line in field_lines if line > start), default=len(lines) + 1)
    end = next_line - 1
    # ``...`` is the optional end of a YAML document.
    while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith(("#", "..."))):
        end -= 1
    return end


def _indented(block: str, width: int) -> list[str]:
    """The lines of a block, indented by ``width`` spaces."""
    return [" " * width + line if line else line for line in block.splitlines()]


def _insert(text: str, line_count: int, new_lines: list[str]) -> str:
    """The text with ``new_lines`` after its first ``line_count`` lines."""
    newline = "\r\n" if "\r\n" in text else "\n"  # Git and editors on Windows can write ``\r\n``
    bom = _BOM if text.startswith(_BOM) else ""
    lines = text.removeprefix(_BOM).split("\n")
    before = "".join(line + "\n" for line in lines[:line_count])
    if line_count == len(lines):  # the last line has no line end
        before = before.removesuffix("\n") + newline
    return bom + before + "".join(line + newline for line in new_lines) + "\n".join(lines[line_count:])
