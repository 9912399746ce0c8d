"""JSON Lines files as strings, with positions."""

from pathlib import Path

from generator.commands.check import problems_of
from generator.store.load import load


def test_a_fault_has_the_line_and_column_of_its_value(content: Path) -> None:
    path = content / "papers/preprint-2025.jsonl"
    rows = path.read_text("utf-8").splitlines()
    rows.append(
        '{"id": "x2025y", "title": "T", "authors": ["A"], "venue": "preprint-2025", "topics": ["cat"], "added": "x"}'
    )
    path.write_text("\n".join(rows), "utf-8")
    problems = [(p.line, p.column, p.code) for p in problems_of(load(content))]
    assert problems == [(3, 104, "E205")]
