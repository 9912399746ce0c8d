"""The search page as it is built: its controls, and the newest papers, which is what a search for nothing finds.

A script takes their place once the reader asks for something (``search-page.js``); it writes them in the same form.
"""

from typing import NamedTuple

from generator.build.inputs import query
from generator.build.task import File
from generator.model import places
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


class SearchPage:
    """Makes ``search/``."""

    def __init__(self, views: Views, lists: Lists, renderer: Renderer) -> None:
        self._views, self._lists, self._renderer, self.inputs = views, lists, renderer, views.inputs
        self.inputs.register(self)

    def file(self) -> File:
        """The page."""
        views = self._views
        return self._renderer.page(
            "search.md.j2", "search", title=views.say("Search"), kind="search",
            description=views.say("Search all papers by words, venue, year, topic, author and code."),
            newest=[self.found(paper_id) for paper_id in self._lists.newest(str(_SHOWN))],
            total=len(views.catalog.papers),
        )  # fmt: skip

    @query
    def found(self, paper_id: str) -> Found:
        """A paper."""
        views, paper = self._views, self._views.catalog.papers[paper_id]
        names = paper.author_names
        people = ", ".join(names[:_PEOPLE])
        if len(names) > _PEOPLE:
            people = views.say("{people} and {count} more", people=people, count=len(names) - _PEOPLE)
        about = (people, views.edition_name(paper.venue).text, views.status(paper))
        return Found(paper.title, places.paper(paper_id), " · ".join(filter(None, about)), views.text(paper.tldr))
