"""Constructors of problems, and suggestions of known names for their hints."""

from collections.abc import Sequence

from rapidfuzz import process

from generator.model.paper import Paper
from generator.model.problem import Problem

_MAX_LOOKUPS = 200  # different names


def paper_problem(paper: Paper, code: str, message: str, hint: str, *location: str | int) -> Problem:
    """A problem of a paper. ``location`` is the path of the value, for example ``"authors", 2, "orcid"``."""
    return Problem(code=code, message=message, hint=hint, subject=f"papers/{paper.id}", location=location)


def record_problem(subject: str, code: str, message: str, hint: str, *location: str | int) -> Problem:
    """A problem of any record. ``subject`` is its folder and id, for example ``people/ada-byron``."""
    return Problem(code=code, message=message, hint=hint, subject=subject, location=location)


class Nearest:
    """Finds the most similar of the ``known`` names, with a similarity of at least ``min_similarity`` (0 to 100).

    Results are cached. After ``_MAX_LOOKUPS`` different names there are no more suggestions, because each lookup
    compares all known names.
    """

    def __init__(self, known: Sequence[str], min_similarity: float) -> None:
        self._known, self._min_similarity = known, min_similarity
        self._results: dict[str, str] = {}

    def to(self, name: str) -> str:
        """The known name most similar to ``name``, or ''."""
        if name not in self._results:
            if len(self._results) == _MAX_LOOKUPS:
                return ""
            nearest = process.extractOne(name, self._known, score_cutoff=self._min_similarity)
            self._results[name] = nearest[0] if nearest else ""
        return self._results[name]

    def hint(self, name: str, default: str) -> str:
        """``Did you mean …?``, or ``default``."""
        nearest = self.to(name)
        return f"Did you mean {nearest}?" if nearest else default
