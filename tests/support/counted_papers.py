"""Small catalogs for tests of counts, charts and awards, and the pages that show them."""

from dataclasses import replace
from datetime import date

from markupsafe import Markup

from generator.build.task import File, Task
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


def a_paper(name: str, venue: str = "conf-2025", authors: int = 1, *, code: bool = False, **more: object) -> Paper:
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


def catalog_of(*papers: Paper) -> Catalog:
    conf = Series(
        id="conf",
        name="Conf",
        kind=VenueKind.CONFERENCE,
        editions=(Edition(id="conf-2024", year=2024), Edition(id="conf-2025", year=2025)),
    )
    loose = Series(id="loose", name="Loose", kind=VenueKind.OTHER, editions=(Edition(id="loose"),))
    return build_catalog(Content(papers=papers, series=(conf, loose), topics=(Topic(id="cats", name={"en": "Cats"}),)))


def pages_of(catalog: Catalog, size: int = 100) -> dict[str, str]:
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
