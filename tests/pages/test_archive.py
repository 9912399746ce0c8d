"""The archive: papers by date, and by the day on which they were added."""

import re
from datetime import date

import pytest

from generator.model.catalog import Catalog
from generator.model.entities import Edition, Series, VenueKind
from generator.pages.all import all_pages
from tests.conftest import ROOT, SETTINGS
from tests.support.small_content import content, pages_of, paper


@pytest.fixture(scope="module")
def pages(toy: Catalog) -> dict[str, str]:
    return {page.path: page.text for page in all_pages(toy, SETTINGS, ROOT / "theme")}


def test_a_paper_is_listed_as_precisely_as_its_date(pages: dict[str, str], toy: Catalog) -> None:
    def shown(place: str) -> list[str]:
        listed = r'papers/([^/]*)/(?:index\.md\) <span|">.*</a>.*\n</h3>)'
        return re.findall(listed, pages[f"archive/{place}/index.md"])

    assert toy.papers["zhu2025dogs"].published == date(2025, 5, 2)
    assert shown("2025/05/02") == shown("2025/05") == ["zhu2025dogs"]  # the day is stated
    assert "oconnor2025cats" in shown("2025/01")  # the month of the arXiv id
    assert shown("2024") == ["garcia2024null"]  # the year of the edition
    assert set(shown("added/2025/05")) == {"zhu2025dogs", "oconnor2025cats"}
    assert next(iter(toy.papers)) == "zhu2025dogs"
    assert sorted(toy.papers, key=lambda paper: toy.date_of(toy.papers[paper]), reverse=True) == list(toy.papers)


def test_a_month_groups_its_days_and_links_to_newer_and_older_ones() -> None:
    days = {"a2025": date(2025, 5, 2), "b2025": date(2025, 5, 9), "c2025": date(2025, 7, 1)}
    pages = pages_of(content(*(paper(paper_id, published=day) for paper_id, day in days.items())))
    may = pages["archive/2025/05/index.md"]
    assert re.findall(r"papers/(\w+)/", may) == ["b2025", "a2025"]
    assert "(../07/index.md)" in may
    assert "archive/2025/06/index.md" not in pages
    assert re.findall(r"\]\((\d\d)/index\.md\)", pages["archive/2025/index.md"]) == ["07", "05"]


def test_papers_without_a_date_have_a_page() -> None:
    undated = Series(id="conf", name="Conf", kind=VenueKind.OTHER, editions=(Edition(id="conf-2025"),))
    pages = pages_of(content(paper("a2025"), series=(undated,)))
    assert any("a2025" in text for path, text in pages.items() if path.startswith("archive/"))
    assert "archive/added/2025/05/index.md" in pages


def test_long_months_by_date_of_addition_have_ten_titles_for_a_card() -> None:
    pages = pages_of(content(*(paper(f"p{number:02}2025") for number in range(21))), page_size=2)
    assert "archive/added/2025/05/page/2/index.md" in pages
    assert "archive/added/2025/05/page/3/index.md" not in pages
    assert "archive/2025/page/11/index.md" in pages
