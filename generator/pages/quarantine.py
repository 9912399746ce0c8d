"""The page for maintainers that lists the entries which were set aside. Search engines are asked to pass it by."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.build.inputs import Inputs
from generator.build.task import File
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.pages.rendering import Head, Renderer, make_environment

PLACE = "quarantine"


def quarantine_pages(
    problems: Sequence[Problem], settings: Settings, theme: Path, inputs: Inputs | None = None
) -> Iterator[File]:
    """One page with the problems of the entries that were left out, or none if there are no problems."""
    if not problems:
        return
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column, problem.code))
    yield Renderer(make_environment(theme, settings.words, inputs), {"site": settings}).page(
        "quarantine.md.j2", PLACE, title=settings.words.say("Quarantine"), kind="list",
        description=settings.words.say(
            "Entries left out of this build because of errors. For maintainers."
        ),
        head=Head(tags=(("robots", "noindex"),)),
        problems=ordered,
        files=len({problem.path for problem in ordered}),
    )  # fmt: skip
