"""Days and years of records: what is certain is kept, and no day is invented."""

import pytest

from generator.importers.dates import PartialDate, is_period, iso_day, month_of, page_date, read_date, year_of


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("2024-07-09", 2024, "2024-07-09"), ("2024/7/9", 2024, "2024-07-09"), ("20240709", 2024, "2024-07-09"),
        ("2016-07-18/2016-07-20", 2016, "2016-07-18"), ("9 July 2024", 2024, "2024-07-09"),
        ("July 9th, 2024", 2024, "2024-07-09"), ("9. Mai 2024", 2024, "2024-05-09"), ("July 2024", 2024, ""),
        ("2024-13-09", 2024, ""), ("2023-02-29", 2023, ""), ("circa 1999", 1999, ""), ("in press", None, ""),
        ("1750-01-02", None, ""), ("120245", None, ""),
    ],
)  # fmt: skip
def test_the_first_day_or_year_is_read(text: str, year: int | None, day: str) -> None:
    assert read_date(text) == PartialDate(year, day)


@pytest.mark.parametrize("parts", [(2024,), (2024, 0, 1), (1800, 1, 1), ("x", 1, 1), (2024, 10**30, 1)])
def test_parts_that_are_not_a_day_give_none(parts: tuple[object, ...]) -> None:
    assert iso_day(*parts) == ""


def test_months_are_words_or_the_only_number() -> None:
    assert [month_of(text) for text in ("March", "Mär", "Mrz", "12")] == [3, 3, 3, 12]
    assert [month_of(text) for text in ("13", "7 8", "")] == [None, None, None]
    assert (year_of(2024), year_of("vol. 12024"), year_of(None)) == (2024, None, None)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Sep 3", (9, 3, None)),
        ("September 3rd, 2025", (9, 3, 2025)),
        ("Wed, 3 Sep 2025", (9, 3, 2025)),
        ("Mittwoch, 3. September 2025", (9, 3, 2025)),
        ("3. Mai", (5, 3, None)),
        ("ſep 3", (9, 3, None)),
        ("2025-09-03", (9, 3, 2025)),
        ("May the Force Be with You", None),
        ("Sept of Sevens", None),
        ("March 2026", None),
    ],
)
def test_days_of_pages(line: str, day: tuple[int, int, int | None] | None) -> None:
    page_day = page_date(line)
    assert (page_day and (page_day.month, page_day.day, page_day.year)) == day


@pytest.mark.parametrize(
    "line", ["Week 36", "2025-W36", "March 2026", "Sep 1 - Sep 7", "Sep 29 – Oct 5, 2025", "Sep 1 - 7", "KW 12"]
)
def test_weeks_and_months_are_not_days(line: str) -> None:
    assert is_period(line)
    assert page_date(line) is None
