"""A problem is a value: what is wrong, where it stands, and what to write instead."""

from generator.model.faults import FAULTS, Severity
from generator.model.record import Location, record


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

    @property
    def severity(self) -> Severity:
        """Error or warning, as the table of faults has it."""
        return FAULTS[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether the problem stops a build."""
        return self.severity is Severity.ERROR
