"""What is counted, how it is drawn, and what the pages say of it."""

import re
from html import unescape

import pytest

from generator.exports.markdown import markdown_copy
from generator.model.catalog import Catalog, Content, build_catalog
from tests.conftest import ROOT
from tests.support.counted_papers import a_paper, catalog_of, pages_of

THEME = ROOT / "theme"


def test_the_pages_of_an_empty_digest_have_a_text() -> None:
    pages = pages_of(build_catalog(Content()))
    assert "No papers yet." in pages["stats/index.md"]
    assert "No paper in the digest has a recorded award yet." in pages["awards/index.md"]


@pytest.fixture(scope="module")
def pages(real: Catalog) -> dict[str, str]:
    return pages_of(real)


def test_each_chart_has_a_table(pages: dict[str, str]) -> None:
    for path in ("stats/index.md", "venues/iclr/2024/index.md", "venues/iclr/index.md", "topics/robustness/index.md"):
        figures = re.findall(r"<figure class=\"chart\">.*?</figure>", pages[path], re.DOTALL)
        assert figures
        assert all("<svg" in figure and "<table" in figure for figure in figures)
        assert " style=" not in pages[path]


def test_only_the_first_page_of_a_long_list_has_a_chart() -> None:
    pages = pages_of(catalog_of(*(a_paper(f"p{n}", f"conf-{2024 + n % 2}") for n in range(6))), size=2)
    assert "<figure" in pages["topics/cats/index.md"]
    assert "<figure" not in pages["topics/cats/page/2/index.md"]


def test_the_style_sheet_knows_the_heights_that_are_drawn(pages: dict[str, str]) -> None:
    """Material lets a picture's height follow its width, so that the sheet has to name each height."""
    sheet = (THEME / "overrides" / "assets" / "stylesheets" / "charts.css").read_text("utf-8")
    drawn = {height for text in pages.values() for height in re.findall(r'<svg [^>]*class="height-(\d+)"', text)}
    assert drawn == set(re.findall(r"\.height-(\d+) ", sheet))


def test_braces_of_a_name_stay_in_the_markdown_file(toy: Catalog) -> None:
    markdown = markdown_copy("stats/index.md", pages_of(toy)["stats/index.md"])
    assert "Cats {{ and }} {% kin %}" in unescape(markdown.text)
