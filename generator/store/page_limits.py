"""Limits of a hand-written page. They refuse pages for which Python-Markdown takes minutes or recurses too deeply.

Each limit is on a construct that Python-Markdown compares with the rest of the page, or for which it recurses. It is
far above what a page of prose needs.
"""

import re
from collections.abc import Iterator

from generator.model.problem import Problem

MAX_PAGE_BYTES = 128 * 1024
"""Bytes of a page."""
MAX_LINES = 5_000
MAX_BLOCK = 32_000
"""Characters between two empty lines. For each opening character, Python-Markdown searches the rest of the block."""
MAX_COLUMNS = 100
"""Columns of a table."""
MAX_CELLS = 50_000
"""Cells of all tables on a page."""
MAX_NESTED = 50
"""Quotes and lists that begin in one line. Python-Markdown recurses for each of them."""

# What is counted on a page, the largest allowed number, and its name in messages.
_COUNTED = (
    (re.compile(r"^\*\[", re.MULTILINE), 200, "abbreviations"),  # each is searched in every text
    (re.compile(r"^ {0,3}(?:#|=+ *$|-+ *$)", re.MULTILINE), 500, "headings"),  # each id is compared with the others
    (re.compile(r"^ *\[[^\]\n]*\]:", re.MULTILINE), 500, "link references and footnotes"),
    (re.compile(r"\[\^"), 500, "references to footnotes"),
    (re.compile(r"^ *[:~] ", re.MULTILINE), 500, "definitions"),  # each but the first is a recursion
    (re.compile(r"\smarkdown\b[^<>\n]{0,200}>"), 100, "elements with Markdown"),  # ``<div markdown>``, can be nested
)
_OPENERS = (
    # A pattern of an opener (group 1) and its closer, the opener in messages, and how many may be open at once. For
    # each open one, Python-Markdown searches the rest of the text.
    (re.compile(r"(\[)|\]"), "[", 50),
    (re.compile(r"(\]\()|\)"), "](", 100),
    (re.compile(r"(<(?=\S))|>"), "<", 200),
    (re.compile(r"(\{)|\}"), "{", 200),
)
_MAX_INDENTATION = 200  # characters; each level of indentation is a level of recursion
# the markers of quotes and lists at the beginning of a line: ``> - 1. ``
_MARKERS = re.compile(r"^[ \t]*((?:>[ \t]*+|[-+*][ \t]++|\d{1,9}[.)][ \t]++)+)", re.MULTILINE)
_MARKER = re.compile(r">|[-+*]|\d{1,9}[.)]")
_DELIMITER_ROW = frozenset("|:- \t>")  # the characters of the row below a table's header, also in a quote
_BLOCK_END = re.compile(r"\n[ \t]*\n")


def costly_markdown(path: str, text: str) -> Problem | None:
    """The first problem of a page that would take Python-Markdown long; None if there is none."""
    return next(_problems(path, text), None)


def _problems(path: str, text: str) -> Iterator[Problem]:
    if (lines := text.count("\n") + 1) > MAX_LINES:
        yield _too_many(path, lines, "lines", MAX_LINES)
    for pattern, limit, name in _COUNTED:
        if (count := sum(1 for _ in pattern.finditer(text))) > limit:
            yield _too_many(path, count, name, limit)
    yield from _block_problems(path, text)
    for pattern, opener, limit in _OPENERS:
        if (count := _max_depth(pattern, text)) > limit:
            message = f"{count:,} `{opener}` are open at once, at most {limit} may be"
            yield Problem(code="E118", message=message, hint="Close or delete them.", path=path)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _MAX_INDENTATION and line[: _MAX_INDENTATION + 1].isspace():
            message = (
                f"a line is indented by more than {_MAX_INDENTATION} characters, so blocks may be nested too deeply"
            )
            yield Problem(code="E118", message=message, hint="Indent it less.", path=path, line=number)
    for match in _MARKERS.finditer(text):
        if (count := sum(1 for _ in _MARKER.finditer(match[1]))) > MAX_NESTED:
            message = f"a line opens {count:,} quotes and lists, at most {MAX_NESTED} may be nested"
            number = text.count("\n", 0, match.start()) + 1
            yield Problem(code="E118", message=message, hint="Delete most of them.", path=path, line=number)


def _too_many(path: str, count: int, name: str, limit: int) -> Problem:
    message = f"the page has {count:,} {name}, at most {limit:,} fit"
    return Problem(code="E108", message=message, hint="Divide it into several pages.", path=path)


def _block_problems(path: str, text: str) -> Iterator[Problem]:
    """Yield the problems of long blocks and large tables."""
    cells = 0
    for block in _BLOCK_END.split(text):
        if len(block) > MAX_BLOCK:
            yield _too_many(path, len(block), "characters without an empty line", MAX_BLOCK)
        rows = block.split("\n")
        if not any("-" in row and _DELIMITER_ROW.issuperset(row) for row in rows):
            continue
        columns = max(row.count("|") for row in rows)
        if columns > MAX_COLUMNS:
            yield _too_many(path, columns, "columns in a table", MAX_COLUMNS)
        cells += columns * len(rows)  # each row gets as many cells as the widest one
    if cells > MAX_CELLS:
        yield _too_many(path, cells, "cells of tables", MAX_CELLS)


def _max_depth(pattern: re.Pattern[str], text: str) -> int:
    """The largest number of openers that are open at once. Group 1 of ``pattern`` is an opener, else it is a closer."""
    depth = max_depth = 0
    for match in pattern.finditer(text):
        if match[1]:
            depth += 1
            max_depth = max(max_depth, depth)
        else:
            depth = max(depth - 1, 0)  # a closer without an opener is plain text
    return max_depth
