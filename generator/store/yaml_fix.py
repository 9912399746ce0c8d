"""Mend values inside a YAML file that a person wrote: every line that holds none of them stays byte for byte.

A value is replaced where it stands, in the quotes in which it stands. Then the whole file is read again: if it does
not hold exactly what was meant, the file is left alone.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

import yaml

from generator.model.record import Location, Raw, RawRecord
from generator.store import yaml_file

_MARK = "\ufeff"
_LISTS = frozenset({"keywords", "topics", "awards", "aliases", "other_titles", "affiliations"})
"""Lists of which an equal value says nothing the second time."""
_TEXTS = frozenset({"title", "name", "description", "tldr", "summary", "significance", "limitations", "note"})
"""Fields that may hold a mapping of languages, each text of which is the field's."""

Mend = Callable[[str, str], str]
"""From a field's name and a value to the value as it should be."""


class _Scalar(NamedTuple):
    """A value as it stands in the text: its place in the record, its span, its style (quotes or block)."""

    location: Location
    value: str
    start: int
    end: int
    style: str | None


def fixed(text: str, mend: Mend) -> str:
    """A file's text with every value as ``mend`` has it, and without values listed twice.

    The same text if nothing is to be mended, or if the file cannot be read or mended in place.
    """
    body = text.removeprefix(_MARK)
    raw = _read(body)
    if raw is None or not (_differs(raw, mend) or any(_doubled(raw))):
        return text
    try:
        changed, wanted = _with_values(body, raw, mend)
    except yaml.YAMLError:  # libyaml reads a tab within a plain value, PyYAML's own scanner does not
        return text
    doubled = list(_doubled(wanted))
    whole = _without(changed, doubled)
    for field, place in reversed(doubled):
        held = wanted[field]
        assert isinstance(held, list)
        del held[place]
    return text[: len(text) - len(body)] + whole if whole is not None and _read(whole) == wanted else text


def with_texts(text: str, values: Mapping[Location, str]) -> str | None:
    """A file's text with other values where ``values`` says, in the quotes that stand there. None if one is a block."""
    body = text.removeprefix(_MARK)
    out, at, left = [], 0, dict(values)
    for scalar in _scalars(body):
        value = left.pop(scalar.location, None)
        if value is None:
            continue
        if scalar.style in ("|", ">"):
            return None
        out += [body[at : scalar.start], _written(scalar.location, value, scalar.style)]
        at = scalar.end
    return None if left else text[: len(text) - len(body)] + "".join((*out, body[at:]))


def field_of(location: Location) -> str:
    """The field by whose rules the value at ``location`` is mended: ``name`` for an author without further fields."""
    field = str(location[0]) if location else ""
    for name in location[1:]:
        if isinstance(name, str) and field not in _TEXTS and field != "links":
            field = name
    return "name" if field == "authors" else field


def mended_row(row: Raw, mend: Mend, location: Location = ()) -> Raw:
    """A record with every text as ``mend`` has it, whatever else it holds."""
    if isinstance(row, dict):
        return {key: mended_row(value, mend, (*location, key)) for key, value in row.items()}
    if isinstance(row, list):
        return [mended_row(value, mend, (*location, place)) for place, value in enumerate(row)]
    return mend(field_of(location), row) if isinstance(row, str) else row


def _read(text: str) -> RawRecord | None:
    return yaml_file.read_by_lines(text).raw


def _differs(raw: RawRecord, mend: Mend) -> bool:
    return mended_row(raw, mend) != raw


def _doubled(raw: Mapping[str, Raw]) -> Iterator[tuple[str, int]]:
    """Items of lists that stand there already, as (field, place)."""
    for field, items in raw.items():
        if field in _LISTS and isinstance(items, list):
            seen: set[str] = set()
            for place, item in enumerate(items):
                key = json.dumps(item, sort_keys=True)
                if key in seen:
                    yield field, place
                seen.add(key)


def _with_values(text: str, raw: RawRecord, mend: Mend) -> tuple[str, RawRecord]:
    """The text with its values mended, and the record that it should hold then."""
    out, at, wanted = [], 0, deepcopy(raw)
    for scalar in _scalars(text):
        written = text[scalar.start : scalar.end]
        if scalar.style in ("|", ">"):  # a block's line breaks are its own: only its characters are mended
            value, written = unicodedata.normalize("NFC", scalar.value), unicodedata.normalize("NFC", written)
        else:
            value = mend(field_of(scalar.location), scalar.value)
            written = _written(scalar.location, value, scalar.style) if value != scalar.value else written
        if value != scalar.value:
            out += [text[at : scalar.start], written]
            at = scalar.end
            _put(wanted, scalar.location, value)
    return "".join((*out, text[at:])), wanted


def _put(held: Any, location: Location, value: str) -> None:
    for name in location[:-1]:
        held = held[name]
    held[location[-1]] = value


def _written(location: Location, value: str, style: str | None) -> str:
    """A value in the quotes that it had, or as the canonical writer has it."""
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style == '"':
        return json.dumps(value, ensure_ascii=False)
    field = field_of(location)
    plain = yaml_file.write({field: value}).removeprefix(f"{field}: ").removesuffix("\n")
    return json.dumps(value, ensure_ascii=False) if "\n" in plain else plain


def _scalars(text: str) -> Iterator[_Scalar]:
    """Every value with its span. Positions count characters of ``text`` itself, with line ends as they are."""
    holders: list[_Holder] = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):  # whose marks have an index, as libyaml's have not
        if isinstance(event, yaml.CollectionEndEvent):
            holders.pop()
        elif isinstance(event, yaml.NodeEvent):
            location = holders[-1].next(event) if holders else ()
            if isinstance(event, yaml.CollectionStartEvent):
                holders.append(_Holder(location or (), isinstance(event, yaml.MappingStartEvent)))
            elif isinstance(event, yaml.ScalarEvent) and location is not None:
                start: Any = event.start_mark
                end: Any = event.end_mark
                yield _Scalar(location, str(event.value), start.index, end.index, event.style)


class _Holder:
    """A list or mapping whose nodes come one after another."""

    def __init__(self, location: Location, is_mapping: bool) -> None:
        self._location, self._is_mapping = location, is_mapping
        self._key: str | None = None
        self._count = 0

    def next(self, event: Any) -> Location | None:
        """Where the next node stands; None for a key."""
        if not self._is_mapping:
            self._count += 1
            return (*self._location, self._count - 1)
        if self._key is None:
            self._key = str(getattr(event, "value", ""))
            return None
        key, self._key = self._key, None
        return (*self._location, key)


def _without(text: str, doubled: list[tuple[str, int]]) -> str | None:
    """The text without items of lists that stand on lines of their own. None if one does not."""
    lines = text.split("\n")
    held = yaml_file.read(text.replace("\r\n", "\n"))
    gone = {held.values[place].line - 1 for place in doubled}
    if not all(lines[line].lstrip().startswith("- ") for line in gone):
        return None
    return "\n".join(line for number, line in enumerate(lines) if number not in gone)
