"""Counts over the papers of a catalog."""

from dataclasses import replace
from datetime import date

import pytest

from generator.model import counting
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.counting import Share
from generator.model.entities import Edition, Series, Topic, VenueKind
from generator.model.paper import Author, Links, Paper
from generator.pages.charts import share_rows
from generator.pages.views import Link


def _paper(name: str, venue: str = "conf-2025", authors: int = 1, *, code: bool = False, **more: object) -> Paper:
    return replace(
        Paper(
            id=name,
            title=name.capitalize(),
            venue=venue,
            topics=("cats",),
            added=date(2026, 1, 1),
            authors=tuple(Author(name=f"Ann{n} Bee") for n in range(authors)),
            links=Links(code="https://example.org/") if code else Links(),
        ),
        **more,  # type: ignore[arg-type]
    )


def _catalog(*papers: Paper) -> Catalog:
    conf = Series(
        id="conf",
        name="Conf",
        kind=VenueKind.CONFERENCE,
        editions=(Edition(id="conf-2024", year=2024), Edition(id="conf-2025", year=2025)),
    )
    loose = Series(id="loose", name="Loose", kind=VenueKind.OTHER, editions=(Edition(id="loose"),))
    return build_catalog(Content(papers=papers, series=(conf, loose), topics=(Topic(id="cats", name={"en": "Cats"}),)))


def test_a_paper_counts_in_the_year_of_its_edition_else_of_its_publication() -> None:
    catalog = _catalog(
        _paper("a"),
        _paper("b", published=date(2024, 12, 1)),
        _paper("c", "loose", published=date(2023, 5, 1)),
        _paper("d", "loose"),
    )
    assert counting.papers_by_year(catalog, catalog.papers) == {2023: 1, 2025: 2}


def test_incomplete_author_lists_are_not_counted() -> None:
    catalog = _catalog(
        _paper("a", authors=3), _paper("b", authors=3), _paper("c", authors=0), _paper("d", authors_incomplete=True)
    )
    assert counting.papers_by_number_of_authors(catalog) == {3: 2}


def test_shares_with_code() -> None:
    catalog = _catalog(_paper("a", code=True), _paper("b"), _paper("c", "conf-2024"), _paper("d", "loose", code=True))
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
    assert sum(counting.papers_by_series(real).values()) == total
    undated = sum(real.year_of(paper) is None for paper in real.papers.values())
    assert sum(counting.papers_by_year(real, real.papers).values()) + undated == total
    for shares in (counting.share_with_code_by_series(real), counting.share_with_code_by_year(real)):
        assert all(share.part <= share.whole for share in shares.values())
    assert (
        sum(share.part for share in counting.share_with_code_by_series(real).values())
        == counting.share_with_code(real).part
    )


def test_shares_are_rounded_to_whole_percent() -> None:
    rows = share_rows((Link("a", ""), Share(*share)) for share in ((1, 8), (1, 3), (0, 5), (2, 2))).rows
    assert [row.percent for row in rows] == [13, 33, 0, 100]
