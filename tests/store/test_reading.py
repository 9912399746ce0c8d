"""Hand-written pages: what is read of them."""

from pathlib import Path

import pytest

from generator.model.entities import Topic
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.store.layout import ContentFile
from generator.store.limits import MAX_BULK_BYTES, MAX_FILE_BYTES
from generator.store.page_limits import MAX_PAGE_BYTES
from generator.store.reading import limit_of, positions, read_bytes, read_page, read_records
from generator.store.yaml_file import MAX_BYTES


def test_the_title_is_that_of_the_front_matter_or_the_heading_or_the_file() -> None:
    assert read_page("about", "---\ntitle: About us\n---\n# Heading\n\nText\n").title == "About us"
    assert read_page("about", "# Heading\n\nText\n").title == "Heading"
    assert read_page("guides/how-to", "Text\n").title == "How to"


TOPIC = ContentFile("topics/cats.yaml", Topic, "cats")


def test_the_name_of_the_file_is_the_id_and_an_id_inside_is_a_fault() -> None:
    (row,) = read_records(TOPIC, b"name: Cats\n").rows
    assert (row.record.id, row.problems) == ("cats", ())
    (row,) = read_records(TOPIC, b"name: Cats\nid: dogs\n").rows
    assert row.record.id == "cats"
    assert [(problem.code, problem.line, problem.column) for problem in row.problems] == [("E201", 2, 1)]


def test_a_faulty_record_claims_its_id_and_aliases() -> None:
    data = b'{"id": "a2024b", "aliases": ["old2024b"]}\n'
    (row,) = read_records(ContentFile("papers/conf-2024.jsonl", Paper, "", "conf-2024"), data).rows
    assert (row.record, row.claimed_ids) == (None, ("a2024b", "old2024b"))
    assert {problem.code for problem in row.problems} == {"E202"}


@pytest.mark.parametrize("data", [b"name: 'Cats\n", b"", b"\xff", b"- Cats\n", b"x: &a [*a]\n"])
def test_an_unreadable_file_has_problems_and_no_records(data: bytes) -> None:
    records = read_records(TOPIC, data)
    assert (records.rows, records.is_complete, records.is_faultless) == ((), False, False)
    assert records.problems
    assert all(problem.path == TOPIC.path for problem in records.problems)


def test_an_unknown_field_is_marked_at_its_name_and_a_wrong_value_at_the_value() -> None:
    (row,) = read_records(TOPIC, b"name: Cats\nnmae: x\norder: many\n").rows
    assert sorted((problem.line, problem.column) for problem in row.problems) == [(2, 1), (3, 8)]


def test_positions_are_those_of_values_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: Cats\nlinks:\n  pdf: x\n", "utf-8")
    assert positions(tmp_path, "a.yaml", [(0, ("links", "pdf")), (0, ("gone",))]) == [(3, 8), (1, 1)]
    assert positions(tmp_path, "gone.yaml", [(0, ("name",))]) == [(1, 1)]


def test_each_kind_of_file_has_its_limit_and_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    paths = ("papers/a.jsonl", "pages/a.md", "pages/a.png", "topics/a.yaml")
    assert [limit_of(path) for path in paths] == [MAX_BULK_BYTES, MAX_PAGE_BYTES, MAX_FILE_BYTES, MAX_BYTES]
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics/a.yaml").write_bytes(b"x" * (MAX_BYTES + 1))
    for path, code in (("topics/a.yaml", "E108"), ("topics/gone.yaml", "E114")):
        problem = read_bytes(tmp_path, path)
        assert isinstance(problem, Problem)
        assert (problem.code, problem.path) == (code, path)
