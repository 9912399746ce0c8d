"""Set faulty papers aside, so that the others can be published: ``digest build --quarantine``."""

from collections.abc import Sequence
from dataclasses import replace

from generator.commands.check import problems_of
from generator.model.problem import Problem
from generator.store.layout import PAPERS
from generator.store.load import Loaded


def set_aside(loaded: Loaded) -> tuple[Loaded, list[Problem], list[Problem]]:
    """``loaded`` without the papers that have errors, the problems of those papers, and all that remain.

    Taking a paper out can only break rules that other papers share with it, so it is repeated until nothing changes.
    A fault outside the papers, such as a broken venue, concerns many papers and stays.
    """
    aside: list[Problem] = []
    while True:
        problems = problems_of(loaded)
        faulty = [problem for problem in problems if problem.is_error and _is_of_a_paper(problem)]
        if not faulty:
            return loaded, aside, problems
        aside += faulty
        loaded = _without(loaded, faulty)


def _is_of_a_paper(problem: Problem) -> bool:
    return problem.path.startswith(f"{PAPERS}/")


def _without(loaded: Loaded, faulty: Sequence[Problem]) -> Loaded:
    subjects = {problem.subject for problem in faulty}
    papers = tuple(paper for paper in loaded.content.papers if f"{PAPERS}/{paper.id}" not in subjects)
    problems = tuple(problem for problem in loaded.problems if problem not in faulty)
    out = {name for paper in loaded.content.papers if paper not in papers for name in (paper.id, *paper.aliases)}
    kept = tuple("" if address.removeprefix("papers/") in out else address for address in loaded.content.permalinks)
    return replace(loaded, content=replace(loaded.content, papers=papers, permalinks=kept), problems=problems)
