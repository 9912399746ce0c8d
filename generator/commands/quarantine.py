"""Leaves out papers and collections with errors, so that the others can be published: ``digest build --quarantine``."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import compress
from operator import not_

from generator.commands.check import problems_of, rule_problems
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.store.layout import PAPERS
from generator.store.load import Loaded


def set_aside(loaded: Loaded) -> tuple[Loaded, list[Problem], list[Problem]]:
    """Return ``loaded`` without faulty papers and collections, the problems of those, and the remaining problems.

    A collection that names a paper which was set aside is left out with it. Removing a paper can break rules for
    other papers that refer to it, so this repeats until nothing changes. A fault elsewhere, such as a broken venue,
    concerns many papers and remains.
    """
    is_aside = [problem.is_error and _can_be_left_out(problem.path) for problem in loaded.problems]
    aside = list(compress(loaded.problems, is_aside))
    loaded = replace(loaded, problems=tuple(compress(loaded.problems, map(not_, is_aside))))
    while True:
        subjects: set[str] = set()
        aside += loaded.placed(_of_entries(rule_problems(loaded), subjects))
        if not subjects:
            return loaded, aside, problems_of(loaded)
        loaded = _without(loaded, subjects)


def _of_entries(problems: Iterable[Problem], subjects: set[str]) -> Iterator[Problem]:
    """Yield the errors of papers and collections. ``subjects`` collects all of them: the caller drops some problems."""
    for problem in problems:
        if problem.is_error and _can_be_left_out(problem.subject):
            subjects.add(problem.subject)
            yield problem


def _can_be_left_out(place: str) -> bool:
    return place.startswith((f"{PAPERS}/", "collections/"))


def _without(loaded: Loaded, subjects: Collection[str]) -> Loaded:
    """Return ``loaded`` without the ``subjects``, in one pass over all papers."""
    papers: list[Paper] = []
    gone: set[str] = set()
    for paper in loaded.content.papers:
        if f"{PAPERS}/{paper.id}" in subjects:
            gone.update((paper.id, *paper.aliases))
        else:
            papers.append(paper)
    left_out = {
        collection.id: f"collections/{collection.id}"
        for collection in loaded.content.collections
        if f"collections/{collection.id}" in subjects or not gone.isdisjoint(collection.papers)
    }
    collections = tuple(item for item in loaded.content.collections if item.id not in left_out)
    lost = {*left_out.values(), *(f"{PAPERS}/{name}" for name in gone)}
    # An address that is left out becomes '' and is not removed: the position is the line number in permalinks.txt.
    permalinks = tuple("" if address in lost else address for address in loaded.content.permalinks)
    content = replace(loaded.content, papers=tuple(papers), collections=collections, permalinks=permalinks)
    return replace(loaded, content=content)
