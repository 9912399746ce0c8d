"""The ranking of growth: the largest ratio of each case, the steepest first."""

from tools.steepest import ranked


def test_the_largest_ratio_of_each_case_counts() -> None:
    path = "tests/growth/test_functions.py"
    lines = [
        f"2.1\t{path}::test_a_rule[papers_have_authors] (call)\n",
        f"2.2\t{path}::test_a_rule[papers_have_authors] (call)\n",
        "2.15\ttests/growth/test_patterns.py::test_steps[generator/text/latex.py:_A[0]] (call)\n",
        f"4.0\t{path}::test_what_is_quadratic_is_seen (call)\n",
    ]
    assert ranked(lines) == [
        (2.2, "functions: papers_have_authors"),
        (2.15, "patterns: generator/text/latex.py:_A[0]"),
    ]
