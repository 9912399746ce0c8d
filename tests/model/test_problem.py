"""Problems, and how many are listed."""

from dataclasses import replace
from pathlib import Path

from generator.commands.check import problems_of
from generator.model.problem import MAX_LISTED, Problem, ProblemLimit, limit_per_file
from generator.store.load import load


def test_the_table_of_faults_decides_the_severity(content: Path) -> None:
    (content / "papers/conf-2025/bad.yaml").write_text("x: y\n", "utf-8")
    problem = problems_of(load(content))[0]
    assert problem.is_error
    assert replace(problem, line=3).line == 3


def _problem(path: str, line: int, code: str = "E201", more: int = 0) -> Problem:
    return Problem(code=code, message="m", hint="h", path=path, line=line, more=more)


def test_the_first_problems_of_a_kind_are_listed_and_the_others_counted() -> None:
    problems = [_problem("a", line) for line in range(1, MAX_LISTED + 4)]
    result = limit_per_file(problems, lambda problem: problem.path)
    assert [problem.line for problem in result[:-1]] == list(range(1, MAX_LISTED + 1))
    assert (result[-1].message, result[-1].more, result[-1].line) == (
        "3 more of this kind in the file",
        3,
        MAX_LISTED + 1,
    )


def test_kinds_and_files_are_counted_separately() -> None:
    problems = [_problem(path, line, code) for path in "ab" for code in ("E201", "E202") for line in range(MAX_LISTED)]
    assert limit_per_file(problems, lambda problem: problem.path) == problems


def test_a_summary_is_added_to_the_count() -> None:
    limit = ProblemLimit()
    assert limit.allows(_problem("a", 1), "a")
    assert not limit.allows(_problem("a", 2, more=5), "a")
    assert not limit.allows(_problem("a", 3, more=2), "a")
    assert [(problem.line, problem.more) for problem in limit.summaries()] == [(2, 7)]
