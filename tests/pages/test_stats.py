"""What is counted, how it is drawn, and what the pages say of it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from markupsafe import Markup

from generator.build.task import File, Task
from generator.exports.markdown import markdown_copy
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.entities import Edition, Series, Topic, VenueKind
from generator.model.paper import Author, Links, Paper
from generator.pages.awards import award_task
from generator.pages.edit_links import EditLinks
from generator.pages.editorial import Editorial
from generator.pages.lists import Lists
from generator.pages.rendering import Renderer, make_environment
from generator.pages.stats import stats_task
from generator.pages.topics import topic_tasks
from generator.pages.venues import venue_tasks
from generator.pages.views import Views
from tests.conftest import ROOT, SETTINGS

THEME = ROOT / "theme"


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


def _pages(catalog: Catalog, size: int = 100) -> dict[str, str]:
    """The pages that have charts or awards."""
    views = Views(catalog, replace(SETTINGS, page_size=size))
    lists, environment = Lists(views), make_environment(THEME)
    renderer = Renderer(environment, {"site": SETTINGS, "Markup": Markup}, EditLinks(catalog, SETTINGS), views.inputs)
    tasks: list[Task] = [
        stats_task(views, renderer),
        award_task(views, lists, renderer),
        *venue_tasks(views, lists, renderer),
        *topic_tasks(views, lists, Editorial(views), renderer),
    ]
    pages = [item for task in tasks for item in task.run({}) if isinstance(item, File)]
    return {page.path: page.text for page in pages}


def test_the_pages_of_an_empty_digest_have_a_text() -> None:
    pages = _pages(build_catalog(Content()))
    assert "No papers yet." in pages["stats/index.md"]
    assert "No paper in the digest has a recorded award yet." in pages["awards/index.md"]


@pytest.fixture(scope="module")
def pages(real: Catalog) -> dict[str, str]:
    return _pages(real)


def test_each_chart_has_a_table(pages: dict[str, str]) -> None:
    for path in ("stats/index.md", "venues/iclr/2024/index.md", "venues/iclr/index.md", "topics/robustness/index.md"):
        figures = re.findall(r"<figure class=\"chart\">.*?</figure>", pages[path], re.DOTALL)
        assert figures
        assert all("<svg" in figure and "<table" in figure for figure in figures)
        assert " style=" not in pages[path]


def test_only_the_first_page_of_a_long_list_has_a_chart() -> None:
    pages = _pages(_catalog(*(_paper(f"p{n}", f"conf-{2024 + n % 2}") for n in range(6))), size=2)
    assert "<figure" in pages["topics/cats/index.md"]
    assert "<figure" not in pages["topics/cats/page/2/index.md"]


def test_the_style_sheet_knows_the_heights_that_are_drawn(pages: dict[str, str]) -> None:
    """Material lets a picture's height follow its width, so that the sheet has to name each height."""
    sheet = (THEME / "overrides" / "assets" / "stylesheets" / "charts.css").read_text("utf-8")
    drawn = {height for text in pages.values() for height in re.findall(r'<svg [^>]*class="height-(\d+)"', text)}
    assert drawn == set(re.findall(r"\.height-(\d+) ", sheet))


def test_braces_of_a_name_stay_in_the_markdown_file(toy: Catalog) -> None:
    markdown = markdown_copy("stats/index.md", _pages(toy)["stats/index.md"])
    assert "Cats {{ and }} {% kin %}" in unescape(markdown.text)
