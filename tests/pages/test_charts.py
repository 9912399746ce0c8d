"""The geometry of charts."""

from itertools import pairwise

import pytest

from generator.pages.charts import MAX_YEARS, columns, rows, size_columns, year_columns
from generator.pages.views import Link


def test_columns_share_a_base_line_and_the_tallest_has_the_full_height() -> None:
    chart = columns([("a", 4), ("b", 1), ("c", 0)], 100)
    assert [(float(c.y) + float(c.height), float(c.height)) for c in chart.columns] == [
        (chart.base, 100), (chart.base, 25), (chart.base, 0),
    ]  # fmt: skip
    assert all(0 < float(c.x) < float(c.middle) < float(c.x) + float(c.width) < 100 for c in chart.columns)


def test_empty_years_have_a_column_and_old_years_share_one() -> None:
    assert [(c.text, c.papers) for c in year_columns({2022: 1, 2024: 2}, 10).columns] == [
        ("2022", 1), ("2023", 0), ("2024", 2),
    ]  # fmt: skip
    long = year_columns({1901: 2, 1950: 3, 2026: 1}, 10).columns
    assert [len(long), long[0].text, long[0].papers] == [MAX_YEARS + 1, f"<{2026 - MAX_YEARS + 1}", 5]


def test_large_teams_share_the_last_column() -> None:
    assert [(c.text, c.papers) for c in size_columns({1: 1, 3: 5, 4: 2, 9: 4}, 3, 10).columns] == [
        ("1", 1), ("2", 0), ("3+", 11),
    ]  # fmt: skip
    assert [c.text for c in size_columns({1: 1, 2: 5}, 3, 10).columns] == ["1", "2"]


@pytest.mark.parametrize("count", [1, 7, 12, 41])
def test_labels_do_not_overlap_on_any_screen(count: int) -> None:
    drawn = year_columns(dict.fromkeys(range(2027 - count, 2027), 12_345), 10).columns
    for width, shown in ((300, {"always"}), (720, {"always", "wide"})):
        room = min(width, count * 52)
        middles = [float(c.middle) * room / 100 for c in drawn if c.shown in shown]
        assert middles
        assert all(b - a >= 6 * 6 for a, b in pairwise(middles))


def test_rows_count_what_they_omit_unless_it_is_one() -> None:
    links = [Link(name, name, count) for name, count in (("a", 8), ("b", 4), ("c", 2), ("d", 1))]
    assert [row.width for row in rows(links, 4).rows] == ["100.00", "50.00", "25.00", "12.50"]
    assert (rows(links, 2).hidden, rows(links, 2).rest) == (2, 3)
    assert (len(rows(links, 3).rows), rows(links, 3).hidden) == (4, 0)
