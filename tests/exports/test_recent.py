"""The file of the latest papers."""

import json
from datetime import date
from typing import Any

from generator.model.entities import Topic
from generator.model.paper import Paper
from tests.support.small_content import DAY, content, exports_of, paper


def _recent(*papers: Paper, **records: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(exports_of(content(*papers, **records), founded=DAY)["recent.json"])
    return value


def test_the_papers_added_last_come_first_and_only_later_ones_are_new() -> None:
    recent = _recent(paper("old2025"), paper("a2025", added=date(2025, 6, 1)), paper("b2025", added=date(2025, 6, 2)))
    assert [row[0] for row in recent["papers"]] == ["b2025", "a2025", "old2025"]
    assert recent["papers"][0][1] == "2025-06-02"
    assert recent["news"] == 2


def test_a_paper_names_the_lists_that_contain_it() -> None:
    topics = (Topic(id="cats", name={"": "C"}), Topic(id="kittens", name={"": "K"}, parent="cats"))
    recent = _recent(paper(topics=("kittens",)), topics=topics)
    places = [recent["places"][index] for index in recent["papers"][0][2:]]
    assert places == ["venues/conf", "venues/conf/2025", "topics/kittens", "topics/cats", "authors/ada-reef"]


def test_at_most_a_hundred_papers_are_named() -> None:
    assert len(_recent(*(paper(f"p{number}") for number in range(120)))["papers"]) == 100
