"""People and institutions that need more than a name."""

from typing import Annotated

from generator.model.record import record
from generator.model.values import Id, Line, Orcid, Ror, WebAddress, at_most


@record
class Person:
    """An author known under several names, or with an ORCID iD or a homepage."""

    id: Id
    name: Line
    aliases: Annotated[tuple[Line, ...], at_most(50, "aliases")] = ()
    orcid: Orcid | None = None
    homepage: WebAddress | None = None


@record
class Institution:
    """An institution and the spellings under which papers name it."""

    id: Id
    name: Line
    aliases: Annotated[tuple[Line, ...], at_most(200, "aliases")] = ()
    ror: Ror | None = None
    url: WebAddress | None = None
