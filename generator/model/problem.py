"""A problem in the content as a value: what is wrong, where it is, and how to fix it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from generator.model.faults import FAULTS, Severity
from generator.model.record import Location, record

# A JSON Lines file can have a fault in each of 200,000 lines.
MAX_LISTED = 10
"""The most problems of one kind that are listed per file; further ones are only counted."""
_FIX_FIRST = "Fix the listed ones, then run the command again."


@record
class Problem:
    """One fault found in the content.

    ``path`` is relative to the content folder; ``line`` and ``column`` count from 1, characters not bytes. A rule that
    knows only records names the ``subject`` (its key in ``generator.store.load``), and the store finds the path.
    ``location`` names the value inside its record; the store turns it into line and column.
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
    """For a summary line, how many unlisted problems of this kind the file has; else 0."""

    @property
    def severity(self) -> Severity:
        """Error or warning, from the table of faults."""
        return FAULTS[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether the problem stops a build."""
        return self.severity is Severity.ERROR


class Listing:
    """Decides for each problem whether it is listed or only counted, by kind and file."""

    def __init__(self) -> None:
        self._listed: Counter[tuple[str, str]] = Counter()
        self._beyond: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], Problem] = {}

    def lists(self, problem: Problem, file: str) -> bool:
        """Return whether to list a problem of ``file``; if not, count it."""
        kind = (file, problem.code)
        # A summary line of the codec stands for many, so it is added to the count instead of listed.
        if self._listed[kind] < MAX_LISTED and not problem.more:
            self._listed[kind] += 1
            return True
        self._first.setdefault(kind, problem)
        self._beyond[kind] += problem.more or 1
        return False

    def summaries(self) -> list[Problem]:
        """One summary problem for each kind with unlisted problems, at the location of the first of them."""
        return [
            replace(problem, message=_more(self._beyond[kind]), hint=_FIX_FIRST, more=self._beyond[kind])
            for kind, problem in self._first.items()
        ]


def limit_per_file(problems: Iterable[Problem], file_of: Callable[[Problem], str]) -> list[Problem]:
    """The first problems of each kind in each file, and one summary problem for the rest.

    ``problems`` is consumed lazily and only listed problems stay in memory. ``file_of`` gives the file of each.
    """
    listing = Listing()
    result = [problem for problem in problems if listing.lists(problem, file_of(problem))]
    return result + listing.summaries()


def _more(number: int) -> str:
    return f"{number:,} more of this kind in the file"
