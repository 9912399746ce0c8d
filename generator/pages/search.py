"""The search page as it is built: its controls, and the newest papers, which is what a search for nothing finds.

A script takes their place once the reader asks for something (``search-page.js``); it writes them in the same form.
"""

from typing import NamedTuple

from generator.build.task import File
from generator.pages.lists import Lists
from generator.pages.rendering import Renderer
from generator.pages.views import Views

_SHOWN = 10
_PEOPLE = 3


class Found(NamedTuple):
    """A paper as search shows it: ``about`` tells people, venue and status."""

    title: str
    place: str
    about: str
    tldr: str


def search_page(views: Views, lists: Lists, renderer: Renderer) -> File:
    """``search/``."""
    return renderer.page(
        "search.md.j2", "search", title=views.say("Search"), kind="search",
        description=views.say("Search all papers of the digest by words, venue, year, topic, author and code."),
        newest=[_found(views, paper_id) for paper_id in lists.newest(str(_SHOWN))],
        total=len(views.catalog.papers),
    )  # fmt: skip


def _found(views: Views, paper_id: str) -> Found:
    card, names = views.card(paper_id), [name for _, name in views.mention(paper_id).authors]
    people = ", ".join(names[:_PEOPLE])
    if len(names) > _PEOPLE:
        people = views.say("{people} and {count} more", people=people, count=len(names) - _PEOPLE)
    return Found(card.title, card.place, " · ".join(filter(None, (people, card.edition.text, card.status))), card.tldr)
