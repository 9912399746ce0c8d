"""Rules for dates and statuses."""

from datetime import date
from typing import Any

import pytest

from generator.model.entities import Edition, Series, VenueKind
from generator.model.paper import Correction, Status
from generator.rules import dates
from tests.support.small_content import broken, content, paper


def _series(**edition: object) -> Series:
    defaults: dict[str, object] = {"id": "conf-2025", "year": 2025}
    return Series(id="conf", name="Conf", kind=VenueKind.CONFERENCE, editions=(Edition(**{**defaults, **edition}),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("starts", "ends", "codes"),
    [
        (date(2025, 12, 30), date(2026, 1, 2), []),
        (date(2025, 5, 3), date(2025, 5, 1), ["E318"]),
        (date(2026, 1, 2), date(2026, 1, 3), ["W351"]),
        (date(2024, 5, 1), date(2024, 5, 3), ["W351"]),
    ],
)
def test_an_edition_takes_place_in_its_year(starts: date, ends: date, codes: list[str]) -> None:
    records = content(series=(_series(starts=starts, ends=ends),))
    assert [problem[0] for problem in broken(dates.editions_end_after_they_start, records)] == codes


@pytest.mark.parametrize(
    ("published", "warned"),
    [(date(2020, 1, 1), False), (date(2019, 1, 1), True), (date(2026, 1, 1), False), (date(2027, 1, 1), True)],
)
def test_a_paper_appears_near_the_year_of_its_edition(published: date, warned: bool) -> None:
    assert bool(broken(dates.dates_are_in_order, content(paper(published=published)))) is warned


def test_a_correction_is_not_before_the_paper_was_added() -> None:
    corrections = (Correction(date=date(2025, 5, 3), note={"": "x"}), Correction(date=date(2025, 5, 1), note={"": "x"}))
    assert broken(dates.dates_are_in_order, content(paper(corrections=corrections))) == [
        ("W352", "papers/reef2025ropes", "corrections", 1, "date")
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": Status.RETRACTED}, "W361"),
        ({"status_note": {"": "Wrong."}}, "W362"),
        ({"status": Status.RETRACTED, "status_note": {"": "Wrong."}}, None),
        ({}, None),
    ],
)
def test_a_status_and_its_note_come_together(fields: dict[str, Any], code: str | None) -> None:
    assert [problem[0] for problem in broken(dates.statuses_are_explained, content(paper(**fields)))] == [code] * bool(
        code
    )
