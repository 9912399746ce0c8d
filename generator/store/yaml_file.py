"""Read YAML files as strings, lists and mappings, with positions. ``yaml_write.py`` writes such files.

Anchors, aliases, merge keys, tags, duplicate keys and several documents are refused, so that the values are what a
person sees in the file. Only the parser's events show these features, so the module reads events.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, cast

import yaml

from generator.model.problem import Problem
from generator.model.record import Location, Raw, RawRecord
from generator.model.values import quoted

MAX_LEVELS = 8
"""Levels of lists and mappings. An entry has up to four."""
MAX_BYTES = 64 * 1024
"""Bytes of a file with one record."""

# ``title: a text``, also as a list item
_FIELD_LINE = re.compile(r"(?P<start>\s*(?:- )?[\w-]+: )(?P<value>[^\s'\"\[{>|].*)")
_OTHER_LINE_ENDS = re.compile("[\r\x85\u2028\u2029]")  # line ends for YAML, but not for editors and ``split("\n")``

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's parser is optional in PyYAML, and much faster


class Position(NamedTuple):
    """A line and a column, both counted from 1. Columns count characters, not bytes."""

    line: int
    column: int


class Document(NamedTuple):
    """A YAML document: its values, the positions of values and keys, and problems. With problems, ``raw`` is None."""

    raw: RawRecord | None
    value_positions: dict[Location, Position]
    key_positions: dict[Location, Position]
    problems: list[Problem]

    def position(self, location: Location) -> Position:
        """The position of the value at ``location``, or of the nearest value around it."""
        for length in range(len(location), 0, -1):
            if position := self.value_positions.get(location[:length]):
                return position
        return self.value_positions.get((), Position(1, 1))


class _Unreadable(Exception):
    """The rest of the document cannot be read."""


def decode_bytes(data: bytes, limit: int | None = MAX_BYTES) -> str | Problem:
    """The text of a file with ``\\n`` as line ends, or a problem if it is not UTF-8 or exceeds ``limit`` bytes."""
    if limit is not None and len(data) > limit:
        return too_large_problem(limit)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # byte order marks; Notepad calls this encoding "Unicode"
        return Problem(code="E107", message="the file is UTF-16", hint="Save it as UTF-8.")
    data = data.removeprefix(b"\xef\xbb\xbf")  # the byte order mark that editors on Windows add
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        return Problem(
            code="E107",
            message=f"byte 0x{data[error.start]:02x} is not UTF-8",
            hint="Save the file as UTF-8.",
            line=before.count("\n") + 1,
            column=len(before) - (before.rfind("\n") + 1) + 1,
        )


def too_large_problem(limit: int) -> Problem:
    """The problem of a file that has more than ``limit`` bytes."""
    hint = "Shorten the longest field." if limit == MAX_BYTES else "Divide it into several files."
    return Problem(code="E108", message=f"the file has more than {limit:,} bytes", hint=hint)


def read(text: str) -> Document:
    """Read one YAML document as strings, lists and mappings, with positions and problems.

    Reading goes on after some problems, such as a duplicate key or a tag, and ends at others, such as a syntax error.
    """
    reader = _Reader(text)
    try:
        raw = reader.document()
    except yaml.YAMLError as error:
        reader.problems.append(_syntax_problem(error, text))
        raw = None
    except _Unreadable:
        raw = None
    return Document(raw if not reader.problems else None, reader.value_positions, reader.key_positions, reader.problems)


def read_for_editing(text: str) -> Document:
    """Read the text of a file that will be edited line by line. Lines may end with ``\\r\\n``.

    If the text contains other line ends of YAML, ``raw`` is None: positions would not match lines separated by ``\\n``.
    """
    text = text.replace("\r\n", "\n")
    return Document(None, {}, {}, []) if _OTHER_LINE_ENDS.search(text) else read(text)


def read_fast(text: str) -> RawRecord | None:
    """The values of a document, in a third of the time of ``read``; None if the document may have a problem."""
    try:
        return _FastReader(text).document()
    except (yaml.YAMLError, _Unreadable):
        return None


class _FastReader:
    """Reads values from the parser's events, without positions. Raises _Unreadable at the first refused feature."""

    def __init__(self, text: str) -> None:
        self._next_event: Callable[[], Any] = _Loader(text).get_event

    def document(self) -> RawRecord:
        self._next_event()  # stream start
        start = self._next_event()
        if not isinstance(start, yaml.DocumentStartEvent) or start.tags or start.version:
            raise _Unreadable
        fields = self._value(self._next_event(), 0)
        self._next_event()  # document end
        if not isinstance(fields, dict) or not isinstance(self._next_event(), yaml.StreamEndEvent):
            raise _Unreadable
        return fields

    def _value(self, event: Any, depth: int) -> Raw:
        kind = event.__class__  # the parser creates exactly these classes, not subclasses
        if event.anchor is not None or kind is yaml.AliasEvent or event.tag is not None:
            raise _Unreadable
        if kind is yaml.ScalarEvent:
            value: str = event.value
            return value
        if depth >= MAX_LEVELS:
            raise _Unreadable
        if kind is yaml.SequenceStartEvent:
            items: list[Raw] = []
            while (event := self._next_event()).__class__ is not yaml.SequenceEndEvent:
                items.append(self._value(event, depth + 1))
            return items
        return self._mapping(depth + 1)

    def _mapping(self, depth: int) -> dict[str, Raw]:
        fields: dict[str, Raw] = {}
        while (event := self._next_event()).__class__ is not yaml.MappingEndEvent:
            if event.__class__ is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
                raise _Unreadable
            key: str = event.value
            if key in fields or key == "<<":
                raise _Unreadable
            fields[key] = self._value(self._next_event(), depth)
        return fields


class _Reader:
    """Reads values, positions and problems from the parser's events."""

    def __init__(self, text: str) -> None:
        self.value_positions: dict[Location, Position] = {}
        self.key_positions: dict[Location, Position] = {}
        self.problems: list[Problem] = []
        self._events: Iterator[Any] = yaml.parse(text, Loader=_Loader)

    def document(self) -> RawRecord | None:
        next(self._events)  # stream start
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise self._unreadable("E111", "the file is empty", "Write the fields, one per line.", event)
        if event.tags or event.version:
            self._report("E105", "a directive at the top of the file", "Delete the line that starts with %.", event)
        start = next(self._events)
        raw = self._value(start, ())
        next(self._events)  # document end
        end = next(self._events)
        if not isinstance(end, yaml.StreamEndEvent):
            raise self._unreadable("E106", "a second document starts here", "Delete `---` and what follows.", end)
        if raw == "":
            raise self._unreadable("E111", "the file contains no fields", "Write the fields, one per line.", start)
        if not isinstance(raw, dict):
            raise self._unreadable(
                "E110", "the file does not contain `field: value` lines", "Start with `title: …`.", start
            )
        return raw

    def _value(self, event: Any, location: Location) -> Raw:
        self.value_positions[location] = Position(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            raise self._unreadable("E103", f"the alias *{event.anchor}", "Write the value out.", event)
        if event.anchor:
            self._report("E103", f"the anchor &{event.anchor}", "Delete the anchor.", event)
        if event.tag:
            self._report("E105", f"the tag {quoted(event.tag)}", "Delete the tag; all values are text.", event)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if len(location) >= MAX_LEVELS:
            raise self._unreadable("E109", f"more than {MAX_LEVELS} levels", "Flatten the value.", event)
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
                raise self._unreadable("E110", "a key that is not plain text", "Write `field: value`.", event)
            key, start = str(event.value), cast(Any, event).start_mark
            if event.anchor or event.tag:
                code, feature = ("E103", "an anchor") if event.anchor else ("E105", "a tag")
                self._report(code, f"{feature} on the key {quoted(key)}", "Delete it.", event)
            if key == "<<" and not event.style:  # in quotes, ``<<`` is an ordinary key
                self._report("E104", "a merge key", "Write the fields out.", event)
            if key in fields:
                self._report("E102", f"duplicate key {quoted(key)}", "Delete one of the two.", event)
            key_location = (*location, key)
            self.key_positions[key_location] = Position(start.line + 1, start.column + 1)
            fields[key] = self._value(next(self._events), key_location)
        return fields

    def _report(self, code: str, message: str, hint: str, event: Any) -> None:
        mark: Any = event.start_mark
        self.problems.append(Problem(code=code, message=message, hint=hint, line=mark.line + 1, column=mark.column + 1))

    def _unreadable(self, code: str, message: str, hint: str, event: Any) -> _Unreadable:
        self._report(code, message, hint, event)
        return _Unreadable()


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    message = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "the file cannot be read")
    if mark is None:  # libyaml gives no position for a character that YAML forbids
        index = next((i for i, c in enumerate(text) if not c.isprintable() and c not in "\n\r\t\u200c\u200d"), 0)
        before = text[:index]
        line, column = before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1
        return Problem(code="E101", message=message, hint="Delete the character.", line=line, column=column)
    # For an error at the end of the text, libyaml's line is the one after the last.
    line = min(mark.line + 1, text.rstrip("\n").count("\n") + 1)
    hint = syntax_hint(message, text.split("\n")[line - 1], text)
    return Problem(code="E101", message=message, hint=hint, line=line, column=mark.column + 1)


def syntax_hint(message: str, line: str, text: str) -> str:
    """How to correct a line for which the parser gives ``message``; with the corrected line if that is clear."""
    if "escape character" in message:
        return "In double quotes, \\ begins an escape: use single quotes, '\\alpha', or write it twice, \"\\\\alpha\"."
    field = _FIELD_LINE.fullmatch(line.rstrip())
    if "mapping values" in message and field and ": " in field["value"]:
        return f"Put quotes around the text: {field['start']}{_in_quotes(field['value'])}"
    if "\t" in text:
        return "Replace tabs by spaces."
    return "Check indentation and quotes; text with `: ` or ` #` inside needs quotes."


def _in_quotes(value: str) -> str:
    """A one-line text in YAML quotes, which are single if it contains double quotes or backslashes."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
