"""Correct values in a YAML file that a person wrote: every line without such a value stays byte for byte.

A value is replaced in place and keeps its kind of quotes. Then the file is read again; if its values are not exactly
the expected ones, the file is left alone.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

import yaml

from generator.model.record import Location, Raw, RawRecord
from generator.store import yaml_file, yaml_write

_BOM = "\ufeff"
_LISTS = frozenset({"keywords", "topics", "awards", "aliases", "other_titles", "affiliations"})
"""Lists in which a repeated value is redundant."""
_TEXTS = frozenset({"title", "name", "description", "tldr", "summary", "significance", "limitations", "note"})
"""Fields that may be a mapping of languages to texts."""

Correction = Callable[[str, str], str]
"""A function that takes a field's name and a value, and returns the corrected value."""


class _Scalar(NamedTuple):
    """A value in the text: its location in the record, its span, its style (quotes or block)."""

    location: Location
    value: str
    start: int
    end: int
    style: str | None


def fix_yaml(text: str, correct: Correction) -> str:
    """A file's text with every value corrected by ``correct``, and without repeated values in lists.

    The same text if nothing changes, or if the file cannot be read or edited in place.
    """
    body = text.removeprefix(_BOM)
    raw = _read(body)
    if raw is None or not (_differs(raw, correct) or any(_duplicates(raw))):
        return text
    try:
        changed, expected = _corrected(body, raw, correct)
    except yaml.YAMLError:  # libyaml reads a tab within a plain value, PyYAML's own scanner does not
        return text
    duplicates = list(_duplicates(expected))
    edited = _without_items(changed, duplicates)
    for field, index in reversed(duplicates):  # from the end, so that earlier indexes stay valid
        items = expected[field]
        assert isinstance(items, list)
        del items[index]
    return text[: len(text) - len(body)] + edited if edited is not None and _read(edited) == expected else text


def with_texts(text: str, values: Mapping[Location, str]) -> str | None:
    """A file's text with ``values`` at their locations, which keep their quotes. None if one is a block or missing."""
    body = text.removeprefix(_BOM)
    out, end, missing = [], 0, dict(values)
    for scalar in _scalars(body):
        value = missing.pop(scalar.location, None)
        if value is None:
            continue
        if scalar.style in ("|", ">"):
            return None
        out += [body[end : scalar.start], _as_yaml(scalar.location, value, scalar.style)]
        end = scalar.end
    return None if missing else text[: len(text) - len(body)] + "".join((*out, body[end:]))


def field_of(location: Location) -> str:
    """The field whose rules apply to the value at ``location``: ``name`` for an author that is only a name."""
    field = str(location[0]) if location else ""
    for name in location[1:]:
        if isinstance(name, str) and field not in _TEXTS and field != "links":
            field = name
    return "name" if field == "authors" else field


def corrected_values(raw: Raw, correct: Correction, location: Location = ()) -> Raw:
    """A record, or the part of it at ``location``, with every text corrected by ``correct``."""
    if isinstance(raw, dict):
        return {key: corrected_values(value, correct, (*location, key)) for key, value in raw.items()}
    if isinstance(raw, list):
        return [corrected_values(value, correct, (*location, index)) for index, value in enumerate(raw)]
    return correct(field_of(location), raw) if isinstance(raw, str) else raw


def _read(text: str) -> RawRecord | None:
    return yaml_file.read_by_lines(text).raw


def _differs(raw: RawRecord, correct: Correction) -> bool:
    return corrected_values(raw, correct) != raw


def _duplicates(raw: Mapping[str, Raw]) -> Iterator[tuple[str, int]]:
    """Repeated items of lists, as (field, index)."""
    for field, items in raw.items():
        if field in _LISTS and isinstance(items, list):
            seen: set[str] = set()
            for index, item in enumerate(items):
                key = json.dumps(item, sort_keys=True)
                if key in seen:
                    yield field, index
                seen.add(key)


def _corrected(text: str, raw: RawRecord, correct: Correction) -> tuple[str, RawRecord]:
    """The text with its values corrected, and the record that it should then have."""
    out, end, expected = [], 0, deepcopy(raw)
    for scalar in _scalars(text):
        written = text[scalar.start : scalar.end]
        # A folded block has other line breaks than its value, so only characters are normalized there.
        if scalar.style in ("|", ">"):
            value, written = unicodedata.normalize("NFC", scalar.value), unicodedata.normalize("NFC", written)
        else:
            value = correct(field_of(scalar.location), scalar.value)
            written = _as_yaml(scalar.location, value, scalar.style) if value != scalar.value else written
        if value != scalar.value:
            out += [text[end : scalar.start], written]
            end = scalar.end
            _set(expected, scalar.location, value)
    return "".join((*out, text[end:])), expected


def _set(record: Any, location: Location, value: str) -> None:
    for name in location[:-1]:
        record = record[name]
    record[location[-1]] = value


def _as_yaml(location: Location, value: str, style: str | None) -> str:
    """A value in the quotes that it had, or in canonical form."""
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style == '"':
        return json.dumps(value, ensure_ascii=False)
    field = field_of(location)
    plain = yaml_write.write({field: value}).removeprefix(f"{field}: ").removesuffix("\n")
    return json.dumps(value, ensure_ascii=False) if "\n" in plain else plain  # a block would need another indentation


def _scalars(text: str) -> Iterator[_Scalar]:
    """Every value with its span. Positions count characters of ``text`` itself, with line ends as they are."""
    collections: list[_Collection] = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):  # the marks of libyaml's parser have no index
        if isinstance(event, yaml.CollectionEndEvent):
            collections.pop()
        elif isinstance(event, yaml.NodeEvent):
            location = collections[-1].next(event) if collections else ()
            if isinstance(event, yaml.CollectionStartEvent):
                collections.append(_Collection(location or (), isinstance(event, yaml.MappingStartEvent)))
            elif isinstance(event, yaml.ScalarEvent) and location is not None:
                start: Any = event.start_mark
                end: Any = event.end_mark
                yield _Scalar(location, str(event.value), start.index, end.index, event.style)


class _Collection:
    """A list or mapping whose nodes come one after another."""

    def __init__(self, location: Location, is_mapping: bool) -> None:
        self._location, self._is_mapping = location, is_mapping
        self._key: str | None = None
        self._count = 0

    def next(self, event: Any) -> Location | None:
        """The location of the next node; None for a key."""
        if not self._is_mapping:
            self._count += 1
            return (*self._location, self._count - 1)
        if self._key is None:
            self._key = str(getattr(event, "value", ""))
            return None
        key, self._key = self._key, None
        return (*self._location, key)


def _without_items(text: str, duplicates: list[tuple[str, int]]) -> str | None:
    """The text without the given items of lists. None if one of them shares its line."""
    lines = text.split("\n")
    document = yaml_file.read(text.replace("\r\n", "\n"))
    numbers = {document.values[location].line - 1 for location in duplicates}
    if not all(lines[number].lstrip().startswith("- ") for number in numbers):
        return None
    return "\n".join(line for number, line in enumerate(lines) if number not in numbers)
