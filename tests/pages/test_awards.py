"""Papers with awards."""

import re
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from generator.build.task import File, Task
from generator.exports.listings import listings
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


def test_papers_are_listed_by_award_the_latest_edition_first() -> None:
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


def test_many_awards_are_on_several_pages() -> None:
    catalog = _catalog(*(_paper(f"p{n}", awards=("Best paper",)) for n in range(5)))
    pages = _pages(catalog, size=2)
    assert {"awards/page/2/index.md", "awards/page/3/index.md"} <= set(pages)


def test_spellings_of_an_award_share_the_most_frequent_one() -> None:
    awards = (("Best Paper",), ("Best Paper",), ("best paper award",))
    catalog = _catalog(*(_paper(f"p{number}", awards=names) for number, names in enumerate(awards)))
    other = _paper("other", awards=("Test of time",)), _paper("more", awards=("Test of time",))
    headings = re.findall(
        r"^## (.*) \{", _pages(_catalog(*catalog.papers.values(), *other))["awards/index.md"], re.MULTILINE
    )
    assert headings == ["Best Paper", "Test of time"]
