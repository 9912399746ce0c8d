"""The home page, and the pages that scripts fill."""

from collections.abc import Callable, Iterator, Mapping

from generator.build.task import File, Task, plain_task
from generator.pages.editorial import Editorial
from generator.pages.lists import Lists
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Link, Views

HOME = "page home"
"""The home page's task. The front matter of the page contains the theme's texts (``theme_texts`` in ``all.py``)."""

_NEWEST_SHOWN = 8  # papers in each list of the home page
_EDITIONS_SHOWN = 12
_SHOWN_IN_SEARCH = 10  # papers before a query


def front_tasks(
    views: Views, lists: Lists, editorial: Editorial, renderer: Renderer, theme_texts: Callable[[], Mapping[str, str]]
) -> Iterator[Task]:
    """The pages home, search, reading list, compare and offline.

    ``theme_texts`` returns the texts of the theme, which reads them from the front matter of the home page.
    """
    say = views.say
    yield plain_task(HOME, lambda: [_home(views, lists, editorial, renderer, theme_texts())])
    yield plain_task("page search", lambda: [_search(views, lists, renderer)])
    yield plain_task("page reading-list", lambda: [renderer.page(
        "reading-list.md.j2", "reading-list", title=say("Reading list"), kind="saved",
        description=say("The papers that you saved and what you follow, kept in this browser, with citations."),
    )])  # fmt: skip
    yield plain_task("page compare", lambda: [renderer.page(
        "compare.md.j2", "compare", title=say("Compare papers"), kind="saved",
        description=say("Two to four papers side by side: findings, limitations, code and venue."),
    )])  # fmt: skip
    if views.settings.offline_megabytes:  # 0 switches reading offline off
        yield plain_task("page offline", lambda: [renderer.page(
            "offline.md.j2", "offline", title=say("Reading offline"), kind="offline",
            description=say("Pages saved in this browser for reading without a connection."),
            megabytes=views.settings.offline_megabytes,
        )])  # fmt: skip


def _home(views: Views, lists: Lists, editorial: Editorial, renderer: Renderer, theme_texts: Mapping[str, str]) -> File:
    catalog, settings = views.catalog, views.settings
    newest = lists.newest(str(_NEWEST_SHOWN))  # arguments of a query are texts
    # Twice as many as are shown, because those that are among the newest are left out.
    last_added = [paper_id for paper_id in lists.last_added(str(2 * _NEWEST_SHOWN)) if paper_id not in newest]
    return renderer.page(
        "home.md.j2", "", title=settings.name, kind="home", description=settings.description,
        head=Head(words=theme_texts),
        settings=settings,
        counts=_counts(views),
        picks=editorial.newest_picks(),
        newest=views.cards(newest),
        last_added=views.cards(last_added[:_NEWEST_SHOWN]),
        editions=lists.editions_by_size()[:_EDITIONS_SHOWN],
        topics=[
            (views.topic_with_count(top), list(map(views.topic_with_count, catalog.subtopics.get(top, ()))))
            for top in catalog.subtopics.get("", ())
        ],
    )  # fmt: skip


def _search(views: Views, lists: Lists, renderer: Renderer) -> File:
    """The page ``search/`` before a query: its controls, and the newest papers.

    The script ``search-page.js`` replaces the papers by the results of a query, with the same cards.
    """
    return renderer.page(
        "search.md.j2", "search", title=views.say("Search"), kind="search",
        description=views.say("Search all papers of the digest by words, venue, year, topic, author and code."),
        newest=views.cards(lists.newest(str(_SHOWN_IN_SEARCH))), total=len(views.catalog.papers),
    )  # fmt: skip


def _counts(views: Views) -> list[Link]:
    """The numbers at the end of the home page. Those of collections, tags and terms are left out if they are 0."""
    catalog, say = views.catalog, views.say
    always_shown = [
        Link(say("papers"), "archive", len(catalog.papers)),
        Link(say("venues"), "venues", len(catalog.series)),
        Link(say("topics"), "topics", len(catalog.topics)),
        Link(say("authors"), "authors", len(catalog.authors)),
        Link(say("institutions"), "institutions", len(catalog.institutions)),
    ]
    shown_if_any = [
        Link(say("collections"), "collections", len(catalog.collections)),
        Link(say("tags"), "tags", len(catalog.tags)),
        Link(say("terms explained"), "glossary", len(catalog.glossary)),
    ]
    return [*always_shown, *(link for link in shown_if_any if link.count)]
