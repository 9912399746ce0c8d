"""The weekly pages."""

import re
from datetime import date

from tests.support.small_content import content, pages_of, paper


def test_a_week_lists_the_papers_that_were_added_by_area() -> None:
    pages = pages_of(content(paper("a2025", added=date(2025, 5, 2)), paper("b2025", added=date(2025, 5, 9))))
    assert re.findall(r'id="p-(\w+)"', pages["weekly/2025-w18/index.md"]) == ["a2025"]
    assert "(../2025-w19/index.md)" in pages["weekly/2025-w18/index.md"]


def test_the_newest_week_is_on_the_weekly_page_and_the_others_are_linked() -> None:
    text = pages_of(content(paper("a2025", added=date(2025, 5, 2)), paper("b2025", added=date(2025, 5, 9))))[
        "weekly/index.md"
    ]
    assert re.findall(r'id="p-(\w+)"', text) == ["b2025"]
    assert "(2025-w18/index.md)" in text


def test_an_empty_digest_has_a_weekly_page() -> None:
    assert "weekly/index.md" in pages_of(content())
