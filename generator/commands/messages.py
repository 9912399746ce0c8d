"""Formats problems as text, as JSON, or as annotations of a pull request."""

import os
import re
import sys
from collections.abc import Sequence

from generator.commands.destination import named, unguarded
from generator.model.problem import Problem, limit_per_file
from generator.text.escape import for_annotation, for_annotation_property, for_printed_json

FORMATS = ("text", "json", "github")


_CODE = re.compile(r"(?m)^(\S.*?:\d+:\d+: )([EW]\d{3}) ")
PRINTED_MOST = 1000
"""The maximum number of printed problems."""
_ANSWER_MOST = 60_000
"""Characters of an answer to an issue. GitHub refuses a comment of more than 65,536."""


def formatted(problems: Sequence[Problem], form: str, prefix: str = "") -> str:
    """Format the problems in order of path, line and column. ``prefix`` (the content folder) precedes each path.

    Of each kind in a file, the first ones are listed and the rest counted. At most ``PRINTED_MOST`` are listed in all.
    """
    ordered = sorted(limit_per_file(problems, lambda problem: problem.path), key=_place)
    shown = ordered[:PRINTED_MOST]
    if form == "json":
        return for_printed_json([_as_mapping(problem, prefix) for problem in shown], indent=1)
    line = _annotation if form == "github" else _text
    lines = [line(problem, prefix) for problem in shown]
    if left := ordered[PRINTED_MOST:]:
        lines.append(f"{len({problem.path for problem in left}):,} more files have faults: {count(left)}")
    return "\n".join(lines)


def print_problems(problems: Sequence[Problem], form: str, prefix: str = "") -> None:
    """Print the problems to stdout. Annotations are workflow commands, so they bypass the guard."""
    out = unguarded(sys.stdout) if form == "github" else sys.stdout
    text = formatted(problems, form, prefix)
    if form == "text" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        text, out = _CODE.sub(_coloured, text), unguarded(sys.stdout)
    print(text, file=out, flush=True)


def _coloured(code: re.Match[str]) -> str:
    return f"{code[1]}\x1b[{31 if code[2][0] == 'E' else 33}m{code[2]}\x1b[0m "


def as_answer(note: str, text: str) -> bytes:
    """Return the Markdown of an answer to an issue. The text is untrusted, so it is a code block; a long one is cut."""
    lines, size = [], len(note)
    for line in text.splitlines():
        lines.append(f"    {named(line)}")
        size += len(lines[-1]) + 1
        if size > _ANSWER_MOST:
            lines[-1] = "    … the rest is not shown"
            break
    return "\n".join([note, "", *lines, ""]).encode()


def count(problems: Sequence[Problem]) -> str:
    """Return the number of errors and warnings: ``3 errors, 1 warning``."""
    errors = sum(problem.more or 1 for problem in problems if problem.is_error)
    warnings = sum(problem.more or 1 for problem in problems) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def _place(problem: Problem) -> tuple[str, int, int, str]:
    return problem.path, problem.line, problem.column, problem.code


def _text(problem: Problem, prefix: str) -> str:
    hint = f"\n    {named(problem.hint)}" if problem.hint else ""
    place = f"{prefix}{problem.path}:{problem.line}:{problem.column}"
    return named(f"{place}: {problem.code} {problem.message}") + hint


def _as_mapping(problem: Problem, prefix: str) -> dict[str, str | int]:
    return {
        "path": prefix + problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        **({"more": problem.more} if problem.more else {}),
    }


def _annotation(problem: Problem, prefix: str) -> str:
    """A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    path = for_annotation_property(prefix + problem.path)
    text = for_annotation(f"{problem.message}. {problem.hint}")
    return (
        f"::{problem.severity.value} file={path},line={problem.line},col={problem.column},title={problem.code}::{text}"
    )
