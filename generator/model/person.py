"""People and institutions with a file of their own."""

from typing import Annotated

from generator.model.record import record
from generator.model.values import Id, Line, Orcid, Ror, WebAddress, at_most


@record
class Person:
    """An author known under several names, or with an ORCID iD or a homepage, or one of several who share a name.

    ``papers`` are all papers that this bearer of the name wrote: those of others are another's. ``distinct_from`` are
    names that look like theirs and are another's. ``earlier_ids`` are ids that the author had before; their addresses
    lead to this one.
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
    """An institution and the spellings under which papers name it. ``distinct_from`` are names of others like it."""

    id: Id
    name: Line
    aliases: Annotated[tuple[Line, ...], at_most(200, "aliases")] = ()
    ror: Ror | None = None
    url: WebAddress | None = None
    distinct_from: Annotated[tuple[Line, ...], at_most(50, "names")] = ()
