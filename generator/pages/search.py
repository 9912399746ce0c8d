"""The search page as it is built: its controls, and the newest papers, which is what a search for nothing finds.

A script takes their place once the reader asks for something (``search-page.js``); it writes them in the same form.
"""

from itertools import islice
from typing import NamedTuple

from generator.model import places
from generator.model.page import Draft
from generator.model.paper import Paper
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


def search_page(views: Views, renderer: Renderer) -> Draft:
    """``search/``."""
    papers = views.catalog.papers
    return renderer.page(
        "search.md.j2", "search", title=views.words.say("Search"), kind="search",
        description=views.words.say("Search all papers of the digest by words, venue, year, topic, author and code."),
        newest=[_found(views, paper) for paper in islice(papers.values(), _SHOWN)],
        total=len(papers),
    )  # fmt: skip


def _found(views: Views, paper: Paper) -> Found:
    names = paper.author_names
    people = ", ".join(names[:_PEOPLE])
    if len(names) > _PEOPLE:
        people = views.words.say("{people} and {count} more", people=people, count=len(names) - _PEOPLE)
    told = (people, views.catalog.editions[paper.venue].name, views.status(paper))
    return Found(paper.title, places.paper(paper.id), " · ".join(filter(None, told)), views.text(paper.tldr))
