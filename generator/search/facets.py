"""By what search narrows papers: the values of each facet, and which the papers have.

``search/facets.json`` is a list of facets. Each has its ``values`` as [name, id] (a topic also its parent's place in
the list), and ``of``: for each paper, in the order of their numbers, the place of its value, a list of places, or
null. A facet ``through`` another tells it for each value of that one instead: a venue for each edition. Authors and
institutions are many; they stand in files of their own, ``search/facets/author.json``. ``search/titles.json`` tells
at which place each paper stands among all by title.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.build.inputs import Inputs, query
from generator.build.task import File, Task, plain_task, text_file
from generator.model.catalog import Catalog
from generator.model.joined_names import name_id, paper_affiliations
from generator.model.localized import in_language
from generator.model.paper import Paper
from generator.model.settings import Settings

_NOT_STATED = "not stated"
_YES_NO = [["yes", "yes"], ["no", "no"]]


class FacetFiles:
    """Makes the files of one catalogue. The values of each facet are a query."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        inputs.register(self)

    def tasks(self) -> Iterator[Task]:
        """A task for each file."""
        yield plain_task("search facets", lambda: [_file("search/facets.json", [*self.editions(), *self.papers()])])
        yield plain_task("search authors", lambda: [_file("search/facets/author.json", self.authors())])
        yield plain_task("search institutions", lambda: [_file("search/facets/institution.json", self.institutions())])

    @query
    def editions(self) -> list[dict[str, Any]]:
        """The facets that an edition decides."""
        return list(_of_editions(self._catalog))

    @query
    def papers(self) -> list[dict[str, Any]]:
        """The facets that a paper decides."""
        return list(_of_papers(self._catalog, self._settings))

    @query
    def authors(self) -> dict[str, Any]:
        """The authors of each paper."""
        catalog = self._catalog
        people = [catalog.author_ids[paper_id] for paper_id in catalog.papers]
        return _listed("author", catalog.authors.values(), people)

    @query
    def institutions(self) -> dict[str, Any]:
        """The institutions of each paper."""
        catalog = self._catalog
        named = [
            [catalog.institution_ids[name] for name in paper_affiliations(paper)] for paper in catalog.papers.values()
        ]
        return _listed("institution", catalog.institutions.values(), named)


def title_ranks_file(titles: Sequence[str]) -> File:
    """``search/titles.json``; ``titles`` in the order of the papers' numbers."""
    by_title = sorted(range(len(titles)), key=lambda number: (titles[number].casefold(), number))
    ranks = [0] * len(titles)
    for rank, number in enumerate(by_title):
        ranks[number] = rank
    return _file("search/titles.json", ranks)


def _of_editions(catalog: Catalog) -> Iterator[dict[str, Any]]:
    papers = catalog.papers.values()
    editions = [entry for entry in catalog.editions.values() if entry.edition.id in catalog.papers_by_edition]
    series = list(dict.fromkeys(entry.series.id for entry in editions))
    years = sorted({entry.edition.year for entry in editions if entry.edition.year}, reverse=True)
    place = {entry.edition.id: number for number, entry in enumerate(editions)}
    yield {
        "name": "edition",
        "values": [[entry.name, entry.edition.id] for entry in editions],
        "of": [place[paper.venue] for paper in papers],
    }
    yield {
        "name": "venue",
        "through": "edition",
        "values": [[catalog.series[one].name, one] for one in series],
        "of": [series.index(entry.series.id) for entry in editions],
    }
    yield {
        "name": "year",
        "through": "edition",
        "values": [[str(year), str(year)] for year in years],
        "of": [years.index(entry.edition.year) if entry.edition.year else None for entry in editions],
    }


def _of_papers(catalog: Catalog, settings: Settings) -> Iterator[dict[str, Any]]:
    papers = catalog.papers.values()
    own = settings.language
    topics = {topic: number for number, topic in enumerate(catalog.topics)}
    yield {
        "name": "topic",
        "values": [
            [in_language(topic.name, own, own), topic.id, topics[topic.parent] if topic.parent else None]
            for topic in catalog.topics.values()
        ],
        "of": [_short([topics[topic] for topic in paper.topics]) for paper in papers],
    }
    tags = {tag: number for number, tag in enumerate(catalog.tags)}
    yield {
        "name": "tag",
        "values": [[in_language(tag.name, own, own), tag.id] for tag in catalog.tags.values()],
        "of": [_short([tags[tag] for tag in paper.tags]) for paper in papers],
    }
    tracks = sorted({paper.track for paper in papers if paper.track}, key=lambda track: (track.casefold(), track))
    number = {track: place for place, track in enumerate(tracks)}
    yield {
        "name": "track",
        "values": [[track, track] for track in tracks],
        "of": [number[paper.track] if paper.track else None for paper in papers],
    }
    yes_or_no = {"code": _has_code, "award": _has_award, "limits": _says_its_limits}
    for name, applies in yes_or_no.items():
        yield {"name": name, "values": _YES_NO, "of": [0 if applies(paper) else 1 for paper in papers]}


def _has_code(paper: Paper) -> bool:
    return bool(paper.links.code)


def _has_award(paper: Paper) -> bool:
    return bool(paper.awards)


def _says_its_limits(paper: Paper) -> bool:
    texts = (paper.limitations or {}).values()
    return any(text.strip().rstrip(".").lower() != _NOT_STATED for text in texts)


def _listed(name: str, entries: Iterable[Any], names_of_papers: Iterable[Iterable[str]]) -> dict[str, Any]:
    listed = list(entries)
    # An id that the name tells is left out: there are thousands of them.
    values = [[entry.name] if entry.id == name_id(entry.name) else [entry.name, entry.id] for entry in listed]
    number = {entry.id: place for place, entry in enumerate(listed)}
    return {
        "name": name,
        "values": values,
        "of": [_short([number[entry] for entry in in_paper]) for in_paper in names_of_papers],
    }


def _short(places: Iterable[int]) -> int | list[int] | None:
    """One place alone stands without its list."""
    once = list(dict.fromkeys(places))
    if not once:
        return None
    return once[0] if len(once) == 1 else once


def _file(path: str, data: object) -> File:
    return text_file(path, f"{json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n")
