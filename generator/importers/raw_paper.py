"""The interface of importers: options, and the result with raw papers and notes on the source."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from generator.model.entities import VenueName
from generator.model.record import RawRecord


@dataclass(frozen=True)
class RawPaper:
    """A paper as a source describes it: raw fields of an entry, and its line in the source.

    Any field may be missing. ``venue`` is the venue in the source's words. Records of `papers_jsonl` have the id of the
    edition in ``fields`` instead.
    """

    fields: RawRecord
    line: int
    venue: VenueName | None = None


@dataclass(frozen=True)
class Note:
    """A remark on the source for a person: line and message.

    ``lost``: a record could not be read. ``cut``: the source ends within a record, so it may be incomplete.
    """

    line: int
    message: str
    lost: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Unread:
    """A part of the source that was not imported: its line, its kind and its text.

    ``kind`` is in the singular, such as ``field language`` or ``menu item``. Reports count the parts of each kind.
    """

    line: int
    kind: str
    text: str


@dataclass(frozen=True)
class Options:
    """The options of an import.

    ``origin`` names the source in each entry. ``year`` completes dates without a year. ``added`` is the ISO date of the
    field ``added`` for papers without one. If ``abstract`` is true, the abstracts of public records are imported.

    Importers of copied pages repair the text, for example LaTeX accents. They leave out the kinds of repair in
    ``skipped_repairs`` (`listing.REPAIRS`).
    """

    origin: str
    year: int | None = None
    added: str | None = None
    skipped_repairs: frozenset[str] = frozenset()
    abstract: bool = False


# Not frozen: several modules of one importer add to the same result.
@dataclass
class Parsed:
    """The result of one source: papers in its order, notes, unread parts, and the number of repairs by kind."""

    papers: list[RawPaper] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    repairs: Counter[str] = field(default_factory=Counter)


class Importer(Protocol):
    """The interface of every importer module."""

    NAME: str

    def recognizes(self, text: str) -> bool:
        """Whether ``text`` is in the format of this importer."""

    def read(self, text: str, options: Options) -> Parsed:
        """Read ``text``. Never raises, whatever it contains."""
