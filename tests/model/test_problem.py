"""Problems, and how many are listed."""

from dataclasses import replace
from pathlib import Path

from generator.commands.check import problems_of
from generator.store.load import load


def test_the_table_of_faults_decides_the_severity(content: Path) -> None:
    (content / "papers/conf-2025/bad.yaml").write_text("x: y\n", "utf-8")
    problem = problems_of(load(content))[0]
    assert problem.is_error
    assert replace(problem, line=3).line == 3
