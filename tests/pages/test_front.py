"""The home page, search, and pages that scripts fill."""

import re
from datetime import date

from tests.support.small_content import content, pages_of, paper


def test_the_home_page_shows_the_newest_and_the_lately_added_papers_once() -> None:
    old = [paper(f"old{number}", published=date(2020, 1, 1), added=date(2025, 6, number + 1)) for number in range(3)]
    new = [paper(f"new{number}", published=date(2025, 1, number + 1)) for number in range(8)]
    text = pages_of(content(*old, *new))["index.md"]
    cards = re.findall(r'id="p-(\w+)"', text)
    assert cards[:8] == [f"new{number}" for number in reversed(range(8))]
    assert sorted(cards[8:]) == ["old0", "old1", "old2"]


def test_only_existing_parts_are_counted() -> None:
    text = pages_of(content(paper()))["index.md"]
    assert "topics" in text
    assert "terms explained" not in text


def test_reading_offline_has_a_page_unless_it_is_switched_off() -> None:
    assert "offline/index.md" in pages_of(content(paper()), offline_megabytes=50)
    assert "offline/index.md" not in pages_of(content(paper()), offline_megabytes=0)


def test_the_search_page_lists_the_ten_newest_papers() -> None:
    papers = [paper(f"p{number:02}", published=date(2025, 1, number + 1)) for number in range(12)]
    text = pages_of(content(*papers))["search/index.md"]
    assert re.findall(r'id="p-(\w+)"', text) == [f"p{number:02}" for number in range(11, 1, -1)]
