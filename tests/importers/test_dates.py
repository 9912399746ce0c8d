"""Days and years of records: what is certain is kept, and no day is invented."""

import pytest

from generator.importers.dates import Dated, iso_day, month_of, read_date, year_of


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
    assert read_date(text) == Dated(year, day)


@pytest.mark.parametrize("parts", [(2024,), (2024, 0, 1), (1800, 1, 1), ("x", 1, 1), (2024, 10**30, 1)])
def test_parts_that_are_no_day_give_none(parts: tuple[object, ...]) -> None:
    assert iso_day(*parts) == ""


def test_months_are_words_or_the_only_number() -> None:
    assert [month_of(text) for text in ("March", "Mär", "12", "13", "7 8", "")] == [3, 3, 12, None, None, None]
    assert (year_of(2024), year_of("vol. 12024"), year_of(None)) == (2024, None, None)
