"""What an importer gives: raw papers in the entry's fields, and notes on what it met on the way."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from generator.model.entities import VenueName
from generator.model.record import RawRecord


@dataclass(frozen=True)
class RawPaper:
    """A paper as a source describes it: raw fields of an entry (any of them may be missing) and its line in the source.

    ``venue`` is for sources that name the venue in their own words; others give an edition's id in ``fields``.
    """

    fields: RawRecord
    line: int
    venue: VenueName | None = None


@dataclass(frozen=True)
class Note:
    """Something in the source that a person should look at: where, and what.

    ``lost``: a record could not be read. ``cut``: the source ends in the middle of one, so it may have been cut.
    """

    line: int
    message: str
    lost: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Unread:
    """Something that a source states and no entry holds: its line, its kind and its text.

    ``kind`` is in the singular, as in ``field language`` or ``menu item``: reports count by it.
    """

    line: int
    kind: str
    text: str


@dataclass(frozen=True)
class Options:
    """What a person adds to the source.

    ``origin`` names the source in each entry; ``year`` completes dates without one; ``added`` is an ISO date for
    papers without a date; ``keep`` lists the kinds of repair that are not to be made; ``abstract`` asks public records
    for the authors' own abstract too.
    """

    origin: str
    year: int | None = None
    added: str | None = None
    keep: frozenset[str] = frozenset()
    abstract: bool = False


@dataclass
class Parsed:
    """The result of one source: papers in its order, notes, what was not imported, and repairs by kind."""

    papers: list[RawPaper] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    repairs: Counter[str] = field(default_factory=Counter)


class Importer(Protocol):
    """The interface of every importer module."""

    NAME: str

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is of this kind."""

    def read(self, text: str, options: Options) -> Parsed:
        """Read ``text``; never raises for what it holds."""
