"""Records that papers refer to: venue series with their editions, topics, people and institutions."""

from enum import StrEnum
from typing import Annotated

from generator.model.localized import LocalizedLine
from generator.model.record import record
from generator.model.values import Day, Id, Line, Orcid, Ror, Title, WebAddress, WholeNumber, Year, at_most


class VenueKind(StrEnum):
    """The kind of a series, which determines the form of citations."""

    CONFERENCE = "conference"
    JOURNAL = "journal"
    WORKSHOP = "workshop"
    PREPRINT = "preprint"
    OTHER = "other"


@record
class Edition:
    """One year of a conference or journal. ``year`` is None if no record states it.

    ``aliases`` are former last parts of the edition's URL, such as its id before its year was known.
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
    """A conference, journal or other series with its editions. ``name`` is the short name, such as ICLR."""

    id: Id
    name: Line
    full_name: Title | None = None
    kind: VenueKind
    url: WebAddress | None = None
    editions: Annotated[tuple[Edition, ...], at_most(500, "editions")] = ()


@record
class VenueName:
    """A venue as a source names it, before a series is found for it. ``short`` is its short name, or ''."""

    name: str
    year: int | None = None
    kind: VenueKind = VenueKind.OTHER
    short: str = ""


@record
class Topic:
    """A topic. ``parent`` is another topic's id; siblings are sorted by ``order``, then by name.

    ``description`` explains the topic to readers; ``scope_note`` explains to editors which papers belong to it.
    """

    id: Id
    name: LocalizedLine
    description: LocalizedLine | None = None
    scope_note: LocalizedLine | None = None
    parent: Id | None = None
    order: WholeNumber = 0


@record
class Person:
    """An author with several names, an ORCID iD or a homepage, or one of several people with the same name.

    ``papers``, if given, are all papers of this person: other papers under the same name belong to somebody else.
    ``distinct_from`` are similar names of other people. ``earlier_ids`` are former ids, whose URLs redirect to the
    person's page.
    """

    id: Id
    name: Line
    aliases: Annotated[tuple[Line, ...], at_most(50, "aliases")] = ()
    orcid: Orcid | None = None
    homepage: WebAddress | None = None
    papers: Annotated[tuple[Id, ...], at_most(1000, "ids")] = ()
    distinct_from: Annotated[tuple[Line, ...], at_most(50, "names")] = ()
    earlier_ids: Annotated[tuple[Id, ...], at_most(50, "ids")] = ()


@record
class Institution:
    """An institution and the spellings that papers use. ``distinct_from`` are similar names of other institutions."""

    id: Id
    name: Line
    aliases: Annotated[tuple[Line, ...], at_most(200, "aliases")] = ()
    ror: Ror | None = None
    url: WebAddress | None = None
    distinct_from: Annotated[tuple[Line, ...], at_most(50, "names")] = ()
