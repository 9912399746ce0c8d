"""Counts over the papers of a catalog."""

from datetime import date

import pytest

from generator.model import counting
from generator.model.catalog import Catalog
from generator.model.counting import Share
from generator.pages.charts import share_rows
from generator.pages.views import Link
from tests.support.counted_papers import a_paper, catalog_of


def test_a_paper_counts_in_the_year_of_its_edition_else_of_its_publication() -> None:
    catalog = catalog_of(
        a_paper("a"),
        a_paper("b", published=date(2024, 12, 1)),
        a_paper("c", "loose", published=date(2023, 5, 1)),
        a_paper("d", "loose"),
    )
    assert counting.counts_by_year(catalog, catalog.papers) == {2023: 1, 2025: 2}


def test_incomplete_author_lists_are_not_counted() -> None:
    catalog = catalog_of(
        a_paper("a", authors=3),
        a_paper("b", authors=3),
        a_paper("c", authors=0),
        a_paper("d", authors_incomplete=True),
    )
    assert counting.counts_by_number_of_authors(catalog) == {3: 2}


def test_shares_with_code() -> None:
    catalog = catalog_of(
        a_paper("a", code=True),
        a_paper("b"),
        a_paper("c", "conf-2024"),
        a_paper("d", "loose", code=True),
    )
    assert counting.share_with_code(catalog) == Share(2, 4)
    assert counting.share_with_code_by_series(catalog) == {"conf": Share(1, 3), "loose": Share(1, 1)}
    assert list(counting.share_with_code_by_year(catalog).items()) == [(2025, Share(1, 2)), (2024, Share(0, 1))]


@pytest.mark.parametrize(
    ("counts", "middle"), [({}, 0), ({3: 1}, 3), ({1: 1, 2: 1}, 1), ({1: 1, 2: 1, 9: 1}, 2), ({1: 2, 5: 3}, 5)]
)
def test_the_lower_median_of_a_histogram(counts: dict[int, int], middle: int) -> None:
    assert counting.lower_median(counts) == middle


def test_counts_of_the_real_digest_add_up(real: Catalog) -> None:
    total = len(real.papers)
    assert sum(counting.counts_by_series(real).values()) == total
    undated = sum(real.year_of(paper) is None for paper in real.papers.values())
    assert sum(counting.counts_by_year(real, real.papers).values()) + undated == total
    for shares in (counting.share_with_code_by_series(real), counting.share_with_code_by_year(real)):
        assert all(share.part <= share.whole for share in shares.values())
    assert (
        sum(share.part for share in counting.share_with_code_by_series(real).values())
        == counting.share_with_code(real).part
    )


def test_shares_are_rounded_to_whole_percent() -> None:
    rows = share_rows((Link("a", ""), Share(*share)) for share in ((1, 8), (1, 3), (0, 5), (2, 2))).rows
    assert [row.percent for row in rows] == [13, 33, 0, 100]
