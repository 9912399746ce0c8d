"""Rules for duplicates with nearly equal names."""

from dataclasses import replace
from typing import Any

import pytest

from generator.model.entities import Institution, Series, VenueKind
from generator.rules import duplicates
from tests.support.small_content import broken, content, paper


@pytest.mark.parametrize(
    ("first", "second", "fields", "reported"),
    [
        ("Tying Many Ropes to a Pier", "Tying Many Ropes to the Pier", {}, True),
        ("Tying Many Ropes to a Pier", "Tying Many Ropes to the Pier", {"distinct_from": ("a2025",)}, False),
        ("Tying Ropes to Piers, Part 1", "Tying Ropes to Piers, Part 2", {}, False),
        ("Tying Ropes to Piers", "Weaving Nets by Night", {}, False),
    ],
)
def test_nearly_equal_titles_are_reported(first: str, second: str, fields: dict[str, Any], reported: bool) -> None:
    records = content(paper("a2025", title=first), paper("b2025", title=second, **fields))
    assert broken(duplicates.titles_are_dissimilar, records) == [("W331", "papers/b2025", "title")] * reported


@pytest.mark.parametrize(
    ("first", "second", "reported"),
    [
        ("University of Lagos", "Lagos University", True),
        ("Univ. of Lagos", "University of Lagos", True),
        ("University of Lagos", "Department of Ropes, University of Lagos", True),
        ("ULP", "University of Lagos Pier", True),
        ("University of Lagos", "University of Bonn", False),
    ],
)
def test_spellings_of_one_institution_are_reported(first: str, second: str, reported: bool) -> None:
    records = content(paper("a2025", affiliations=(first,)), paper("b2025", affiliations=(second,)))
    assert [problem[0] for problem in broken(duplicates.institutions_have_one_spelling, records)] == ["W324"] * reported


def test_a_file_with_both_spellings_joins_them() -> None:
    joined = Institution(id="lagos", name="University of Lagos", aliases=("Lagos University",))
    records = content(paper(affiliations=("University of Lagos", "Lagos University")), institutions=(joined,))
    assert broken(duplicates.institutions_have_one_spelling, records) == []


def test_series_and_tracks_have_one_name() -> None:
    first = Series(id="a", name="Conference on Ropes", kind=VenueKind.CONFERENCE, editions=())
    other = replace(first, id="b", name="CoR", full_name="3rd Conference on Ropes 2024")
    assert broken(duplicates.series_have_one_name, content(series=(first, other))) == [("W325", "venues/b", "name")]
    papers = [
        paper(f"{letter}2025", track=track) for letter, track in zip("abc", ("Oral", "oral", "Oral"), strict=True)
    ]
    assert broken(duplicates.tracks_have_one_spelling, content(*papers)) == [("W326", "papers/b2025", "track")]
