"""Report comments that cut plain YAML values: in ``title: Dogs and the #1 thing`` the value is ``Dogs and the``.

YAML 1.2.2, 6.6: a ``#`` after a space begins a comment, unless the value is quoted or a block.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from generator.model.problem import Problem
from generator.model.values import quoted
from generator.store.layout import ContentFile, content_files
from generator.store.reading import is_bulk, read_bytes, read_text

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"[ \t]+(#.*)")
_MAY_HAVE_COMMENT = re.compile(r"^[^\S\n]*\S[^\n]*[ \t]#", re.MULTILINE)
# Ids, days, numbers and addresses have no spaces, so a comment after them is meant as one.
_WITHOUT_SPACES = frozenset(
    "id venue topics tags aliases distinct_from parent added published date status_date starts ends year order kind "
    "status arxiv doi openreview acl orcid ror url homepage links authors_incomplete".split()
)


def comment_problems(folder: Path) -> Iterator[Problem]:
    """A problem for each value below ``folder`` that a comment cuts, with the line as it was probably meant."""
    for file in content_files(folder):
        if isinstance(file, ContentFile) and file.kind and not is_bulk(file.path):  # JSON has no comments
            data = read_bytes(folder, file.path)
            text = data if isinstance(data, Problem) else read_text(file.path, data)
            if isinstance(text, str):
                yield from _text_problems(text, file.path)


def _text_problems(text: str, path: str) -> Iterator[Problem]:
    if not _MAY_HAVE_COMMENT.search(text):  # true of nearly all files, which are then not parsed
        return
    lines = text.split("\n")
    for field, event in _plain_values(text):
        line, column = event.end_mark.line, event.end_mark.column
        comment = _COMMENT.match(lines[line], column) if line < len(lines) else None
        if comment and field not in _WITHOUT_SPACES:
            first, start = event.start_mark.line, event.start_mark.column
            parts = [lines[first][start:], *lines[first + 1 : line + 1]]
            meant = json.dumps(" ".join(map(str.strip, parts)), ensure_ascii=False)
            yield Problem(
                code="W388",
                message=f"the value ends at {quoted(str(event.value))}: {quoted(comment[1])} is a comment",
                hint=f"Write {(lines[first][:start] + meant).strip()}, or move the comment to a line of its own.",
                path=path,
                line=line + 1,
                column=comment.start(1) + 1,
            )


def _plain_values(text: str) -> Iterator[tuple[str, Any]]:
    """The unquoted values, each with its field, up to the first syntax error."""
    fields: list[list[Any]] = []  # for each open mapping or list: is it a mapping, its field, does a key come next
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                field = fields[-1][1] if fields else ""
                if fields and fields[-1][0]:
                    fields[-1][2] = True
                fields.append([isinstance(event, yaml.MappingStartEvent), field, True])
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                fields.pop()
            elif isinstance(event, yaml.ScalarEvent) and fields:
                is_mapping, field, is_key = fields[-1]
                if is_mapping and is_key:
                    # Keys of ``links`` are kinds; all their values are addresses.
                    fields[-1][1:] = ["links" if field == "links" else event.value, False]
                    continue
                fields[-1][2] = True
                if not event.style and event.value:
                    yield field, event
    except yaml.YAMLError:  # reported by the reader of the file
        return
