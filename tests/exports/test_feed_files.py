"""Feeds of lists, corrections and weeks."""

import re
from datetime import date

from generator.model.paper import Correction
from tests.support.small_content import content, exports_of, paper


def _entries(files: dict[str, str], path: str) -> list[str]:
    return re.findall(r"<title[^>]*>([^<]*)</title>", files[path])[1:]


def test_the_digest_has_three_formats_and_lists_have_one() -> None:
    files = exports_of(content(*(paper(f"{letter}2025") for letter in "abc")))
    assert {"feed.xml", "rss.xml", "feed.json", "topics/cats/feed.xml"} <= set(files)
    assert not [path for path in files if path.startswith("topics/") and path.endswith(("rss.xml", "feed.json"))]


def test_corrections_are_entries_with_numbers_on_one_day() -> None:
    day = date(2025, 6, 1)
    corrections = (Correction(date=day, note={"": "First."}), Correction(date=day, note={"": "Second."}))
    feed = exports_of(content(paper(corrections=corrections)))["corrections/feed.xml"]
    assert re.findall(r"/corrections/2025-06-01/(\d)</id>", feed) == ["2", "1"]


def test_the_weekly_feed_has_an_entry_for_each_week_the_newest_first() -> None:
    records = content(paper("a2025", added=date(2025, 5, 2)), paper("b2025", added=date(2025, 5, 9)))
    feed = exports_of(records)["weekly/feed.xml"]
    assert re.findall(r"weekly/(2025-w\d\d)/", feed) == sorted(re.findall(r"weekly/(2025-w\d\d)/", feed), reverse=True)
    assert len(_entries({"": feed}, "")) == 2


def test_an_empty_feed_has_a_date() -> None:
    assert "<updated>1970-01-01T00:00:00Z</updated>" in exports_of(content())["feed.xml"]


def test_a_feed_is_as_new_as_its_last_change() -> None:
    corrections = (Correction(date=date(2025, 8, 1), note={"": "x"}),)
    feed = exports_of(content(paper("a2025", corrections=corrections), paper("b2025")))["feed.xml"]
    assert re.findall(r"<updated>(\d{4}-\d\d-\d\d)", feed)[0] == "2025-08-01"
