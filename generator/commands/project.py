"""The project that ``generate``, ``build`` and ``serve`` share: settings, theme, and a catalog without errors.

With ``digest build --quarantine``, papers and collections with errors are left out, so that the others are published.
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_
from pathlib import Path

from generator.build.cache import Cache
from generator.build.executors import gc_paused
from generator.commands.arguments import THEME, project_settings
from generator.commands.check import problems_of, rule_problems, settings_problems, theme_problems
from generator.commands.messages import count_problems, format_problems
from generator.commands.stages import Stages
from generator.model.catalog import Catalog, build_catalog
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.store.language_file import FOLDER, read_words
from generator.store.layout import PAPERS
from generator.store.load import Loaded, load
from generator.store.mkdocs_file import FILE
from generator.text.words import ENGLISH, Words

DOCS = Path("build/docs")


@dataclass(frozen=True)
class Project:
    """A project that is ready to build."""

    config: Path
    theme: Path
    settings: Settings
    catalog: Catalog
    quarantined: tuple[Problem, ...] = ()
    content: Path = Path("content")

    @property
    def epoch(self) -> int:
        """The time that a build uses as now: midnight (UTC) of the newest day, in seconds since 1970.

        The clock would give different bytes for the same content.
        """
        newest = max(self.catalog.papers_by_added, default=None)
        return (newest.toordinal() - 719163) * 86400 if newest else 0  # 719163 is the ordinal of 1 January 1970


def open_project(
    content: Path, stages: Stages | None = None, cache: Cache | None = None, *,
    quarantine: bool = False, preview: bool = False,
) -> Project | None:  # fmt: skip
    """Read and check everything. Prints the problems to stderr and returns None if there is any error.

    With ``quarantine``, papers with errors are left out instead. ``preview`` marks a site that is not for the public.
    """
    settings = project_settings()
    if settings is None:
        return None
    if faults := theme_problems():
        print(format_problems(faults, "text"), file=sys.stderr)
        if any(problem.is_error for problem in faults):
            return None
    if advice := settings_problems():
        print(format_problems(advice, "text"), file=sys.stderr)
    words = read_words(THEME, settings.language)
    if not isinstance(words, Words):
        print(format_problems(words, "text"), file=sys.stderr)
        return None
    # No error: a digest can start in its language before anybody has translated the interface.
    if words is ENGLISH and settings.language != "en":
        path = f"{THEME}/{FOLDER}/{settings.language}.po"
        print(f"{path} does not exist, so the interface is in English", file=sys.stderr)
    settings = replace(settings, preview=preview, words=words)
    stages = stages or Stages()
    with stages.timed("read"):
        loaded = load(content, cache)
    set_aside: list[Problem] = []
    with stages.timed("check"):
        if quarantine:
            loaded, set_aside, problems = quarantine_faulty(loaded)
        else:
            problems = problems_of(loaded)
    if any(problem.is_error for problem in problems):
        print(format_problems(problems, "text", prefix=f"{content.as_posix()}/"), file=sys.stderr)
        print(f"{content}: {count_problems(problems)}; nothing was built", file=sys.stderr)
        return None
    if set_aside:
        print(format_problems(set_aside, "text", prefix=f"{content.as_posix()}/"), file=sys.stderr)
        print(f"{content}: {count_problems(set_aside)}; these entries were left out", file=sys.stderr)
    with stages.timed("catalog"), gc_paused():
        catalog = build_catalog(loaded.content, settings.founded)
    return Project(Path(FILE), THEME, settings, catalog, tuple(set_aside), content)


def quarantine_faulty(loaded: Loaded) -> tuple[Loaded, list[Problem], list[Problem]]:
    """Return ``loaded`` without faulty papers and collections, the problems of those, and the remaining problems.

    A collection that names a paper which was set aside is left out with it. Removing a paper can break rules for
    other papers that refer to it, so this repeats until nothing changes. A fault elsewhere, such as a broken venue,
    concerns many papers and remains.
    """
    is_set_aside = [problem.is_error and _can_be_left_out(problem.path) for problem in loaded.problems]
    set_aside = list(compress(loaded.problems, is_set_aside))
    loaded = replace(loaded, problems=tuple(compress(loaded.problems, map(not_, is_set_aside))))
    while True:
        subjects: set[str] = set()
        # Positions take long to compute, so only these problems get them.
        set_aside += loaded.with_positions(_of_entries(rule_problems(loaded), subjects))
        if not subjects:
            return loaded, set_aside, problems_of(loaded)
        loaded = _without(loaded, subjects)


def _of_entries(problems: Iterable[Problem], subjects: set[str]) -> Iterator[Problem]:
    """Yield the errors of papers and collections. ``subjects`` collects all of them: the caller drops some problems."""
    for problem in problems:
        if problem.is_error and _can_be_left_out(problem.subject):
            subjects.add(problem.subject)
            yield problem


def _can_be_left_out(path: str) -> bool:
    return path.startswith((f"{PAPERS}/", "collections/"))


def _without(loaded: Loaded, subjects: Collection[str]) -> Loaded:
    """Return ``loaded`` without the ``subjects``, in one pass over all papers."""
    papers: list[Paper] = []
    removed_ids: set[str] = set()
    for paper in loaded.content.papers:
        if f"{PAPERS}/{paper.id}" in subjects:
            # Permalinks and collections may use an earlier id of the paper.
            removed_ids.update((paper.id, *paper.aliases))
        else:
            papers.append(paper)
    left_out = {
        collection.id: f"collections/{collection.id}"
        for collection in loaded.content.collections
        if f"collections/{collection.id}" in subjects or not removed_ids.isdisjoint(collection.papers)
    }
    collections = tuple(item for item in loaded.content.collections if item.id not in left_out)
    removed_addresses = {*left_out.values(), *(f"{PAPERS}/{name}" for name in removed_ids)}
    # An address that is left out becomes '' and is not removed: the position is the line number in permalinks.txt.
    permalinks = tuple("" if address in removed_addresses else address for address in loaded.content.permalinks)
    content = replace(loaded.content, papers=tuple(papers), collections=collections, permalinks=permalinks)
    return replace(loaded, content=content)
