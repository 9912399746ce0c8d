"""What is counted, how it is drawn, and what the pages say of it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
from markupsafe import Markup

from generator.build.task import File, Task
from generator.exports.listings import listings
from generator.exports.markdown import twin
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.entities import Edition, Series, Topic, VenueKind
from generator.model.paper import Author, Links, Paper
from generator.pages.awards import award_task
from generator.pages.charts import MAX_YEARS, columns, rows, size_columns, year_columns
from generator.pages.edit_links import EditLinks
from generator.pages.editorial import Editorial
from generator.pages.lists import Lists
from generator.pages.rendering import Renderer, make_environment
from generator.pages.stats import stats_task
from generator.pages.topics import topic_tasks
from generator.pages.venues import venue_tasks
from generator.pages.views import Link, Views
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


def test_columns_stand_on_one_line_and_the_tallest_fills_the_height() -> None:
    chart = columns([("a", 4), ("b", 1), ("c", 0)], 100)
    assert [(float(c.y) + float(c.height), float(c.height)) for c in chart.columns] == [
        (chart.base, 100), (chart.base, 25), (chart.base, 0),
    ]  # fmt: skip
    assert all(0 < float(c.x) < float(c.middle) < float(c.x) + float(c.width) < 100 for c in chart.columns)


def test_years_without_papers_stand_between_the_others_and_long_ago_is_one_column() -> None:
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
def test_labels_keep_apart_on_every_screen(count: int) -> None:
    drawn = year_columns(dict.fromkeys(range(2027 - count, 2027), 12_345), 10).columns
    for width, shown in ((300, {"always"}), (720, {"always", "wide"})):
        room = min(width, count * 52)
        middles = [float(c.middle) * room / 100 for c in drawn if c.shown in shown]
        assert middles
        assert all(b - a >= 6 * 6 for a, b in pairwise(middles))


def test_rows_name_what_they_leave_out_unless_it_is_one() -> None:
    links = [Link(name, name, count) for name, count in (("a", 8), ("b", 4), ("c", 2), ("d", 1))]
    assert [row.width for row in rows(links, 4).rows] == ["100.00", "50.00", "25.00", "12.50"]
    assert (rows(links, 2).hidden, rows(links, 2).rest) == (2, 3)
    assert (len(rows(links, 3).rows), rows(links, 3).hidden) == (4, 0)


def test_the_page_of_an_empty_digest_says_so() -> None:
    pages = _pages(build_catalog(Content()))
    assert "No papers yet." in pages["stats/index.md"]
    assert "No paper in the digest has a recorded award yet." in pages["awards/index.md"]


@pytest.fixture(scope="module")
def pages(real: Catalog) -> dict[str, str]:
    return _pages(real)


def test_each_chart_is_a_table_or_comes_with_one(pages: dict[str, str]) -> None:
    for path in ("stats/index.md", "venues/iclr/2024/index.md", "venues/iclr/index.md", "topics/robustness/index.md"):
        figures = re.findall(r"<figure class=\"chart\">.*?</figure>", pages[path], re.DOTALL)
        assert figures
        assert all("<svg" in figure and "<table" in figure for figure in figures)
        assert " style=" not in pages[path]


def test_only_the_first_page_of_a_long_list_has_a_chart() -> None:
    pages = _pages(_catalog(*(_paper(f"p{n}", f"conf-{2024 + n % 2}") for n in range(6))), size=2)
    assert "<figure" in pages["topics/cats/index.md"]
    assert "<figure" not in pages["topics/cats/page/2/index.md"]


def test_awards_stand_under_their_names_the_latest_edition_first() -> None:
    catalog = _catalog(
        _paper("old", "conf-2024", awards=("Best paper",)),
        _paper("new", awards=("Best Paper Award", "Test of time")),
        _paper("other", awards=("Best paper", "best  paper", "Test of time")),
        _paper("none"),
    )
    page = _pages(catalog)["awards/index.md"]
    lines = re.findall(r'^##+ .*|(?<=^<a href="\.\./papers/)\w+', page, re.MULTILINE)
    assert lines == [
        "## Best paper { #award-best-paper }", "new", "other", "old", "## Test of time { #award-test-of-time }", "new",
        "other",
    ]  # fmt: skip
    assert "3 papers won an award" in page
    listed = {listing.site_path: listing.papers for listing in listings(catalog, SETTINGS)}
    assert set(listed["awards"]) == {"old", "new", "other"}


def test_many_awards_are_cut_into_pages() -> None:
    catalog = _catalog(*(_paper(f"p{n}", awards=("Best paper",)) for n in range(5)))
    pages = _pages(catalog, size=2)
    assert {"awards/page/2/index.md", "awards/page/3/index.md"} <= set(pages)


def test_the_style_sheet_knows_the_heights_that_are_drawn(pages: dict[str, str]) -> None:
    """Material lets a picture's height follow its width, so that the sheet has to name each height."""
    sheet = (THEME / "overrides" / "assets" / "stylesheets" / "charts.css").read_text("utf-8")
    drawn = {height for text in pages.values() for height in re.findall(r'<svg [^>]*class="height-(\d+)"', text)}
    assert drawn == set(re.findall(r"\.height-(\d+) ", sheet))


def test_braces_of_a_name_survive_in_the_markdown_twin(toy: Catalog) -> None:
    markdown = twin("stats/index.md", _pages(toy)["stats/index.md"])
    assert "Cats {{ and }} {% kin %}" in unescape(markdown.text)
