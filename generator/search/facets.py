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

from generator.model.catalog import Catalog, name_id, paper_affiliations
from generator.model.page import Page
from generator.model.paper import Paper
from generator.search.parts import SearchRecord
from generator.model.settings import Settings
from generator.model.values import in_language

_NOT_STATED = "not stated"
_YES_NO = [["yes", "yes"], ["no", "no"]]


def facet_files(catalog: Catalog, settings: Settings, records: Sequence[SearchRecord]) -> Iterator[Page]:
    """The files that search on the page needs beside Pagefind's index. ``records`` in the catalogue's order."""
    by_title = sorted(range(len(records)), key=lambda number: (records[number].titles[0].casefold(), number))
    ranks = [0] * len(records)
    for rank, number in enumerate(by_title):
        ranks[number] = rank
    yield _file("search/titles.json", ranks)
    yield _file("search/facets.json", [*_of_editions(catalog), *_of_papers(catalog, settings)])
    papers = catalog.papers.values()
    people = [[catalog.author_ids[name] for name in paper.author_names] for paper in papers]
    places = [[catalog.institution_ids[name] for name in paper_affiliations(paper)] for paper in papers]
    yield _file("search/facets/author.json", _listed("author", catalog.authors.values(), people))
    yield _file("search/facets/institution.json", _listed("institution", catalog.institutions.values(), places))


def _of_editions(catalog: Catalog) -> Iterator[dict[str, Any]]:
    papers = catalog.papers.values()
    held = [entry for entry in catalog.editions.values() if entry.edition.id in catalog.papers_by_edition]
    series = list(dict.fromkeys(entry.series.id for entry in held))
    years = sorted({entry.edition.year for entry in held if entry.edition.year}, reverse=True)
    place = {entry.edition.id: number for number, entry in enumerate(held)}
    yield {
        "name": "edition",
        "values": [[entry.name, entry.edition.id] for entry in held],
        "of": [place[paper.venue] for paper in papers],
    }
    yield {
        "name": "venue",
        "through": "edition",
        "values": [[catalog.series[one].name, one] for one in series],
        "of": [series.index(entry.series.id) for entry in held],
    }
    yield {
        "name": "year",
        "through": "edition",
        "values": [[str(year), str(year)] for year in years],
        "of": [years.index(entry.edition.year) if entry.edition.year else None for entry in held],
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
    tracks = sorted({paper.track for paper in papers if paper.track}, key=lambda track: (track.casefold(), track))
    number = {track: place for place, track in enumerate(tracks)}
    yield {
        "name": "track",
        "values": [[track, track] for track in tracks],
        "of": [number[paper.track] if paper.track else None for paper in papers],
    }
    asked = {"code": _has_code, "award": _has_award, "limits": _says_its_limits}
    for name, has in asked.items():
        yield {"name": name, "values": _YES_NO, "of": [0 if has(paper) else 1 for paper in papers]}


def _has_code(paper: Paper) -> bool:
    return bool(paper.links.code)


def _has_award(paper: Paper) -> bool:
    return bool(paper.awards)


def _says_its_limits(paper: Paper) -> bool:
    said = (paper.limitations or {}).values()
    return any(text.strip().rstrip(".").lower() != _NOT_STATED for text in said)


def _listed(name: str, entries: Iterable[Any], of: Iterable[Iterable[str]]) -> dict[str, Any]:
    held = list(entries)
    # An id that the name tells is left out: there are thousands of them.
    values = [[one.name] if one.id == name_id(one.name) else [one.name, one.id] for one in held]
    number = {one.id: place for place, one in enumerate(held)}
    return {"name": name, "values": values, "of": [_short([number[one] for one in in_paper]) for in_paper in of]}


def _short(places: Iterable[int]) -> int | list[int] | None:
    """One place alone stands without its list."""
    once = list(dict.fromkeys(places))
    if not once:
        return None
    return once[0] if len(once) == 1 else once


def _file(path: str, told: object) -> Page:
    return Page(path=path, text=f"{json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n")
