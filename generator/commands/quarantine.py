"""Set faulty papers aside, so that the others can be published: ``digest build --quarantine``."""

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
    """``loaded`` without the papers that have errors, the problems of those papers, and all that remain.

    Taking a paper out can only break rules that other papers share with it, so it is repeated until nothing changes.
    A fault outside the papers, such as a broken venue, concerns many papers and stays.
    """
    is_aside = [problem.is_error and _is_of_a_paper(problem.path) for problem in loaded.problems]
    aside = list(compress(loaded.problems, is_aside))
    loaded = replace(loaded, problems=tuple(compress(loaded.problems, map(not_, is_aside))))
    while True:
        subjects: set[str] = set()
        aside += loaded.placed(_of_papers(rule_problems(loaded), subjects))
        if not subjects:
            return loaded, aside, problems_of(loaded)
        loaded = _without(loaded, subjects)


def _of_papers(problems: Iterable[Problem], subjects: set[str]) -> Iterator[Problem]:
    """The errors of papers. ``subjects`` gathers those papers: of the problems not all are kept."""
    for problem in problems:
        if problem.is_error and _is_of_a_paper(problem.subject):
            subjects.add(problem.subject)
            yield problem


def _is_of_a_paper(place: str) -> bool:
    return place.startswith(f"{PAPERS}/")


def _without(loaded: Loaded, subjects: Collection[str]) -> Loaded:
    """``loaded`` without the papers that problems name as their subject, in one pass over all papers."""
    papers: list[Paper] = []
    gone: set[str] = set()
    for paper in loaded.content.papers:
        if f"{PAPERS}/{paper.id}" in subjects:
            gone.update((paper.id, *paper.aliases))
        else:
            papers.append(paper)
    kept = tuple("" if address.removeprefix("papers/") in gone else address for address in loaded.content.permalinks)
    return replace(loaded, content=replace(loaded.content, papers=tuple(papers), permalinks=kept))
