"""Queries on many papers together."""

from datetime import date
from typing import Any

from generator.model.paper import Correction, Status
from generator.pages.lists import Lists, most_frequent
from tests.support.small_content import paper, views_of


def _lists(**fields: Any) -> Lists:
    papers = [
        paper("a2025", title="Beta", track="poster", **fields),
        paper("b2025", title="Alpha", track="poster"),
        paper("c2025", title="Gamma", track="oral"),
        paper("d2025", title="Delta"),
    ]
    return Lists(views_of(*papers))


def test_an_edition_is_read_from_highlighted_tracks_to_papers_without_a_track() -> None:
    ordered = _lists().reading_order("conf-2025")
    assert [item.paper_id for item in ordered] == ["c2025", "b2025", "a2025", "d2025"]


def test_neighbors_are_the_papers_beside_one_in_its_edition() -> None:
    lists = _lists()
    first = lists.paper_neighbors(lists.newest("1")[0])
    assert first.previous is None
    assert first.following is not None


def test_corrections_and_changes_of_status_are_listed() -> None:
    corrections = (Correction(date=date(2025, 6, 1), note={"": "x"}), Correction(date=date(2025, 6, 3), note={"": "y"}))
    lists = _lists(corrections=corrections, status=Status.RETRACTED, status_date=date(2025, 6, 2))
    assert [(day, note) for day, _, note in lists.corrections()] == [("2025-06-03", "y"), ("2025-06-01", "x")]
    assert lists.status_changes() == (("2025-06-02", "a2025", "retracted"),)


def test_equal_counts_are_in_alphabetical_order() -> None:
    assert most_frequent(["b", "a", "c", "c"]) == (("c", 2), ("a", 1), ("b", 1))


def test_numbers_of_a_topic() -> None:
    lists = _lists()
    assert lists.years_of_topic("cats") == {2025: 4}
    assert lists.editions_of_topic("cats") == (("conf-2025", 4),)
    assert lists.primary_in_topic("cats") == 4
    assert [link.count for link in lists.topics_with_feeds()] == [4]
