"""The list of page kinds. A new kind is a module and a line here."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from markupsafe import Markup

from generator.model.catalog import Catalog
from generator.model.fingerprints import Fingerprints
from generator.model.page import Batch, Draft, untold
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
from generator.similarity.related import Relation, related_papers


def all_pages(catalog: Catalog, settings: Settings, theme: Path) -> Iterator[Draft]:
    """Every page of the site. The same catalogue and theme give the same pages in the same order."""
    return chain.from_iterable(batch.make() for batch in page_batches(catalog, settings, theme))


def page_batches(
    catalog: Catalog,
    settings: Settings,
    theme: Path,
    marks: Fingerprints | None = None,
    related: Mapping[str, tuple[Relation, ...]] | None = None,
) -> Iterator[Batch[Draft]]:
    """The same pages in batches, each of which can be made alone: those of one paper, author, topic, day and so on.

    ``marks`` are the fingerprints of the catalogue, if some were taken already, and ``related`` is what
    ``related_papers`` would find, for who knows it.
    """
    views = Views(catalog, settings, marks)
    shared = {"site": settings, "Markup": Markup}
    renderer = Renderer(make_environment(theme, settings.words), shared, Mending(catalog, settings))
    size = settings.page_size
    if related is None:
        related = related_papers(catalog, settings.language)
    yield untold(partial(front_pages, views, renderer, settings, frame_words(theme, settings)))
    yield from paper_pages(views, renderer, settings, related)
    yield map_page(views, renderer, related)
    yield untold(partial(stats_page, views, renderer))  # MkDocs' own steps make it anew each time
    yield award_pages(views, renderer, size)
    yield from venue_pages(views, renderer, size)
    yield from topic_pages(views, renderer, size)
    yield from people_pages(views, renderer, size)
    yield from archive_pages(views, renderer, size)
    yield from mailing_pages(views, renderer, size)
    yield from take_away_pages(views, renderer, settings)
