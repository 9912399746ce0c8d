"""The home page, the pages that a script fills, and those written by hand."""

from collections.abc import Iterator, Mapping

from generator.model import places
from generator.model.page import Draft
from generator.model.settings import Settings
from generator.pages.rendering import Head, Renderer
from generator.pages.search import search_page
from generator.pages.views import Link, Views
from generator.text.days import day_name


def front_pages(views: Views, renderer: Renderer, settings: Settings, frame: Mapping[str, str]) -> Iterator[Draft]:
    """Home, search, the reading list, what is read offline, and hand-written pages.

    ``frame`` is what the theme says around every page; it finds it in the front matter of the home page.
    """
    say = views.words.say
    yield _home(views, renderer, settings, frame)
    yield search_page(views, renderer)
    yield renderer.page(
        "reading-list.md.j2", "reading-list", title=say("Reading list"), kind="hand",
        description=say("The papers that you marked, kept in this browser, with their citations."),
    )  # fmt: skip
    if settings.offline_megabytes:
        yield renderer.page(
            "offline.md.j2", "offline", title=say("Reading offline"), kind="offline",
            description=say("What this browser has kept of the digest for reading without a connection."),
            megabytes=settings.offline_megabytes,
        )  # fmt: skip
    for page in views.catalog.pages:
        yield renderer.page(
            "hand.md.j2", page.id, title=page.title, kind="hand",
            description=f"{page.title}: {settings.description}"[:155],
            text=page.text, anew=True,
        )  # fmt: skip


def _home(views: Views, renderer: Renderer, settings: Settings, frame: Mapping[str, str]) -> Draft:
    catalog = views.catalog
    days = sorted(catalog.papers_by_day, reverse=True)
    newest = catalog.papers_by_day[days[0]] if days else ()
    editions = sorted(
        (views.edition(edition_id) for edition_id in catalog.editions), key=lambda link: (-link.count, link.text)
    )
    return renderer.page(
        "home.md.j2", "", title=settings.name, kind="home", description=settings.description,
        head=Head(words=frame),
        settings=settings,
        counts=_counts(views),
        newest_day=Link(day_name(days[0], views.words), places.day(days[0]), len(newest)) if days else None,
        newest=views.cards(newest[:8]),
        editions=editions[:12],
        topics=[
            (views.topic(top), [views.topic(child) for child in catalog.subtopics.get(top, ())])
            for top in catalog.subtopics.get("", ())
        ],
    )  # fmt: skip


def _counts(views: Views) -> list[Link]:
    catalog, say = views.catalog, views.words.say
    return [
        Link(say("papers"), "archive", len(catalog.papers)),
        Link(say("venues"), "venues", len(catalog.series)),
        Link(say("topics"), "topics", len(catalog.topics)),
        Link(say("authors"), "authors", len(catalog.authors)),
        Link(say("institutions"), "institutions", len(catalog.institutions)),
    ]
