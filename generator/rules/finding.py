"""Constructors for problems that rules find in a record, and suggestions of known names for their hints."""

from collections.abc import Sequence

from rapidfuzz import process

from generator.model.paper import Paper
from generator.model.problem import Problem

_ASKED_MOST = 200


def of_paper(paper: Paper, code: str, message: str, hint: str, *location: str | int) -> Problem:
    """A problem of a paper, at the value that ``location`` names."""
    return Problem(code=code, message=message, hint=hint, subject=f"papers/{paper.id}", location=location)


def of_record(subject: str, code: str, message: str, hint: str, *location: str | int) -> Problem:
    """A problem of the record ``subject``, for example ``people/ada-byron``."""
    return Problem(code=code, message=message, hint=hint, subject=subject, location=location)


class Nearest:
    """Finds the nearest of the ``known`` names with a similarity of at least ``least`` (0 to 100).

    Results are cached. After ``_ASKED_MOST`` different names there are no more suggestions, since each lookup compares
    all known names.
    """

    def __init__(self, known: Sequence[str], least: float) -> None:
        self._known, self._least = known, least
        self._results: dict[str, str] = {}

    def to(self, name: str) -> str:
        """The nearest known name, or ''."""
        if name not in self._results:
            if len(self._results) == _ASKED_MOST:
                return ""
            near = process.extractOne(name, self._known, score_cutoff=self._least)
            self._results[name] = near[0] if near else ""
        return self._results[name]

    def hint(self, name: str, otherwise: str) -> str:
        """``Did you mean …?``, or ``otherwise``."""
        near = self.to(name)
        return f"Did you mean {near}?" if near else otherwise
