"""A problem in the content as a value: what is wrong, where it is, and how to fix it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from generator.model.faults import FAULTS, Severity
from generator.model.record import Location, record

# A JSON Lines file can have a fault in each of 200,000 lines.
MAX_LISTED = 10
"""The number of problems of one kind that are listed for a file; further ones are only counted."""
_FIX_FIRST = "Fix the listed ones, then run the command again."


@record
class Problem:
    """One fault found in the content.

    ``path`` is relative to the content folder. ``line`` and ``column`` count from 1; columns are characters. A rule
    does not know the file: it sets ``subject``, the record's key in ``generator.store.load``, and ``location``, the
    path of the value inside the record. The store then finds path, line and column.
    """

    code: str
    message: str
    hint: str = ""
    subject: str = ""
    path: str = ""
    location: Location = ()
    line: int = 1
    column: int = 1
    more: int = 0
    """For a summary of unlisted problems, their number; else 0."""

    @property
    def severity(self) -> Severity:
        """Error or warning, from the table of faults."""
        return FAULTS[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether the problem stops a build."""
        return self.severity is Severity.ERROR


class ProblemLimit:
    """Lists the first problems of each kind in each file, and counts the others."""

    def __init__(self) -> None:
        # The keys are pairs of a file's path and a code.
        self._listed: Counter[tuple[str, str]] = Counter()
        self._unlisted: Counter[tuple[str, str]] = Counter()
        self._first_unlisted: dict[tuple[str, str], Problem] = {}

    def allows(self, problem: Problem, path: str) -> bool:
        """Count a problem in the file at ``path``; return whether the problem is to be listed."""
        key = (path, problem.code)
        # A summary from the codec is not listed: its number is added to that of the new summary.
        if self._listed[key] < MAX_LISTED and not problem.more:
            self._listed[key] += 1
            return True
        self._first_unlisted.setdefault(key, problem)
        self._unlisted[key] += problem.more or 1
        return False

    def summaries(self) -> list[Problem]:
        """Return a summary for each file and code with unlisted problems, at the position of the first one."""
        return [
            replace(
                problem,
                message=f"{self._unlisted[key]:,} more of this kind in the file",
                hint=_FIX_FIRST,
                more=self._unlisted[key],
            )
            for key, problem in self._first_unlisted.items()
        ]


def limit_per_file(problems: Iterable[Problem], path_of: Callable[[Problem], str]) -> list[Problem]:
    """Return the first problems of each kind in each file, and a summary of the others of this kind.

    ``path_of`` returns the path of a problem's file. ``problems`` may be a generator: unlisted problems are not stored.
    """
    limit = ProblemLimit()
    listed = [problem for problem in problems if limit.allows(problem, path_of(problem))]
    return listed + limit.summaries()
