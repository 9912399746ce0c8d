"""Papers with awards."""

import re

from generator.exports.listings import listings
from tests.conftest import SETTINGS
from tests.support.counted_papers import a_paper, catalog_of, pages_of


def test_papers_are_listed_by_award_the_latest_edition_first() -> None:
    catalog = catalog_of(
        a_paper("old", "conf-2024", awards=("Best paper",)),
        a_paper("new", awards=("Best Paper Award", "Test of time")),
        a_paper("other", awards=("Best paper", "best  paper", "Test of time")),
        a_paper("none"),
    )
    page = pages_of(catalog)["awards/index.md"]
    lines = re.findall(r'^##+ .*|(?<=^<a href="\.\./papers/)\w+', page, re.MULTILINE)
    assert lines == [
        "## Best paper { #award-best-paper }", "new", "other", "old", "## Test of time { #award-test-of-time }", "new",
        "other",
    ]  # fmt: skip
    assert "3 papers won an award" in page
    listed = {listing.site_path: listing.papers for listing in listings(catalog, SETTINGS)}
    assert set(listed["awards"]) == {"old", "new", "other"}


def test_a_paper_with_two_rare_awards_is_listed_once() -> None:
    for common in ((), (a_paper("x", awards=("Best paper",)), a_paper("y", awards=("Best paper",)))):
        catalog = catalog_of(a_paper("twice", awards=("Test of time", "Best poster")), *common)
        page = pages_of(catalog)["awards/index.md"]
        assert len(re.findall(r'^<a href="\.\./papers/twice', page, re.MULTILINE)) == 1


def test_many_awards_are_on_several_pages() -> None:
    catalog = catalog_of(*(a_paper(f"p{n}", awards=("Best paper",)) for n in range(5)))
    pages = pages_of(catalog, size=2)
    assert {"awards/page/2/index.md", "awards/page/3/index.md"} <= set(pages)


def test_spellings_of_an_award_share_the_most_frequent_one() -> None:
    awards = (("Best Paper",), ("Best Paper",), ("best paper award",))
    catalog = catalog_of(*(a_paper(f"p{number}", awards=names) for number, names in enumerate(awards)))
    other = a_paper("other", awards=("Test of time",)), a_paper("more", awards=("Test of time",))
    headings = re.findall(
        r"^## (.*) \{",
        pages_of(catalog_of(*catalog.papers.values(), *other))["awards/index.md"],
        re.MULTILINE,
    )
    assert headings == ["Best Paper", "Test of time"]
