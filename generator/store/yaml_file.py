"""Read YAML files as strings only, with positions. Knows no papers; ``yaml_write.py`` writes them.

Anchors, aliases, merge keys, tags, duplicate keys and several documents are refused, so the values are what a person
sees in the file. The module reads the parser's events, where all of these are still visible.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, cast

import yaml

from generator.model.problem import Problem
from generator.model.record import Location, Raw, RawRecord
from generator.model.values import quoted

MAX_LEVELS = 8  # levels; an entry has four
MAX_BYTES = 64 * 1024

_FIELD_LINE = re.compile(r"(?P<start>\s*(?:- )?[\w-]+: )(?P<value>[^\s'\"\[{>|].*)")
_OTHER_LINE_ENDS = re.compile("[\r\x85\u2028\u2029]")  # characters that YAML treats as line ends, and editors do not

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's parser is optional in PyYAML, and much faster


class Position(NamedTuple):
    """A position in a file, counted from 1; columns are characters."""

    line: int
    column: int


class Document(NamedTuple):
    """The values of one file or line. ``raw`` is None if it could not be read whole; then ``problems`` say why."""

    raw: RawRecord | None
    values: dict[Location, Position]
    keys: dict[Location, Position]
    problems: list[Problem]

    def position(self, location: Location) -> Position:
        """The position of the value at ``location``, or of the nearest value around it."""
        for length in range(len(location), 0, -1):
            if position := self.values.get(location[:length]):
                return position
        return self.values.get((), Position(1, 1))


class _Refused(Exception):
    """The rest of the document cannot be read."""


def read_bytes(data: bytes, limit: int | None = MAX_BYTES) -> str | Problem:
    """Decode a file's bytes; a problem if they are more than ``limit`` or not UTF-8 (with line and column)."""
    if limit is not None and len(data) > limit:
        return too_large(limit)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # as Windows' Notepad saves "Unicode"
        return Problem(code="E107", message="the file is UTF-16", hint="Save it as UTF-8.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")  # editors on Windows add a byte order mark
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        return Problem(
            code="E107",
            message=f"byte 0x{data[error.start]:02x} is not UTF-8",
            hint="Save the file as UTF-8.",
            line=before.count("\n") + 1,
            column=len(before) - (before.rfind("\n") + 1) + 1,
        )


def too_large(limit: int) -> Problem:
    """The problem of a file that has more than ``limit`` bytes."""
    hint = "Shorten the longest field." if limit == MAX_BYTES else "Divide it into several files."
    return Problem(code="E108", message=f"the file has more than {limit:,} bytes", hint=hint)


def read(text: str) -> Document:
    """Read one YAML document as strings, lists and mappings.

    Faults that leave the rest readable (a duplicate key, a tag) are collected; a syntax error ends the reading.
    """
    reader = _Reader(text)
    try:
        raw = reader.document()
    except yaml.YAMLError as error:
        reader.problems.append(_syntax(error, text))
        raw = None
    except _Refused:
        raw = None
    return Document(raw if not reader.problems else None, reader.values, reader.keys, reader.problems)


def read_by_lines(text: str) -> Document:
    """Read the text of a file, with any line ends, for editing by lines.

    Returns no values if the text has other line ends of YAML: libyaml's line numbers then differ from those of line
    feeds.
    """
    text = text.replace("\r\n", "\n")
    return Document(None, {}, {}, []) if _OTHER_LINE_ENDS.search(text) else read(text)


def fields(text: str) -> RawRecord | None:
    """The values of a document without faults, in a third of the time of ``read``; None if it may have a fault."""
    try:
        return _FastReader(text).document()
    except (yaml.YAMLError, _Refused):
        return None


class _FastReader:
    """One pass over the parser's events, without positions, that stops at the first feature that is refused."""

    def __init__(self, text: str) -> None:
        loader = _Loader(text)
        self._next: Callable[[], Any] = loader.get_event

    def document(self) -> RawRecord:
        self._next()  # stream start
        start = self._next()
        if not isinstance(start, yaml.DocumentStartEvent) or start.tags or start.version:
            raise _Refused
        fields = self._value(self._next(), 0)
        self._next()  # document end
        if not isinstance(fields, dict) or not isinstance(self._next(), yaml.StreamEndEvent):
            raise _Refused
        return fields

    def _value(self, event: Any, depth: int) -> Raw:
        kind = event.__class__  # the parser creates exactly these classes, not subclasses
        if event.anchor is not None or kind is yaml.AliasEvent or event.tag is not None:
            raise _Refused
        if kind is yaml.ScalarEvent:
            value: str = event.value
            return value
        if depth >= MAX_LEVELS:
            raise _Refused
        if kind is yaml.SequenceStartEvent:
            items: list[Raw] = []
            while (event := self._next()).__class__ is not yaml.SequenceEndEvent:
                items.append(self._value(event, depth + 1))
            return items
        return self._mapping(depth + 1)

    def _mapping(self, depth: int) -> dict[str, Raw]:
        fields: dict[str, Raw] = {}
        while (event := self._next()).__class__ is not yaml.MappingEndEvent:
            if event.__class__ is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
                raise _Refused
            key: str = event.value
            if key in fields or key == "<<":
                raise _Refused
            fields[key] = self._value(self._next(), depth)
        return fields


class _Reader:
    """One pass over the parser's events; collects values, positions and problems."""

    def __init__(self, text: str) -> None:
        self.values: dict[Location, Position] = {}
        self.keys: dict[Location, Position] = {}
        self.problems: list[Problem] = []
        self._events: Iterator[Any] = yaml.parse(text, Loader=_Loader)

    def document(self) -> RawRecord | None:
        next(self._events)  # stream start
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise self._refused("E111", "the file is empty", "Write the fields, one per line.", event)
        if event.tags or event.version:
            self._note("E105", "a directive at the top of the file", "Delete the line that starts with %.", event)
        start = next(self._events)
        raw = self._value(start, ())
        next(self._events)  # document end
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused("E106", "a second document starts here", "Delete `---` and what follows.", after)
        if raw == "":
            raise self._refused("E111", "the file contains no fields", "Write the fields, one per line.", start)
        if not isinstance(raw, dict):
            raise self._refused(
                "E110", "the file does not contain `field: value` lines", "Start with `title: …`.", start
            )
        return raw

    def _value(self, event: Any, location: Location) -> Raw:
        self.values[location] = Position(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            raise self._refused("E103", f"the alias *{event.anchor}", "Write the value out.", event)
        if event.anchor:
            self._note("E103", f"the anchor &{event.anchor}", "Delete the anchor.", event)
        if event.tag:
            self._note("E105", f"the tag {quoted(event.tag)}", "Delete the tag; all values are text.", event)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if len(location) >= MAX_LEVELS:
            raise self._refused("E109", f"more than {MAX_LEVELS} levels", "Flatten the value.", event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(location)
        return self._mapping(location)

    def _list(self, location: Location) -> list[Raw]:
        items: list[Raw] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*location, len(items))))
        return items

    def _mapping(self, location: Location) -> dict[str, Raw]:
        fields: dict[str, Raw] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refused("E110", "a key that is not plain text", "Write `field: value`.", event)
            key, start = str(event.value), cast(Any, event).start_mark
            if event.anchor or event.tag:
                code, what = ("E103", "an anchor") if event.anchor else ("E105", "a tag")
                self._note(code, f"{what} on the key {quoted(key)}", "Delete it.", event)
            if key == "<<" and not event.style:  # in quotes, it is a plain key
                self._note("E104", "a merge key", "Write the fields out.", event)
            if key in fields:
                self._note("E102", f"duplicate key {quoted(key)}", "Delete one of the two.", event)
            key_location = (*location, key)
            self.keys[key_location] = Position(start.line + 1, start.column + 1)
            fields[key] = self._value(next(self._events), key_location)
        return fields

    def _note(self, code: str, message: str, hint: str, event: Any) -> None:
        mark: Any = event.start_mark
        self.problems.append(Problem(code=code, message=message, hint=hint, line=mark.line + 1, column=mark.column + 1))

    def _refused(self, code: str, message: str, hint: str, event: Any) -> _Refused:
        self._note(code, message, hint, event)
        return _Refused()


def _syntax(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "the file cannot be read"
    if mark is None:  # the reader's error for a character that YAML forbids has no position in libyaml
        index = next((i for i, c in enumerate(text) if not c.isprintable() and c not in "\n\r\t\u200c\u200d"), 0)
        before = text[:index]
        line, column = before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1
        return Problem(code="E101", message=str(what), hint="Delete the character.", line=line, column=column)
    # libyaml's mark at the end of the text lies behind its last line.
    line = min(mark.line + 1, text.rstrip("\n").count("\n") + 1)
    hint = syntax_hint(str(what), text.split("\n")[line - 1], text)
    return Problem(code="E101", message=str(what), hint=hint, line=line, column=mark.column + 1)


def syntax_hint(problem: str, line: str, text: str) -> str:
    """How to correct a line in which the parser stops with ``problem``; the corrected line itself if it is clear."""
    if "escape character" in problem:
        return "In double quotes, \\ begins an escape: use single quotes, '\\alpha', or write it twice, \"\\\\alpha\"."
    field = _FIELD_LINE.fullmatch(line.rstrip())
    if "mapping values" in problem and field and ": " in field["value"]:
        return f"Put quotes around the text: {field['start']}{_quoted(field['value'])}"
    if "\t" in text:
        return "Replace tabs by spaces."
    return "Check indentation and quotes; text with `: ` or ` #` inside needs quotes."


def _quoted(value: str) -> str:
    """A text of one line in quotes: single ones if it contains double quotes or backslashes."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
