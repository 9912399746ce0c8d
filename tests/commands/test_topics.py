"""The command suggests topics, and leaves the choice to a person."""

from pathlib import Path

import pytest

from generator.commands.topics import format_suggestions
from generator.similarity.topics import Suggestion
from tests.support.command import digest

DOGS = "papers/conf-2025/zhu2025dogs.yaml"


def test_suggestions_name_ties() -> None:
    ranks = (Suggestion(topics=("cats",), nearness=0.314), Suggestion(topics=("dogs", "owls"), nearness=0.2))
    assert format_suggestions(ranks) == "near cats 0.31, then dogs = owls 0.20 (equally near)"
    assert format_suggestions(()) == "no topic is near"


def test_entries_without_a_topic_get_suggestions_and_stay_as_they_are(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = content / DOGS
    text = path.read_text("utf-8")
    assert digest("topics", "--content", content) == 0
    assert capsys.readouterr().out == ""
    assert digest("topics", path, "--content", content) == 0
    assert capsys.readouterr().out.startswith(f"{DOGS}: near ")
    path.write_text(text.replace("topics:\n- dogs\n", "topics: []\n"), "utf-8")
    before = path.read_bytes()
    assert digest("topics", "--content", content) == 0
    assert capsys.readouterr().out.startswith(f"{DOGS}: near dogs ")
    assert path.read_bytes() == before
    assert digest("topics", content / "venues/conf.yaml", "--content", content) == 2


def test_accuracy_needs_ten_entries(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("topics", "--accuracy", "--content", content) == 1
    assert "10 are needed" in capsys.readouterr().err
