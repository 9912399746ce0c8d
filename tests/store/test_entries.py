"""Entries as a contributor writes them: what is accepted, refused and saved."""

import json
from pathlib import Path

import pytest

from generator.commands.check import advice_of, problems_of
from generator.model.values import quoted
from generator.store.entries import write_file
from generator.store.load import load
from generator.store.yaml_file import read
from tests.model.test_faults import GOOD


def test_the_entry_that_other_tests_start_from_has_no_problem(content: Path) -> None:
    (content / "papers/conf-2025/byron2025good.yaml").write_text(GOOD, "utf-8")
    assert problems_of(load(content)) == []


@pytest.mark.parametrize("key", ["", "[key]", "[default]", " "])
def test_an_unknown_field_of_any_name_is_refused(key: str, content: Path) -> None:
    (content / "papers/conf-2025/bad.yaml").write_text(f"{GOOD}{json.dumps(key)}: x\n", "utf-8")
    row = {**json.loads(_row()), key: "x", "authors": [{key: "x", "name": "Bo Elm"}]}
    (content / "papers/conf-2025.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    problems = [(p.path, p.code, p.message) for p in problems_of(load(content))]
    message = f"unknown field {quoted(key)}"
    assert problems.count(("papers/conf-2025/bad.yaml", "E201", message)) == 1
    assert problems.count(("papers/conf-2025.jsonl", "E201", message)) == 2


def test_distinct_from_allows_two_papers_with_one_title(content: Path) -> None:
    path = content / "papers/conf-2025/byron2025dogs.yaml"
    twin = GOOD.replace("A good title", "Dogs that fetch")
    path.write_text(twin, "utf-8")
    assert [problem.code for problem in problems_of(load(content))] == ["E304"]
    path.write_text(f"{twin}distinct_from: [zhu2025dogs]\n", "utf-8")
    assert problems_of(load(content)) == []


def test_an_entry_may_list_its_own_id_only_as_its_first_alias(content: Path) -> None:
    """By the first one feeds know the paper; the page does not lead on to itself."""
    path = content / "papers/conf-2025/byron2025good.yaml"
    path.write_text(f"{GOOD}aliases: [byron2025good, byron2025same]\n", "utf-8")
    assert problems_of(load(content)) == []
    path.write_text(f"{GOOD}aliases: [byron2025same, byron2025good]\n", "utf-8")
    assert [problem.code for problem in problems_of(load(content))] == ["E314"]


def test_a_group_with_a_comma_is_not_an_inverted_name(content: Path) -> None:
    path = content / "papers/conf-2025/byron2025good.yaml"
    for name, codes in (("Byron, Ada", ["W314"]), ("Toys, Inc.", [])):
        path.write_text(GOOD.replace("- Ada Byron", f"- {name}"), "utf-8")
        assert [p.code for p in advice_of(load(content)) if p.path.endswith(path.name) and p.code[1] == "3"] == codes


def _row() -> str:
    """The good entry as a line of JSON."""
    return json.dumps({**read(GOOD).raw, "id": "byron2025good"})  # type: ignore[dict-item]


def test_an_equal_file_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    assert write_file(path, "x\n", tmp_path)
    before = path.stat().st_mtime_ns
    assert not write_file(path, "x\n", tmp_path)
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]
