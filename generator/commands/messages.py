"""Formats problems: as text, JSON, annotations of a pull request, or a comment on an issue."""

import os
import re
import sys
from collections.abc import Sequence

from generator.commands.destination import printable, unguarded
from generator.model.problem import Problem, limit_per_file
from generator.text.escape import for_annotation, for_annotation_property, for_printed_json

FORMATS = ("text", "json", "github")
# The location and the code at the start of a line: ``content/papers/a.yaml:3:1: E101 ``
_LOCATION_AND_CODE = re.compile(r"(?m)^(\S.*?:\d+:\d+: )([EW]\d{3}) ")
MAX_PRINTED = 1000
"""The maximum number of printed problems."""
_MAX_COMMENT_LENGTH = 60_000
"""The maximum length of a comment on an issue, in characters. GitHub refuses more than 65,536."""


def format_problems(problems: Sequence[Problem], output_format: str, prefix: str = "") -> str:
    """Return the problems in a format of ``FORMATS``, sorted by path, line and column.

    ``prefix``, such as ``content/``, is put before each path. Of each kind in a file, the first problems are listed and
    the others counted. At most ``MAX_PRINTED`` problems are listed in total, and the others counted except in JSON.
    """
    ordered = sorted(limit_per_file(problems, lambda problem: problem.path), key=_sort_key)
    printed = ordered[:MAX_PRINTED]
    if output_format == "json":
        return for_printed_json([_as_json(problem, prefix) for problem in printed], indent=1)
    format_problem = _as_annotation if output_format == "github" else _as_text
    lines = [format_problem(problem, prefix) for problem in printed]
    if unlisted := ordered[MAX_PRINTED:]:
        lines.append(
            f"{len({problem.path for problem in unlisted}):,} more files have faults: {count_problems(unlisted)}"
        )
    return "\n".join(lines)


def print_problems(problems: Sequence[Problem], output_format: str, prefix: str = "") -> None:
    """Print the problems to stdout. Annotations are workflow commands, which ``guard_output`` would escape."""
    out = unguarded(sys.stdout) if output_format == "github" else sys.stdout
    text = format_problems(problems, output_format, prefix)
    # https://no-color.org
    if output_format == "text" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        text, out = _LOCATION_AND_CODE.sub(_colored, text), unguarded(sys.stdout)
    print(text, file=out, flush=True)


def _colored(match: re.Match[str]) -> str:
    location, code = match.groups()
    color = 31 if code.startswith("E") else 33  # red for errors, yellow for warnings
    return f"{location}\x1b[{color}m{code}\x1b[0m "


def issue_comment(introduction: str, text: str) -> bytes:
    """Return a comment on an issue as Markdown in UTF-8: the introduction, then the text.

    The text is untrusted, so it becomes a code block. Text beyond the maximum length is cut.
    """
    lines, size = [], len(introduction)
    for line in text.splitlines():
        lines.append(f"    {printable(line)}")
        size += len(lines[-1]) + 1
        if size > _MAX_COMMENT_LENGTH:
            lines[-1] = "    … the rest is not shown"
            break
    return "\n".join([introduction, "", *lines, ""]).encode()


def count_problems(problems: Sequence[Problem]) -> str:
    """Return the number of errors and warnings: ``3 errors, 1 warning``."""
    # A summary problem stands for ``more`` problems that are not listed.
    errors = sum(problem.more or 1 for problem in problems if problem.is_error)
    warnings = sum(problem.more or 1 for problem in problems) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def _sort_key(problem: Problem) -> tuple[str, int, int, str]:
    return problem.path, problem.line, problem.column, problem.code


def _as_text(problem: Problem, prefix: str) -> str:
    hint = f"\n    {printable(problem.hint)}" if problem.hint else ""
    location = f"{prefix}{problem.path}:{problem.line}:{problem.column}"
    return printable(f"{location}: {problem.code} {problem.message}") + hint


def _as_json(problem: Problem, prefix: str) -> dict[str, str | int]:
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


def _as_annotation(problem: Problem, prefix: str) -> str:
    """Return a workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    path = for_annotation_property(prefix + problem.path)
    # An annotation has no field for the hint, so the hint follows the message.
    text = for_annotation(f"{problem.message}. {problem.hint}")
    return (
        f"::{problem.severity.value} file={path},line={problem.line},col={problem.column},title={problem.code}::{text}"
    )
