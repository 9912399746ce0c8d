"""Opens the project in the current folder: reads the settings, checks the content and makes the catalog.

With ``digest build --quarantine``, papers and collections with errors are left out, so that the others are published.
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build.cache import Cache
from generator.build.executors import gc_paused
from generator.commands.arguments import SETTINGS_FILE, THEME_FOLDER, project_settings
from generator.commands.check import problems_of, rule_problems, settings_problems, theme_problems
from generator.commands.messages import count_problems, format_problems
from generator.commands.stages import Stages
from generator.model.catalog import Catalog, build_catalog
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.store.language_file import FOLDER as LANGUAGE_FOLDER
from generator.store.language_file import read_words
from generator.store.layout import PAPERS
from generator.store.load import Loaded, load
from generator.text.words import ENGLISH, Words

DOCS = Path("build/docs")
"""The default folder of ``digest generate``."""


@dataclass(frozen=True)
class Project:
    """A project without errors, ready to build. ``theme`` and ``content`` are folders.

    ``quarantined`` are the errors of the papers and collections that were left out.
    """

    settings_file: Path
    theme: Path
    settings: Settings
    catalog: Catalog
    quarantined: tuple[Problem, ...] = ()
    content: Path = Path("content")

    @property
    def epoch(self) -> int:
        """The time that a build uses as now, in seconds since 1970: midnight (UTC) of the newest ``added`` date.

        It is 0 without papers. With the time of the clock, two builds of the same content would differ.
        """
        newest = max(self.catalog.papers_by_added, default=None)
        return (newest.toordinal() - 719163) * 86400 if newest else 0  # 719163 is the ordinal of 1 January 1970


def open_project(
    content: Path, stages: Stages | None = None, cache: Cache | None = None, *,
    quarantine: bool = False, preview: bool = False,
) -> Project | None:  # fmt: skip
    """Read and check settings, theme and content. Returns None if there is an error. Prints problems to stderr.

    With ``quarantine``, papers and collections with errors are left out instead. ``preview`` marks a site that is not
    for the public. ``cache`` stores parsed files for the next build.
    """
    settings = project_settings()
    if settings is None:
        return None
    if problems := theme_problems():
        print(format_problems(problems, "text"), file=sys.stderr)
        if any(problem.is_error for problem in problems):
            return None
    if warnings := settings_problems():
        print(format_problems(warnings, "text"), file=sys.stderr)
    words = read_words(THEME_FOLDER, settings.language)
    if not isinstance(words, Words):
        print(format_problems(words, "text"), file=sys.stderr)
        return None
    # Not an error: a digest can start in its language before anybody has translated the interface.
    if words is ENGLISH and settings.language != "en":
        path = f"{THEME_FOLDER}/{LANGUAGE_FOLDER}/{settings.language}.po"
        print(f"{path} does not exist, so the interface is in English", file=sys.stderr)
    settings = replace(settings, preview=preview, words=words)
    stages = stages or Stages()
    with stages.timed("read"):
        loaded = load(content, cache)
    quarantined: list[Problem] = []
    with stages.timed("check"):
        if quarantine:
            loaded, quarantined, problems = quarantine_faulty(loaded)
        else:
            problems = problems_of(loaded)
    if any(problem.is_error for problem in problems):
        print(format_problems(problems, "text", prefix=f"{content.as_posix()}/"), file=sys.stderr)
        print(f"{content}: {count_problems(problems)}; nothing was built", file=sys.stderr)
        return None
    if quarantined:
        print(format_problems(quarantined, "text", prefix=f"{content.as_posix()}/"), file=sys.stderr)
        print(f"{content}: {count_problems(quarantined)}; these entries were left out", file=sys.stderr)
    with stages.timed("catalog"), gc_paused():
        catalog = build_catalog(loaded.content, settings.founded)
    return Project(SETTINGS_FILE, THEME_FOLDER, settings, catalog, tuple(quarantined), content)


def quarantine_faulty(loaded: Loaded) -> tuple[Loaded, list[Problem], list[Problem]]:
    """Remove the papers and collections that have errors, and the collections that contain a removed paper.

    Returns three parts: the remaining content, the errors of the removed papers and collections, and the problems of
    the remaining content. Removing a paper can break rules for papers that refer to it, so this repeats until no paper
    or collection has an error. Errors elsewhere, for example in a venue, concern many papers and remain.

    A problem found while reading has a ``path``. A problem found by a rule has a ``subject``, such as ``papers/a``,
    until ``with_positions`` adds its path.
    """
    unreadable = [problem for problem in loaded.problems if problem.is_error and _is_entry(problem.path)]
    others = [problem for problem in loaded.problems if not (problem.is_error and _is_entry(problem.path))]
    loaded, quarantined = replace(loaded, problems=tuple(others)), unreadable
    while True:
        subjects: set[str] = set()
        # Positions take long to compute, so only the problems of entries get them.
        quarantined += loaded.with_positions(_entry_errors(rule_problems(loaded), subjects))
        if not subjects:
            return loaded, quarantined, problems_of(loaded)
        loaded = _without(loaded, subjects)


def _entry_errors(problems: Iterable[Problem], subjects: set[str]) -> Iterator[Problem]:
    """Yield the errors of papers and collections, and add the subject of each to ``subjects``.

    The subjects cannot be read from the problems later: ``with_positions`` keeps only the first problems of each kind.
    """
    for problem in problems:
        if problem.is_error and _is_entry(problem.subject):
            subjects.add(problem.subject)
            yield problem


def _is_entry(path: str) -> bool:
    """Whether a path or a subject is that of a paper or a collection."""
    return path.startswith((f"{PAPERS}/", "collections/"))


def _without(loaded: Loaded, subjects: Collection[str]) -> Loaded:
    """Return ``loaded`` without the papers and collections in ``subjects``: ``papers/a``, ``collections/b``.

    Collections that contain a removed paper are removed, too.
    """
    papers: list[Paper] = []
    removed_ids: set[str] = set()
    for paper in loaded.content.papers:
        if f"{PAPERS}/{paper.id}" in subjects:
            # Permalinks and collections may contain an earlier id of the paper.
            removed_ids.update((paper.id, *paper.aliases))
        else:
            papers.append(paper)
    removed_collections = {
        collection.id: f"collections/{collection.id}"
        for collection in loaded.content.collections
        if f"collections/{collection.id}" in subjects or not removed_ids.isdisjoint(collection.papers)
    }
    collections = tuple(
        collection for collection in loaded.content.collections if collection.id not in removed_collections
    )
    removed_addresses = {*removed_collections.values(), *(f"{PAPERS}/{paper_id}" for paper_id in removed_ids)}
    # A removed address is replaced by '', because the index of an address is its line in permalinks.txt.
    permalinks = tuple("" if address in removed_addresses else address for address in loaded.content.permalinks)
    content = replace(loaded.content, papers=tuple(papers), collections=collections, permalinks=permalinks)
    return replace(loaded, content=content)
