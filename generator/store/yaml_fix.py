"""Correct values in a YAML file that a person wrote. Every other line stays byte for byte.

A value is replaced in place, in the same kind of quotes. Then the result is read again. If its values are not exactly
the expected ones, the file stays as it is.
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
_SETS = frozenset({"keywords", "topics", "awards", "aliases", "other_titles", "affiliations"})
"""Fields with a list in which a repeated value can be deleted."""
_TRANSLATABLE = frozenset({"title", "name", "description", "tldr", "summary", "significance", "limitations", "note"})
"""Fields whose value can be a mapping of languages to texts."""

_BLOCK_STYLES = ("|", ">")

Correction = Callable[[str, str], str]
"""A function that takes a field's name and a value, and returns the corrected value."""


class _Scalar(NamedTuple):
    """A value in a text: its location in the record, and its start and end as indexes of the text.

    ``style`` is the quote or the block indicator (``|``, ``>``) of the value, or None.
    """

    location: Location
    value: str
    start: int
    end: int
    style: str | None


def fix_yaml(text: str, correct: Correction) -> str:
    """The text of a file with every value corrected by ``correct``, and without repeated values in lists.

    The same text if nothing changes, or if the file cannot be read or edited in place.
    """
    body = text.removeprefix(_BOM)
    bom = text[: len(text) - len(body)]
    raw = _read(body)
    if raw is None or (corrected_values(raw, correct) == raw and not any(_duplicates(raw))):
        return text
    try:
        corrected, expected = _correct_in_place(body, raw, correct)
    except yaml.YAMLError:
        return text
    duplicates = list(_duplicates(expected))
    edited = _without_items(corrected, duplicates)
    for field, index in reversed(duplicates):  # from the end, so that earlier indexes stay valid
        items = expected[field]
        assert isinstance(items, list)
        del items[index]
    return bom + edited if edited is not None and _read(edited) == expected else text


def with_texts(text: str, values: Mapping[Location, str]) -> str | None:
    """The text of a file with other ``values`` at their locations, in the same quotes.

    None if one of the locations is missing in the file, or is a block, or if the file cannot be edited in place.
    """
    body = text.removeprefix(_BOM)
    bom = text[: len(text) - len(body)]
    missing = dict(values)
    pieces: list[str] = []
    copied = 0  # how much of ``body`` is in ``pieces``
    try:
        scalars = list(_scalars(body))
    except yaml.YAMLError:
        return None
    for scalar in scalars:
        value = missing.pop(scalar.location, None)
        if value is None:
            continue
        if scalar.style in _BLOCK_STYLES:
            return None
        pieces += [body[copied : scalar.start], _as_yaml(scalar.location, value, scalar.style)]
        copied = scalar.end
    return None if missing else "".join((bom, *pieces, body[copied:]))


def field_of(location: Location) -> str:
    """The field whose rules apply to the value at ``location``.

    For example, ``tldr`` for ``("tldr", "de")``, and ``name`` for ``("authors", 0)``, an author that is only a name.
    """
    field = str(location[0]) if location else ""
    for name in location[1:]:
        if isinstance(name, str) and field not in _TRANSLATABLE and field != "links":
            field = name
    return "name" if field == "authors" else field


def corrected_values(raw: Raw, correct: Correction, location: Location = ()) -> Raw:
    """A record with every text corrected by ``correct``. ``location`` is the place of ``raw`` if it is only a part."""
    if isinstance(raw, dict):
        return {key: corrected_values(value, correct, (*location, key)) for key, value in raw.items()}
    if isinstance(raw, list):
        return [corrected_values(value, correct, (*location, index)) for index, value in enumerate(raw)]
    return correct(field_of(location), raw) if isinstance(raw, str) else raw


def _read(text: str) -> RawRecord | None:
    return yaml_file.read_for_editing(text).raw


def _duplicates(raw: Mapping[str, Raw]) -> Iterator[tuple[str, int]]:
    """Yield the field and the index of each repeated item of a list."""
    for field, items in raw.items():
        if field in _SETS and isinstance(items, list):
            seen: set[str] = set()
            for index, item in enumerate(items):
                key = json.dumps(item, sort_keys=True)
                if key in seen:
                    yield field, index
                seen.add(key)


def _correct_in_place(text: str, raw: RawRecord, correct: Correction) -> tuple[str, RawRecord]:
    """The text with its values corrected, and the record that the result must contain."""
    expected = deepcopy(raw)
    pieces: list[str] = []
    copied = 0  # how much of ``text`` is in ``pieces``
    for scalar in _scalars(text):
        is_block = scalar.style in _BLOCK_STYLES
        # The lines of a block differ from those of its value, so only its characters are normalized.
        value = _normalized(scalar.value) if is_block else correct(field_of(scalar.location), scalar.value)
        if value == scalar.value:
            continue
        if is_block:
            replacement = _normalized(text[scalar.start : scalar.end])
        else:
            replacement = _as_yaml(scalar.location, value, scalar.style)
        pieces += [text[copied : scalar.start], replacement]
        copied = scalar.end
        _set(expected, scalar.location, value)
    return "".join((*pieces, text[copied:])), expected


def _normalized(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _set(record: Any, location: Location, value: str) -> None:
    """Replace the value at ``location``."""
    for name in location[:-1]:
        record = record[name]
    record[location[-1]] = value


def _as_yaml(location: Location, value: str, style: str | None) -> str:
    """A value in the quotes of ``style``, else in the canonical form of its field."""
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style == '"':
        return json.dumps(value, ensure_ascii=False)
    field = field_of(location)
    plain = yaml_write.to_yaml({field: value}).removeprefix(f"{field}: ").removesuffix("\n")
    # A block would need the indentation of its place in the file.
    return json.dumps(value, ensure_ascii=False) if "\n" in plain else plain


def _scalars(text: str) -> Iterator[_Scalar]:
    """Yield every value of a document, in order. Keys are left out.

    Raises YAMLError: PyYAML's own scanner refuses a tab within a plain value, which libyaml accepts.
    """
    collections: list[_Collection] = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):  # events of the faster libyaml have no index
        if isinstance(event, yaml.CollectionEndEvent):
            collections.pop()
        elif isinstance(event, yaml.NodeEvent):
            location = collections[-1].location_of_next(event) if collections else ()
            if isinstance(event, yaml.CollectionStartEvent):
                # A collection that is a key has no location. The reader of the file reports it.
                collections.append(_Collection(location or (), isinstance(event, yaml.MappingStartEvent)))
            elif isinstance(event, yaml.ScalarEvent) and location is not None:
                start: Any = event.start_mark
                end: Any = event.end_mark
                yield _Scalar(location, str(event.value), start.index, end.index, event.style)


class _Collection:
    """A list or mapping that the parser is in. It knows which key or index comes next."""

    def __init__(self, location: Location, is_mapping: bool) -> None:
        self._location, self._is_mapping = location, is_mapping
        self._key: str | None = None
        self._count = 0

    def location_of_next(self, event: Any) -> Location | None:
        """The location of the node that begins with ``event``; None if the node is a key."""
        if not self._is_mapping:
            self._count += 1
            return (*self._location, self._count - 1)
        if self._key is None:
            self._key = str(getattr(event, "value", ""))
            return None
        key, self._key = self._key, None
        return (*self._location, key)


def _without_items(text: str, duplicates: list[tuple[str, int]]) -> str | None:
    """The text without the items at these fields and indexes. None if an item does not have a line of its own."""
    lines = text.split("\n")
    document = yaml_file.read(text.replace("\r\n", "\n"))
    indexes = {document.value_positions[location].line - 1 for location in duplicates}
    if not all(lines[index].lstrip().startswith("- ") for index in indexes):
        return None
    return "\n".join(line for index, line in enumerate(lines) if index not in indexes)
