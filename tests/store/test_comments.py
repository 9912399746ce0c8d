"""Values that a comment cuts."""

from pathlib import Path

import pytest

from generator.model.problem import Problem
from generator.store.comments import comment_problems

DOGS = "papers/conf-2025/zhu2025dogs.yaml"


def _problems(content: Path, line: str) -> list[Problem]:
    path = content / DOGS
    path.write_text(f"{line}\n{path.read_text('utf-8').replace('title: ', '# title: ', 1)}", "utf-8")
    return [problem for problem in comment_problems(content) if problem.path == DOGS]


def test_a_comment_that_cuts_a_value_is_reported_with_the_corrected_line(content: Path) -> None:
    (problem,) = _problems(content, "title: Cats in C #and others")
    assert (problem.code, problem.line, problem.column) == ("W388", 1, 18)
    assert 'title: "Cats in C #and others"' in problem.hint


@pytest.mark.parametrize(
    "line",
    [
        'title: "Cats #1" # a comment', "title: Cats#1", "title: Cats", "# title: a #b", "doi: 10.1/x # as printed",
        "title: >\n  Cats #1", "title: [",
    ],
)  # fmt: skip
def test_other_comments_are_not_reported(line: str, content: Path) -> None:
    assert _problems(content, line) == []
