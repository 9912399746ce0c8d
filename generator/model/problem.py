"""A problem is a value: what is wrong, where it stands, and what to write instead."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from generator.model.faults import FAULTS, Severity
from generator.model.record import Location, record

LISTED_MOST = 10
"""Problems of one kind in one file that are listed each; those beyond are counted."""
_MEND_FIRST = "Fix the listed ones, then run the command again."


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
    """How many problems this one stands for, if it only says that there are more of its kind in the file."""

    @property
    def severity(self) -> Severity:
        """Error or warning, as the table of faults has it."""
        return FAULTS[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether the problem stops a build."""
        return self.severity is Severity.ERROR


class Listing:
    """Decides of one problem after another whether it is listed or only counted: of each kind, in each file."""

    def __init__(self) -> None:
        self._listed: Counter[tuple[str, str]] = Counter()
        self._beyond: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], Problem] = {}

    def takes(self, problem: Problem, file: str) -> bool:
        """Whether the problem, which is one of ``file``, is to be listed. Else it is counted."""
        kind = (file, problem.code)
        if self._listed[kind] < LISTED_MOST and not problem.more:
            self._listed[kind] += 1
            return True
        self._first.setdefault(kind, problem)
        self._beyond[kind] += problem.more or 1
        return False

    def rest(self) -> list[Problem]:
        """A problem for each kind of which more were found than are listed. It stands where the first of these does."""
        return [
            replace(problem, message=_more(self._beyond[kind]), hint=_MEND_FIRST, more=self._beyond[kind])
            for kind, problem in self._first.items()
        ]


def listed(problems: Iterable[Problem], file_of: Callable[[Problem], str]) -> list[Problem]:
    """The first problems of each kind in each file, and for those beyond one problem that counts them.

    Of ``problems`` there may be any number: only what is listed is held. ``file_of`` tells the file of each.
    """
    listing = Listing()
    result = [problem for problem in problems if listing.takes(problem, file_of(problem))]
    return result + listing.rest()


def _more(number: int) -> str:
    return f"{number:,} more of this kind in the file"
