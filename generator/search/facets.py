"""The facets of search: the values of each facet, and which papers have them.

``search/facets.json`` is a list of facets. ``values`` are pairs [name, id]; a topic also has the index of its parent
in ``values``, or null. ``of`` has an item for each paper, in the order of their numbers: the index of its value, a list
of indexes, or null. A facet with ``through`` refers to another facet: its ``of`` has an item for each value of the
other facet, such as a venue for each edition.

Authors and institutions are many, so each of these facets has a file of its own, ``search/facets/author.json`` and
``institution.json``, and a value is [name] if its id follows from the name. ``search/titles.json`` has for each paper
its position if all papers are sorted by title.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from generator.build.inputs import Inputs, query
from generator.build.task import File, Task, plain_task, text_file
from generator.model.catalog import Catalog
from generator.model.contributors import name_id, paper_affiliations
from generator.model.localized import in_digest_language
from generator.model.paper import Paper
from generator.model.settings import Settings

_NOT_STATED = "not stated"  # the value of ``limitations`` if the paper states none
_YES_AND_NO = [["yes", "yes"], ["no", "no"]]


class FacetFiles:
    """The tasks of the facets of one catalog.

    Each facet is a query of the build engine (``build/inputs.py``), so that a task runs only if its facets change.
    """

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        inputs.register(self)

    def tasks(self) -> Iterator[Task]:
        """Yield a task for each file."""
        yield plain_task(
            "search facets", lambda: [_file("search/facets.json", [*self.edition_facets(), *self.paper_facets()])]
        )
        yield plain_task("search authors", lambda: [_file("search/facets/author.json", self.author_facet())])
        yield plain_task(
            "search institutions", lambda: [_file("search/facets/institution.json", self.institution_facet())]
        )

    @query
    def edition_facets(self) -> list[dict[str, Any]]:
        """The facets that follow from the edition of a paper: edition, venue and year."""
        return list(_edition_facets(self._catalog))

    @query
    def paper_facets(self) -> list[dict[str, Any]]:
        """The facets that follow from the paper itself."""
        return list(_paper_facets(self._catalog, self._settings))

    @query
    def author_facet(self) -> dict[str, Any]:
        """The facet of authors."""
        catalog = self._catalog
        ids_by_paper = [catalog.author_ids[paper_id] for paper_id in catalog.papers]
        return _facet_by_id("author", catalog.authors.values(), ids_by_paper)

    @query
    def institution_facet(self) -> dict[str, Any]:
        """The facet of institutions."""
        catalog = self._catalog
        ids_by_paper = [
            [catalog.institution_ids[name] for name in paper_affiliations(paper)] for paper in catalog.papers.values()
        ]
        return _facet_by_id("institution", catalog.institutions.values(), ids_by_paper)


def title_ranks_file(titles: Sequence[str]) -> File:
    """Return ``search/titles.json``; ``titles`` are in the order of the papers' numbers."""
    by_title = sorted(range(len(titles)), key=lambda number: (titles[number].casefold(), number))
    ranks = [0] * len(titles)
    for rank, number in enumerate(by_title):
        ranks[number] = rank
    return _file("search/titles.json", ranks)


def _edition_facets(catalog: Catalog) -> Iterator[dict[str, Any]]:
    papers = catalog.papers.values()
    # Each entry of ``catalog.editions`` has an edition and its series.
    editions = [entry for entry in catalog.editions.values() if entry.edition.id in catalog.papers_by_edition]
    series_ids = list(dict.fromkeys(entry.series.id for entry in editions))
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
        "values": [[catalog.series[series_id].name, series_id] for series_id in series_ids],
        "of": [series_ids.index(entry.series.id) for entry in editions],
    }
    yield {
        "name": "year",
        "through": "edition",
        "values": [[str(year), str(year)] for year in years],
        "of": [years.index(entry.edition.year) if entry.edition.year else None for entry in editions],
    }


def _paper_facets(catalog: Catalog, settings: Settings) -> Iterator[dict[str, Any]]:
    papers = catalog.papers.values()
    language = settings.language
    topic_indexes = {topic_id: index for index, topic_id in enumerate(catalog.topics)}
    yield {
        "name": "topic",
        "values": [
            [
                in_digest_language(topic.name, language),
                topic.id,
                topic_indexes[topic.parent] if topic.parent else None,
            ]
            for topic in catalog.topics.values()
        ],
        "of": [_compact([topic_indexes[topic_id] for topic_id in paper.topics]) for paper in papers],
    }
    tag_indexes = {tag_id: index for index, tag_id in enumerate(catalog.tags)}
    yield {
        "name": "tag",
        "values": [[in_digest_language(tag.name, language), tag.id] for tag in catalog.tags.values()],
        "of": [_compact([tag_indexes[tag_id] for tag_id in paper.tags]) for paper in papers],
    }
    # A track has no id, so its name is used for both.
    tracks = sorted({paper.track for paper in papers if paper.track}, key=lambda track: (track.casefold(), track))
    track_indexes = {track: index for index, track in enumerate(tracks)}
    yield {
        "name": "track",
        "values": [[track, track] for track in tracks],
        "of": [track_indexes[paper.track] if paper.track else None for paper in papers],
    }
    conditions = {"code": _has_code, "award": _has_award, "limits": _states_limitations}
    for name, condition in conditions.items():
        yield {"name": name, "values": _YES_AND_NO, "of": [0 if condition(paper) else 1 for paper in papers]}


def _has_code(paper: Paper) -> bool:
    return bool(paper.links.code)


def _has_award(paper: Paper) -> bool:
    return bool(paper.awards)


def _states_limitations(paper: Paper) -> bool:
    texts = (paper.limitations or {}).values()
    return any(text.strip().rstrip(".").lower() != _NOT_STATED for text in texts)


def _facet_by_id(name: str, entries: Collection[Any], ids_by_paper: Iterable[Iterable[str]]) -> dict[str, Any]:
    """Return the facet ``name``, whose values are ``entries`` with a name and an id.

    ``ids_by_paper`` are the ids of the entries of each paper.
    """
    # An id that the browser can derive from the name is left out, because there are thousands of ids.
    values = [[entry.name] if entry.id == name_id(entry.name) else [entry.name, entry.id] for entry in entries]
    indexes = {entry.id: index for index, entry in enumerate(entries)}
    return {
        "name": name,
        "values": values,
        "of": [_compact([indexes[entry_id] for entry_id in paper_ids]) for paper_ids in ids_by_paper],
    }


def _compact(indexes: Iterable[int]) -> int | list[int] | None:
    """Return the indexes without duplicates. To save bytes, a single index is without a list, and no index is None."""
    unique = list(dict.fromkeys(indexes))
    if not unique:
        return None
    return unique[0] if len(unique) == 1 else unique


def _file(path: str, document: object) -> File:
    return text_file(path, f"{json.dumps(document, ensure_ascii=False, separators=(',', ':'))}\n")
