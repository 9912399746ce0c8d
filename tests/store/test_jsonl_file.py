"""JSON Lines files as strings, with positions."""

from pathlib import Path

import pytest

from generator.commands.check import problems_of
from generator.store.jsonl_file import positions, read_rows
from generator.store.load import load
from generator.store.yaml_file import MAX_BYTES, MAX_LEVELS


def test_a_fault_has_the_line_and_column_of_its_value(content: Path) -> None:
    path = content / "papers/preprint-2025.jsonl"
    rows = path.read_text("utf-8").splitlines()
    rows.append(
        '{"id": "x2025y", "title": "T", "authors": ["A"], "venue": "preprint-2025", "topics": ["cat"], "added": "x"}'
    )
    path.write_text("\n".join(rows), "utf-8")
    problems = [(p.line, p.column, p.code) for p in problems_of(load(content))]
    assert problems == [(3, 104, "E205")]


def test_values_stay_the_text_of_the_file() -> None:
    (row,) = read_rows('{"a": 1.10, "b": 0, "c": true, "d": [1e5, NaN], "e": {"f": "x"}}')
    assert row.raw == {"a": "1.10", "b": "0", "c": "true", "d": ["1e5", "NaN"], "e": {"f": "x"}}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"a": "x"', "E101"),
        ('\ufeff{"a": "x"}', "E101"),
        ('{"a": "x", "a": "y"}', "E102"),
        ('{"a": {"b": "x", "b": "y"}}', "E102"),
        (f'{{"a": "{"x" * MAX_BYTES}"}}', "E108"),
        (f'{{"a": {"[" * MAX_LEVELS}{"]" * MAX_LEVELS}}}', "E109"),
        ('["x"]', "E110"),
        ('{"a": null}', "E112"),
    ],
    ids=["cut", "byte order mark", "duplicate", "duplicate inside", "long", "deep", "no object", "null"],
)
def test_a_line_with_a_fault_has_no_record_and_others_are_read(line: str, code: str) -> None:
    first, second = read_rows(f'{line}\n\n{{"b": "y"}}\n')
    assert (first.raw, [(problem.code, problem.line) for problem in first.problems]) == (None, [(code, 1)])
    assert (second.line, second.raw, second.problems) == (3, {"b": "y"}, [])


def test_a_line_separator_inside_a_string_ends_no_line() -> None:
    assert [row.raw for row in read_rows('{"a": "x\u2028y"}')] == [{"a": "x\u2028y"}]


def test_the_position_of_a_value_is_in_its_line() -> None:
    position_of = positions('{"a": "x", "b": ["y", "z"]}', 7)
    assert position_of(("b", 1)) == (7, 23)
    assert position_of(("b", 5)) == (7, 17), "the list around a value that is not there"
