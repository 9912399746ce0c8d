"""The conference that the opening of an article names."""

import pytest

from generator.importers.conference_in_prose import conference_of


@pytest.mark.parametrize(
    ("line", "short", "year", "place"),
    [
        ("The Conference on Ropes (COR) takes place from May 1 to May 3 2025 in Lagos.", "COR", 2025, "Lagos"),
        ("Die Tagung für Knoten (TAK '24) findet statt.", "TAK", 2024, ""),
        ("Our papers at ICLR 2026", "ICLR", 2026, ""),
        ("Das Symposium on Knots (SoK) findet vom 3. bis 5. Juni 2025 in Bonn statt.", "SoK", 2025, "Bonn"),
    ],
)
def test_the_conference_of_an_opening(line: str, short: str, year: int, place: str) -> None:
    conference = conference_of([line])
    assert conference is not None
    assert (conference.short, conference.year, conference.place) == (short, year, place)


@pytest.mark.parametrize("line", ["The Kettle Company (KC) opened in 2025.", "Ropes (AB) hold.", ""])
def test_brackets_alone_are_no_conference(line: str) -> None:
    assert conference_of([line]) is None


def test_year_and_place_may_be_in_another_line() -> None:
    conference = conference_of(
        ["News", "The Conference on Ropes (COR) begins.", "It takes place in May 2025 in Lagos."]
    )
    assert conference == ("COR", "Conference on Ropes", 2025, "Lagos")


def test_several_years_leave_the_year_open() -> None:
    conference = conference_of(["The Conference on Ropes (COR) begins.", "After 2024 comes 2025."])
    assert conference is not None
    assert conference.year is None
