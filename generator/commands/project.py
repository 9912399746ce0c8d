"""The project that ``generate``, ``build`` and ``serve`` share: settings, theme, and a catalogue without errors."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build.cache import Cache
from generator.build.executors import gc_paused
from generator.commands.arguments import THEME, own_settings
from generator.commands.check import problems_of, settings_problems, theme_problems
from generator.commands.messages import count, formatted
from generator.commands.quarantine import set_aside
from generator.commands.stages import Stages
from generator.model.catalog import Catalog, build_catalog
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.store.language_file import FOLDER, read_words
from generator.store.load import load
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
    settings = own_settings()
    if settings is None:
        return None
    if strange := theme_problems():
        print(formatted(strange, "text"), file=sys.stderr)
        if any(problem.is_error for problem in strange):
            return None
    if advice := settings_problems():
        print(formatted(advice, "text"), file=sys.stderr)
    words = read_words(THEME, settings.language)
    if not isinstance(words, Words):
        print(formatted(words, "text"), file=sys.stderr)
        return None
    if words is ENGLISH and settings.language != "en":
        path = f"{THEME}/{FOLDER}/{settings.language}.po"
        print(f"{path} does not exist, so the interface is in English", file=sys.stderr)
    settings = replace(settings, preview=preview, words=words)
    stages = stages or Stages()
    with stages.timed("read"):
        loaded = load(content, cache)
    aside: list[Problem] = []
    with stages.timed("check"):
        if quarantine:
            loaded, aside, problems = set_aside(loaded)
        else:
            problems = problems_of(loaded)
    if any(problem.is_error for problem in problems):
        print(formatted(problems, "text", prefix=f"{content.as_posix()}/"), file=sys.stderr)
        print(f"{content}: {count(problems)}; nothing was built", file=sys.stderr)
        return None
    if aside:
        print(formatted(aside, "text", prefix=f"{content.as_posix()}/"), file=sys.stderr)
        print(f"{content}: {count(aside)}; these entries were left out", file=sys.stderr)
    with stages.timed("catalogue"), gc_paused():
        catalog = build_catalog(loaded.content, settings.founded)
    return Project(Path(FILE), THEME, settings, catalog, tuple(aside), content)
