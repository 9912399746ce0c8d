"""The list of published addresses."""

from pathlib import Path

from generator.commands.check import problems_of
from generator.store.load import load


def test_no_message_quotes_the_target_of_a_link(content: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("token = abc\n", "utf-8")
    (content / "permalinks.txt").unlink(missing_ok=True)
    (content / "permalinks.txt").symlink_to(tmp_path / "secret")
    problems = problems_of(load(content))
    assert [problem.code for problem in problems] == ["E126"]
    assert "token" not in str(problems)
