"""Venue series and their editions."""

from enum import StrEnum
from typing import Annotated

from generator.model.record import record
from generator.model.values import Day, Id, Line, Title, WebAddress, Year, at_most


class VenueKind(StrEnum):
    """The kind of a series, which determines the form of citations."""

    CONFERENCE = "conference"
    JOURNAL = "journal"
    WORKSHOP = "workshop"
    PREPRINT = "preprint"
    OTHER = "other"


@record
class Edition:
    """One year's conference or one journal year. ``year`` is None if no record states it.

    ``aliases`` are earlier last parts of its URL, such as its id before its year was known.
    """

    id: Id
    year: Year | None = None
    place: Line | None = None
    starts: Day | None = None
    ends: Day | None = None
    url: WebAddress | None = None
    aliases: Annotated[tuple[Id, ...], at_most(20, "aliases")] = ()


@record
class Series:
    """A conference, journal or other series with its editions. ``name`` is the short one."""

    id: Id
    name: Line
    full_name: Title | None = None
    kind: VenueKind
    url: WebAddress | None = None
    editions: Annotated[tuple[Edition, ...], at_most(500, "editions")] = ()


@record
class VenueName:
    """A venue as a source names it, before it is matched to a series. ``short`` may be ''."""

    name: str
    year: int | None = None
    kind: VenueKind = VenueKind.OTHER
    short: str = ""
