"""``mkdocs.yml`` read as MkDocs reads it, but as strings only and with positions: tags, environment, inheritance.

https://www.mkdocs.org/user-guide/configuration/. Nothing in the file is executed: ``!!python/name:`` is its name.
"""

import os
from collections.abc import Mapping
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
_PYTHON_NAME = f"{_PYTHON}name:"  # as Material's documentation writes functions
_MAX_NODES = 20_000  # a few aliases can expand to any number of nodes
_MAX_ANCESTORS = 10  # files in a chain of ``INHERIT``; a longer one is a cycle
_MAX_LEVELS = 32  # levels; the parser and this module are recursive
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KeyPosition(NamedTuple):
    """The position of a key."""

    path: str
    line: int
    column: int


class MkDocsFile(NamedTuple):
    """The settings of the file, merged with those that it inherits, and the position of each key."""

    raw: RawRecord
    positions: Mapping[Location, KeyPosition]

    def problem(self, code: str, message: str, hint: str, *location: str | int) -> Problem:
        """A problem of the value at ``location``, or of the nearest key around it."""
        lengths = range(len(location), 0, -1)
        known = (self.positions[location[:n]] for n in lengths if location[:n] in self.positions)
        position = next(known, KeyPosition(FILE, 1, 1))
        return Problem(
            code=code, message=message, hint=hint, path=position.path, line=position.line, column=position.column
        )  # fmt: skip


class _Refused(Exception):
    """The file cannot be read; the argument is the problem."""


def read_mkdocs(project: Path) -> MkDocsFile | Problem:
    """The settings of the project folder, or why they cannot be read."""
    try:
        return _read(project / FILE, FILE, 0)
    except _Refused as refused:
        problem: Problem = refused.args[0]
        return problem


def _read(path: Path, name: str, depth: int) -> MkDocsFile:
    if not path.is_file():
        message = "there is no mkdocs.yml here" if name == FILE else f"there is no {name}, which {FILE} inherits from"
        raise _Refused(Problem(code="E114", message=message, hint="Run in the project's folder.", path=FILE))
    try:
        text = yaml_file.read_bytes(read_at_most(path, MAX_SETTINGS_BYTES), MAX_SETTINGS_BYTES)
    except TooLarge:
        text = yaml_file.too_large(MAX_SETTINGS_BYTES)
    if isinstance(text, Problem):
        raise _Refused(_with_path(text, name))
    reader = _Reader(name)
    raw = reader.record(text)
    parent_name = raw.pop(_INHERIT, None)
    if not isinstance(parent_name, str):
        return MkDocsFile(raw, reader.positions)
    if depth == _MAX_ANCESTORS:
        hint = "Remove the INHERIT that leads back to this file."
        raise _Refused(Problem(code="E109", message="INHERIT forms a cycle", hint=hint, path=name))
    parent = _read(path.parent / parent_name, parent_name, depth + 1)
    return MkDocsFile(_merged(parent.raw, raw), {**parent.positions, **reader.positions})


def _merged(inherited: RawRecord, raw: RawRecord) -> RawRecord:
    """Two files as MkDocs joins them: mappings are merged, any other inherited value is replaced."""
    merged = dict(inherited)
    for key, value in raw.items():
        before = merged.get(key)
        merged[key] = _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return merged


def _with_path(problem: Problem, path: str) -> Problem:
    return Problem(
        code=problem.code, message=problem.message, hint=problem.hint, path=path, line=problem.line,
        column=problem.column,
    )  # fmt: skip


class _Reader:
    """Reads one file node by node."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.positions: dict[Location, KeyPosition] = {}
        self._nodes = 0
        self._unfinished: list[Any] = []

    def record(self, text: str) -> RawRecord:
        """The mapping that the file is."""
        try:
            self._check_events(text)
            node = yaml.compose(text, Loader=_Loader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            what = str(getattr(error, "problem", "") or "the file is not YAML")
            lines = text.split("\n")
            hint = yaml_file.syntax_hint(what, lines[min(line, len(lines)) - 1], text)
            raise _Refused(
                Problem(code="E101", message=what, hint=hint, path=self._path, line=line, column=column)
            ) from None
        value = self._value(node, ()) if node else {}
        if isinstance(value, dict):
            return value
        raise _Refused(
            Problem(code="E110", message="the file is not a mapping", hint="Write `name: value`.", path=self._path)
        )

    def _check_events(self, text: str) -> None:
        """Refuse a text that nests too deeply, before libyaml composes it: it recurses, and would crash.

        Refuse tags that call Python, too: MkDocs reads the file with a loader that follows them.
        """
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            tag = getattr(event, "tag", None) or ""
            if tag.startswith(_PYTHON) and not tag.startswith(_PYTHON_NAME):
                raise self._refused(event, f"the tag !!{tag.removeprefix(_YAML)} runs code", "Write a plain value.")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_LEVELS:
                raise self._refused(event, f"more than {_MAX_LEVELS} levels", "Flatten the value.")

    def _refused(self, source: Any, message: str, hint: str) -> _Refused:
        line, column = source.start_mark.line + 1, source.start_mark.column + 1
        return _Refused(Problem(code="E109", message=message, hint=hint, path=self._path, line=line, column=column))

    def _value(self, node: Any, location: Location) -> Raw:
        if node in self._unfinished:  # an alias inside its own anchor
            raise self._refused(node, "a value contains itself", "Replace aliases by their values.")
        self._unfinished.append(node)
        value = self._value_once(node, location)
        self._unfinished.pop()
        return value

    def _value_once(self, node: Any, location: Location) -> Raw:
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            hint = "Replace aliases by the values that they stand for."
            raise _Refused(
                Problem(code="E109", message="the file expands to too many values", hint=hint, path=self._path)
            )
        if node.tag == "!ENV":
            return self._environment(node, location)
        if node.tag.startswith(_PYTHON):  # the name of a function: _check_events refused all other tags of Python
            return str(node.tag.partition(":")[2].partition(":")[2])
        if isinstance(node, yaml.SequenceNode):
            return [self._item(item, (*location, number)) for number, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        return str(node.value)

    def _item(self, node: Any, location: Location) -> Raw:
        self.positions[location] = KeyPosition(self._path, node.start_mark.line + 1, node.start_mark.column + 1)
        return self._value(node, location)

    def _mapping(self, node: Any, location: Location) -> RawRecord:
        fields: RawRecord = {}
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":  # ``<<``: explicit keys win, in any order (YAML 1.1)
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
        """``!ENV NAME`` and ``!ENV [NAME, OTHER, default]``: the first variable that is set."""
        if not isinstance(node, yaml.SequenceNode):
            return os.environ.get(str(node.value), "")
        # As pyyaml-env-tag does for MkDocs: the last of several items is the default, even if it looks like a name.
        *names, default = node.value if len(node.value) > 1 else [*node.value, yaml.ScalarNode("", "")]
        for name in names:
            if (value := os.environ.get(str(name.value))) is not None:
                return value
        return self._value(default, location)
