"""The list of page kinds. A new kind is a module and a line here."""

from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from generator.model.catalog import Catalog
from generator.model.page import Page
from generator.model.settings import Settings
from generator.pages.archive import archive_pages
from generator.pages.awards import award_pages
from generator.pages.frame import frame_words
from generator.pages.front import front_pages
from generator.pages.mailings import mailing_pages
from generator.pages.map import map_page
from generator.pages.mending import Mending
from generator.pages.papers import paper_pages
from generator.pages.people import people_pages
from generator.pages.rendering import Renderer, make_environment
from generator.pages.stats import stats_page
from generator.pages.take_away import take_away_pages
from generator.pages.topics import topic_pages
from generator.pages.venues import venue_pages
from generator.pages.views import Views
from generator.similarity.related import related_papers


def all_pages(catalog: Catalog, settings: Settings, theme: Path) -> Iterator[Page]:
    """Every page of the site. The same catalogue and theme give the same pages in the same order."""
    views = Views(catalog, settings)
    shared = {"site": settings, "Markup": Markup}
    renderer = Renderer(make_environment(theme, settings.words), shared, Mending(catalog, settings).links)
    size = settings.page_size
    related = related_papers(catalog, settings.language)
    yield from front_pages(views, renderer, settings, frame_words(theme, settings))
    yield from paper_pages(views, renderer, settings, related)
    yield map_page(views, renderer, related)
    yield stats_page(views, renderer)
    yield from award_pages(views, renderer, size)
    yield from venue_pages(views, renderer, size)
    yield from topic_pages(views, renderer, size)
    yield from people_pages(views, renderer, size)
    yield from archive_pages(views, renderer, size)
    yield from mailing_pages(views, renderer, size)
    yield from take_away_pages(views, renderer, settings)
