"""The search page as it is built: its controls, and the newest papers, which is what a search for nothing finds.

A script takes their place once the reader asks for something (``search-page.js``); it writes the same cards.
"""

from generator.build.task import File
from generator.pages.lists import Lists
from generator.pages.rendering import Renderer
from generator.pages.views import Views

_SHOWN = 10


def search_page(views: Views, lists: Lists, renderer: Renderer) -> File:
    """``search/``."""
    return renderer.page(
        "search.md.j2", "search", title=views.say("Search"), kind="search",
        description=views.say("Search all papers of the digest by words, venue, year, topic, author and code."),
        newest=views.cards(lists.newest(str(_SHOWN))), total=len(views.catalog.papers),
    )  # fmt: skip
