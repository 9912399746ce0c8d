"""Stages of a build are measured in order, printed and written as JSON."""

import json
from pathlib import Path

import pytest

from generator.commands.stages import Stages


def test_stages_are_listed_in_the_order_of_their_ends() -> None:
    stages = Stages()
    with stages.timed("outer"), stages.timed("inner"):
        pass
    assert [stage.name for stage in stages.done] == ["inner", "outer"]
    lines = stages.table().splitlines()
    assert [line.split()[0] for line in lines] == ["inner", "outer", "all"]


def test_a_stage_that_fails_is_not_listed() -> None:
    stages = Stages()
    with pytest.raises(ValueError, match="x"), stages.timed("pages"):
        raise ValueError("x")
    assert stages.done == []


def test_stages_are_written_with_all_figures(tmp_path: Path) -> None:
    stages = Stages()
    with stages.timed("pages"):
        pass
    stages.write(tmp_path / "timings.json")
    (row,) = json.loads((tmp_path / "timings.json").read_text("utf-8"))
    assert row.keys() == {"name", "wall", "cpu", "peak"}
    assert row["name"] == "pages"
