"""Queries on dates and weeks."""

from datetime import date

import pytest

from generator.pages.date_lists import ADDED, APPEARED, DateLists
from tests.support.small_content import paper, views_of


def _lists(*days: date) -> DateLists:
    papers = [paper(f"p{number}", published=day, added=day) for number, day in enumerate(days)]
    return DateLists(views_of(*papers))


DAYS = (date(2025, 5, 2), date(2025, 5, 9), date(2025, 7, 1), date(2024, 12, 31))


def test_months_of_a_year_have_their_numbers_of_papers() -> None:
    assert _lists(*DAYS).months_in("2025") == (("2025-07", 1), ("2025-05", 2))


@pytest.mark.parametrize(
    ("span", "newer", "older"),
    [
        ("2025", None, ("2024", 1)),
        ("2025-05", ("2025-07", 1), ("2024-12", 1)),
        ("2025-05-09", ("2025-07-01", 1), ("2025-05-02", 1)),
        ("2024-12-31", ("2025-05-02", 1), None),
    ],
)
def test_spans_with_papers_have_neighbors_of_the_same_length(
    span: str, newer: tuple[str, int] | None, older: tuple[str, int] | None
) -> None:
    assert _lists(*DAYS).span_neighbors(APPEARED, span) == (newer, older)


def test_papers_of_a_month_are_by_date() -> None:
    assert _lists(*DAYS).papers_in_month(ADDED, "2025-05") == (("2025-05-09", ("p1",)), ("2025-05-02", ("p0",)))


def test_only_weeks_with_papers_or_picks_have_a_page() -> None:
    lists = _lists(*DAYS)
    week = lists.week_link("2025-w19")
    assert week is not None
    assert week.site_path == "weekly/2025-w19"
    assert lists.week_link("2025-w30") is None
    assert [link.count for link in lists.weeks()] == [1] * len(lists.week_slugs)
