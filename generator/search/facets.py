"""The facets of search: the values of each facet, and which papers have them.

``search/facets.json`` is a list of facets. ``values`` are pairs [name, id] (for topics, also the index of the parent in
the list). ``of`` has for each paper, in the order of their numbers, the index of its value, a list of indexes, or null.
A facet with ``through`` refers to another facet: its ``of`` has an item for each value of that one, such as a venue for
each edition. Authors and institutions are many, so each has a file of its own, such as ``search/facets/author.json``.
``search/titles.json`` has the rank of each paper if all papers are sorted by title.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.build.inputs import Inputs, query
from generator.build.task import File, Task, plain_task, text_file
from generator.model.catalog import Catalog
from generator.model.contributors import name_id, paper_affiliations
from generator.model.localized import in_language
from generator.model.paper import Paper
from generator.model.settings import Settings

_NOT_STATED = "not stated"  # the value of ``limitations`` if the paper states none
_YES_NO = [["yes", "yes"], ["no", "no"]]


class FacetFiles:
    """The files of one catalog. The values of each facet are a query."""

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
        """The facets that follow from the edition of a paper: edition, venue and year."""
        return list(_of_editions(self._catalog))

    @query
    def papers(self) -> list[dict[str, Any]]:
        """The facets that follow from the paper itself."""
        return list(_of_papers(self._catalog, self._settings))

    @query
    def authors(self) -> dict[str, Any]:
        """The authors of each paper."""
        catalog = self._catalog
        people = [catalog.author_ids[paper_id] for paper_id in catalog.papers]
        return _people_facet("author", catalog.authors.values(), people)

    @query
    def institutions(self) -> dict[str, Any]:
        """The institutions of each paper."""
        catalog = self._catalog
        names = [
            [catalog.institution_ids[name] for name in paper_affiliations(paper)] for paper in catalog.papers.values()
        ]
        return _people_facet("institution", catalog.institutions.values(), names)


def title_ranks_file(titles: Sequence[str]) -> File:
    """Return ``search/titles.json``; ``titles`` are in the order of the papers' numbers."""
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
    edition_numbers = {entry.edition.id: number for number, entry in enumerate(editions)}
    yield {
        "name": "edition",
        "values": [[entry.name, entry.edition.id] for entry in editions],
        "of": [edition_numbers[paper.venue] for paper in papers],
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
    language = settings.language
    topics = {topic: number for number, topic in enumerate(catalog.topics)}
    yield {
        "name": "topic",
        "values": [
            [in_language(topic.name, language, language), topic.id, topics[topic.parent] if topic.parent else None]
            for topic in catalog.topics.values()
        ],
        "of": [_compact([topics[topic] for topic in paper.topics]) for paper in papers],
    }
    tags = {tag: number for number, tag in enumerate(catalog.tags)}
    yield {
        "name": "tag",
        "values": [[in_language(tag.name, language, language), tag.id] for tag in catalog.tags.values()],
        "of": [_compact([tags[tag] for tag in paper.tags]) for paper in papers],
    }
    # A track is a plain word without an id, so its name is both.
    tracks = sorted({paper.track for paper in papers if paper.track}, key=lambda track: (track.casefold(), track))
    number = {track: index for index, track in enumerate(tracks)}
    yield {
        "name": "track",
        "values": [[track, track] for track in tracks],
        "of": [number[paper.track] if paper.track else None for paper in papers],
    }
    yes_or_no = {"code": _has_code, "award": _has_award, "limits": _states_limitations}
    for name, applies in yes_or_no.items():
        yield {"name": name, "values": _YES_NO, "of": [0 if applies(paper) else 1 for paper in papers]}


def _has_code(paper: Paper) -> bool:
    return bool(paper.links.code)


def _has_award(paper: Paper) -> bool:
    return bool(paper.awards)


def _states_limitations(paper: Paper) -> bool:
    texts = (paper.limitations or {}).values()
    return any(text.strip().rstrip(".").lower() != _NOT_STATED for text in texts)


def _people_facet(name: str, entries: Iterable[Any], names_of_papers: Iterable[Iterable[str]]) -> dict[str, Any]:
    listed = list(entries)
    # An id that follows from the name is left out, because there are thousands of them.
    values = [[entry.name] if entry.id == name_id(entry.name) else [entry.name, entry.id] for entry in listed]
    number = {entry.id: index for index, entry in enumerate(listed)}
    return {
        "name": name,
        "values": values,
        "of": [_compact([number[entry] for entry in in_paper]) for in_paper in names_of_papers],
    }


def _compact(indexes: Iterable[int]) -> int | list[int] | None:
    """A single index without its list, to save bytes; None if there is none."""
    once = list(dict.fromkeys(indexes))
    if not once:
        return None
    return once[0] if len(once) == 1 else once


def _file(path: str, data: object) -> File:
    return text_file(path, f"{json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n")
