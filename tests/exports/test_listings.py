"""Lists of papers, and which of them have feeds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.exports.listings import Listing, listings, listings_with_feeds
from generator.model.catalog import build_catalog
from generator.model.paper import Paper
from tests.conftest import SETTINGS
from tests.support.small_content import DAY, content, paper


def _listings(*papers: Paper, **settings: Any) -> dict[str, Listing]:
    changed = replace(SETTINGS, **settings)
    catalog = build_catalog(content(*papers), changed.founded)
    return {listing.site_path: listing for listing in listings(catalog, changed)}


def test_a_list_is_ordered_by_date_and_its_feed_by_addition() -> None:
    old = paper("old2025", published=date(2020, 1, 1), added=date(2025, 6, 1))
    new = paper("new2025", published=date(2025, 1, 1), added=date(2025, 5, 1))
    listing = _listings(old, new, founded=None)["topics/cats"]
    assert listing.papers == ("new2025", "old2025")
    assert listing.feed == ("old2025", "new2025")


def test_a_feed_has_few_papers_of_the_founding_collection() -> None:
    founding = [paper(f"p{number:02}") for number in range(12)]
    later = paper("later2025", added=date(2025, 6, 1))
    feed = _listings(*founding, later, founded=DAY)["topics/cats"].feed
    assert feed[0] == "later2025"
    assert len(feed) == 11


def test_the_feed_of_a_list_is_shorter_than_that_of_the_digest() -> None:
    lists = _listings(*(paper(f"p{number:02}", added=date(2025, 6, 1)) for number in range(60)), founded=DAY)
    assert (len(lists[""].feed), len(lists["topics/cats"].feed)) == (50, 20)


@pytest.mark.parametrize(("feeds_from", "has_feed"), [(2, True), (3, False)])
def test_only_long_enough_lists_have_feeds(feeds_from: int, has_feed: bool) -> None:
    catalog = build_catalog(content(paper("a2025"), paper("b2025")))
    lists = {item.site_path for item in listings_with_feeds(catalog, replace(SETTINGS, feeds_from=feeds_from))}
    assert "" in lists
    assert ("topics/cats" in lists) is has_feed


def test_years_are_lists_and_months_are_not() -> None:
    lists = _listings(paper(published=date(2025, 5, 2)))
    assert lists["archive/2025"].papers == ("reef2025ropes",)
    assert "archive/2025/05" not in lists
    assert lists["archive/2025"].path("feed.xml") == "archive/2025/feed.xml"
