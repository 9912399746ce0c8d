"""The known name that somebody may have meant by an unknown one."""

from collections.abc import Sequence

from rapidfuzz import process

_ASKED_MOST = 200


class Nearest:
    """Finds the nearest of ``known``, at least ``least`` alike (0 to 100).

    Each name is looked up once, and of very many different ones only the first: each is compared with all known ones.
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
