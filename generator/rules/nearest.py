"""Suggest a known name for an unknown one."""

from collections.abc import Sequence

from rapidfuzz import process

_ASKED_MOST = 200


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
