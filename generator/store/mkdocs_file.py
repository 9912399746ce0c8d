"""Read ``mkdocs.yml`` as MkDocs does, with inheritance and environment variables, but as strings and with positions.

The form of the file: https://www.mkdocs.org/user-guide/configuration/. Nothing in it is executed: the value of
``!!python/name:module.function`` is the text ``python/name:module.function``.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.build.safe_files import TooLarge, read_at_most
from generator.model.problem import Problem
from generator.model.record import Location, Raw, RawRecord
from generator.store import yaml_file
from generator.store.limits import MAX_SETTINGS_BYTES

FILE = "mkdocs.yml"
_INHERIT = "INHERIT"
_YAML = "tag:yaml.org,2002:"
_PYTHON = f"{_YAML}python/"
_PYTHON_NAME = f"{_PYTHON}name:"  # names of functions, which Material's documentation recommends
_MAX_NODES = 20_000  # values after aliases are expanded: a few aliases can expand to any number
_MAX_ANCESTORS = 10  # files in a chain of ``INHERIT``; a longer one counts as a cycle
_MAX_LEVELS = 32  # of nested values; the parser and this module are recursive
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KeyPosition(NamedTuple):
    """The position of a key or list item: its file, which can be an inherited one, and line and column from 1."""

    path: str
    line: int
    column: int


class MkDocsFile(NamedTuple):
    """The settings of the file and the files that it inherits, and the position of each key and list item."""

    raw: RawRecord
    positions: Mapping[Location, KeyPosition]

    def problem(self, code: str, message: str, hint: str, *location: str | int) -> Problem:
        """A problem at the key ``location``, or at the nearest key around it that the file contains."""
        ancestors = (location[:length] for length in range(len(location), 0, -1))
        position = next(
            (self.positions[key] for key in ancestors if key in self.positions), KeyPosition(FILE, line=1, column=1)
        )
        return Problem(
            code=code, message=message, hint=hint, path=position.path, line=position.line, column=position.column
        )  # fmt: skip


class _Unreadable(Exception):
    """The file cannot be read; the argument is the problem."""


def read_mkdocs(project: Path) -> MkDocsFile | Problem:
    """The settings in the project folder, or a problem if they cannot be read."""
    try:
        return _read(project / FILE, FILE, 0)
    except _Unreadable as unreadable:
        problem: Problem = unreadable.args[0]
        return problem


def _read(path: Path, shown_path: str, depth: int) -> MkDocsFile:
    """Read a file, and those that it inherits.

    ``shown_path`` is its path in messages, ``depth`` the number of files that inherit it. Raises _Unreadable.
    """
    if not path.is_file():
        if depth:
            message, hint = f"there is no {shown_path}, which {FILE} inherits from", "Correct the path in INHERIT."
        else:
            message, hint = f"there is no {FILE} here", "Run in the project's folder."
        raise _Unreadable(Problem(code="E114", message=message, hint=hint, path=FILE))
    try:
        text = yaml_file.decode_bytes(read_at_most(path, MAX_SETTINGS_BYTES), MAX_SETTINGS_BYTES)
    except TooLarge:
        text = yaml_file.too_large_problem(MAX_SETTINGS_BYTES)
    if isinstance(text, Problem):
        raise _Unreadable(replace(text, path=shown_path))
    reader = _Reader(shown_path)
    raw = reader.read(text)
    parent_path = raw.pop(_INHERIT, None)
    if not isinstance(parent_path, str):
        return MkDocsFile(raw, reader.positions)
    if depth == _MAX_ANCESTORS:
        hint = "Remove the INHERIT that leads back to this file."
        raise _Unreadable(Problem(code="E109", message="INHERIT forms a cycle", hint=hint, path=shown_path))
    parent = _read(path.parent / parent_path, parent_path, depth + 1)
    return MkDocsFile(_merged(parent.raw, raw), {**parent.positions, **reader.positions})


def _merged(inherited: RawRecord, raw: RawRecord) -> RawRecord:
    """Merge the settings of two files as MkDocs does: mappings key by key, while other values are replaced."""
    merged = dict(inherited)
    for key, value in raw.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


class _Reader:
    """Reads one file, node by node. ``positions`` then has the positions of its keys and list items."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.positions: dict[Location, KeyPosition] = {}
        self._node_count = 0
        self._open_nodes: list[Any] = []  # from the top of the file down to the current node

    def read(self, text: str) -> RawRecord:
        """The settings in a file. Raises _Unreadable."""
        try:
            self._check_events(text)
            node = yaml.compose(text, Loader=_Loader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            message = str(getattr(error, "problem", "") or "the file is not YAML")
            lines = text.split("\n")
            hint = yaml_file.syntax_hint(message, lines[min(line, len(lines)) - 1], text)
            raise _Unreadable(
                Problem(code="E101", message=message, hint=hint, path=self._path, line=line, column=column)
            ) from None
        value = self._value(node, ()) if node else {}
        if isinstance(value, dict):
            return value
        raise _Unreadable(
            Problem(code="E110", message="the file is not a mapping", hint="Write `name: value`.", path=self._path)
        )

    def _check_events(self, text: str) -> None:
        """Refuse a text that is nested too deeply, or that has tags that call Python functions.

        libyaml recurses when it composes a text, and would crash at deep nesting. MkDocs would call the functions.
        """
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            tag = getattr(event, "tag", None) or ""
            if tag.startswith(_PYTHON) and not tag.startswith(_PYTHON_NAME):
                raise self._unreadable(event, f"the tag !!{tag.removeprefix(_YAML)} runs code", "Write a plain value.")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_LEVELS:
                raise self._unreadable(event, f"more than {_MAX_LEVELS} levels", "Flatten the value.")

    def _unreadable(self, event_or_node: Any, message: str, hint: str) -> _Unreadable:
        line, column = event_or_node.start_mark.line + 1, event_or_node.start_mark.column + 1
        return _Unreadable(Problem(code="E109", message=message, hint=hint, path=self._path, line=line, column=column))

    def _value(self, node: Any, location: Location) -> Raw:
        """The value of a node of the parsed file. Raises _Unreadable."""
        if node in self._open_nodes:  # an alias inside its own anchor
            raise self._unreadable(node, "a value contains itself", "Replace aliases by their values.")
        self._open_nodes.append(node)
        value = self._convert(node, location)
        self._open_nodes.pop()
        return value

    def _convert(self, node: Any, location: Location) -> Raw:
        self._node_count += 1
        if self._node_count > _MAX_NODES:
            hint = "Replace aliases by the values that they stand for."
            raise _Unreadable(
                Problem(code="E109", message="the file expands to too many values", hint=hint, path=self._path)
            )
        if node.tag == "!ENV":
            return self._environment(node, location)
        if node.tag.startswith(_PYTHON):  # `_check_events` allows only names
            return str(node.tag.removeprefix(_YAML))
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*location, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        return str(node.value)

    def _item(self, node: Any, location: Location) -> Raw:
        self.positions[location] = KeyPosition(self._path, node.start_mark.line + 1, node.start_mark.column + 1)
        return self._value(node, location)

    def _mapping(self, node: Any, location: Location) -> RawRecord:
        fields: RawRecord = {}
        for key, value in node.value:
            # The merge key ``<<``. Keys of this mapping take precedence, wherever they are (YAML 1.1).
            if key.tag == f"{_YAML}merge":
                parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
                for part in parts:
                    merged = self._value(part, location)
                    fields = {**merged, **fields} if isinstance(merged, dict) else fields
                continue
            key_location = (*location, str(key.value))
            self.positions[key_location] = KeyPosition(self._path, key.start_mark.line + 1, key.start_mark.column + 1)
            fields[str(key.value)] = self._value(value, key_location)
        return fields

    def _environment(self, node: Any, location: Location) -> Raw:
        """The value of ``!ENV NAME`` or ``!ENV [NAME, OTHER, default]``.

        It is that of the first variable that is set, else the default; without a default, ''.
        """
        if not isinstance(node, yaml.SequenceNode):
            return os.environ.get(str(node.value), "")
        # Of several items, the last is always the default, as in pyyaml-env-tag, which MkDocs uses.
        *names, default = node.value if len(node.value) > 1 else [*node.value, yaml.ScalarNode("", "")]
        for name in names:
            if (value := os.environ.get(str(name.value))) is not None:
                return value
        return self._value(default, location)
