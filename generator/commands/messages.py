"""How problems and notes are printed: as text, as JSON, or as annotations of a pull request."""

import json
from collections.abc import Sequence

from generator.model.problem import Problem

FORMATS = ("text", "json", "github")


def formatted(problems: Sequence[Problem], form: str, prefix: str = "") -> str:
    """All problems in order of path, line and column. ``prefix`` is put before each path (the content folder)."""
    ordered = sorted(problems, key=lambda p: (p.path, p.line, p.column, p.code))
    if form == "json":
        return json.dumps([_as_mapping(problem, prefix) for problem in ordered], ensure_ascii=False, indent=1)
    line = _annotation if form == "github" else _text
    return "\n".join(line(problem, prefix) for problem in ordered)


def count(problems: Sequence[Problem]) -> str:
    """``3 errors, 1 warning``."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def _text(problem: Problem, prefix: str) -> str:
    hint = f"\n    {problem.hint}" if problem.hint else ""
    return f"{prefix}{problem.path}:{problem.line}:{problem.column}: {problem.code} {problem.message}{hint}"


def _as_mapping(problem: Problem, prefix: str) -> dict[str, str | int]:
    return {
        "path": prefix + problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
    }


def _annotation(problem: Problem, prefix: str) -> str:
    """A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    path = _property(prefix + problem.path)
    title = _property(f"{problem.code}")
    text = f"{problem.message}. {problem.hint}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{problem.severity.value} file={path},line={problem.line},col={problem.column},title={title}::{text}"


def _property(text: str) -> str:
    for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(character, code)
    return text
