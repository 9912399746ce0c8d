"""Report comments behind plain YAML values: in ``title: Dogs and the #1 thing``, the value is only ``Dogs and the``.

A ``#`` after a space begins a comment, unless the value is quoted or a block (YAML 1.2.2, 6.6).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.model.problem import Problem
from generator.model.values import quoted
from generator.store.layout import ContentFile, content_files
from generator.store.reading import is_bulk, read_text

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"[ \t]+(#.*)")
_MAY_HAVE_COMMENT = re.compile(r"^[^\S\n]*\S[^\n]*[ \t]#", re.MULTILINE)  # text and ``#`` in one line
# Ids, dates, numbers and addresses contain no spaces, so a comment after them is intended.
_WITHOUT_SPACES = frozenset(
    "id venue topics tags aliases distinct_from parent added published date status_date starts ends year order kind "
    "status arxiv doi openreview acl orcid ror url homepage links authors_incomplete".split()
)


def comment_problems(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each value below ``folder`` that a comment may end too early.

    The hint has the line with the value in quotes.
    """
    for file in content_files(folder):
        if isinstance(file, ContentFile) and file.kind and not is_bulk(file.path):  # JSON has no comments
            text = read_text(folder, file.path)
            if isinstance(text, str):
                yield from _text_problems(text, file.path)


def _text_problems(text: str, path: str) -> Iterator[Problem]:
    if not _MAY_HAVE_COMMENT.search(text):  # most files have no comment, and parsing takes long
        return
    lines = text.split("\n")
    for field, event in _plain_values(text):
        line, column = event.end_mark.line, event.end_mark.column
        comment = _COMMENT.match(lines[line], column) if line < len(lines) else None
        if comment and field not in _WITHOUT_SPACES:
            first_line, first_column = event.start_mark.line, event.start_mark.column
            parts = [lines[first_line][first_column:], *lines[first_line + 1 : line + 1]]
            quoted_value = json.dumps(" ".join(map(str.strip, parts)), ensure_ascii=False)
            corrected = lines[first_line][:first_column] + quoted_value
            yield Problem(
                code="W388",
                message=f"the value ends at {quoted(str(event.value))}: {quoted(comment[1])} is a comment",
                hint=f"Write {corrected.strip()}, or move the comment to a line of its own.",
                path=path,
                line=line + 1,
                column=comment.start(1) + 1,
            )


@dataclass
class _Collection:
    """A mapping or list that the parser is in: its field, and whether the next scalar is a key."""

    is_mapping: bool
    field: str
    expects_key: bool


def _plain_values(text: str) -> Iterator[tuple[str, Any]]:
    """Yield the field and the parser's event of each unquoted value, up to the first syntax error."""
    collections: list[_Collection] = []
    try:
        for event in yaml.parse(text, Loader=_Loader):
            current = collections[-1] if collections else _Collection(False, "", False)
            if isinstance(event, yaml.CollectionStartEvent):
                current.expects_key = current.is_mapping  # the collection is a value
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                collections.append(_Collection(is_mapping, current.field, is_mapping))
            elif isinstance(event, yaml.CollectionEndEvent):
                collections.pop()
            elif isinstance(event, yaml.ScalarEvent) and current.expects_key:
                # Keys below ``links`` are kinds of links: ``links`` stays the field of their values.
                current.field = "links" if current.field == "links" else event.value
                current.expects_key = False
            elif isinstance(event, yaml.ScalarEvent):
                current.expects_key = current.is_mapping
                if collections and not event.style and event.value:
                    yield current.field, event
    except yaml.YAMLError:  # `reading.py` reports it
        return
