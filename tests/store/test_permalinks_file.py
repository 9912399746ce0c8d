"""The list of published addresses."""

from pathlib import Path

import pytest

from generator.commands.check import problems_of
from generator.store.load import load
from generator.store.permalinks_file import FILE, add_permalinks, read_permalinks


def test_no_message_quotes_the_target_of_a_link(content: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("token = abc\n", "utf-8")
    (content / "permalinks.txt").unlink(missing_ok=True)
    (content / "permalinks.txt").symlink_to(tmp_path / "secret")
    problems = problems_of(load(content))
    assert [problem.code for problem in problems] == ["E126"]
    assert "token" not in str(problems)


def test_added_addresses_are_sorted_and_none_is_lost(tmp_path: Path) -> None:
    assert add_permalinks(tmp_path, ["topics/b", "papers/a"]) == ["papers/a", "topics/b"]
    assert add_permalinks(tmp_path, ["papers/c", "papers/a"]) == ["papers/c"]
    assert (tmp_path / FILE).read_text("utf-8") == "papers/a\npapers/c\ntopics/b\n"
    assert read_permalinks(tmp_path) == (("papers/a", "papers/c", "topics/b"), [])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("papers/a\nnews/b\n", 2, "not an address of this site: 'news/b'"),
        ("papers/b\npapers/a\n", 2, "not in order: 'papers/a'"),
        ("papers/a\npapers/a\n", 2, "twice: 'papers/a'"),
        ("papers/A\n", 1, "not an address of this site: 'papers/A'"),
    ],
)
def test_a_faulty_line_is_reported_and_has_no_address(text: str, line: int, message: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    addresses, problems = read_permalinks(tmp_path)
    assert [(problem.code, problem.line, problem.message) for problem in problems] == [("E321", line, message)]
    assert len(addresses) == text.count("\n")


def test_a_missing_file_has_no_addresses_and_an_unreadable_one_is_not_replaced(tmp_path: Path) -> None:
    assert read_permalinks(tmp_path) == ((), [])
    (tmp_path / FILE).write_bytes(b"papers/\xff\n")
    with pytest.raises(OSError, match="not UTF-8"):
        add_permalinks(tmp_path, ["papers/a"])
    assert (tmp_path / FILE).read_bytes() == b"papers/\xff\n"
