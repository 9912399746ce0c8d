"""Records as JSON Lines."""

import pytest

from generator.importers import papers_jsonl
from generator.importers.raw_paper import Options, Parsed

OPTIONS = Options(origin="t", year=2025)


def _titles(parsed: Parsed) -> list[object]:
    return [paper.fields["title"] for paper in parsed.papers]


@pytest.mark.parametrize("depth", [25, 300, 600, 900, 5000])
def test_a_row_that_is_nested_too_deeply_is_noted(depth: int) -> None:
    rows = f'{{"title": "a", "keywords": {"[" * depth}{"]" * depth}}}\n{{"title": "b"}}\n'
    parsed = papers_jsonl.read(rows, OPTIONS)
    assert _titles(parsed) == ["b"]
    assert [(note.line, note.message) for note in parsed.notes] == [(1, "not a JSON object: nested too deeply")]


def test_records_are_recognized_if_the_first_contains_a_line_separator() -> None:
    assert papers_jsonl.recognizes('{"title": "a\u2028b\u0085c"}\n{"title": "d"}\n')


def test_numbers_stay_as_they_are_written() -> None:
    parsed = papers_jsonl.read('{"title": "a", "arxiv": 2301.10, "authors_incomplete": true, "doi": null}\n', OPTIONS)
    assert parsed.papers[0].fields == {"title": "a", "arxiv": "2301.10", "authors_incomplete": "true"}


def test_a_line_that_is_no_object_is_lost_and_the_others_are_read() -> None:
    parsed = papers_jsonl.read('{"title": "a"}\n[1]\n\nnot JSON\n{"title": "b"}\n', OPTIONS)
    assert [(paper.fields["title"], paper.line) for paper in parsed.papers] == [("a", 1), ("b", 5)]
    assert [(note.line, note.lost) for note in parsed.notes] == [(2, True), (4, True)]
