"""The conferences and journals that many people mean by many names: ``known_venues.json``, shipped with the program.

A line of that file is a venue: ``id`` and ``name`` as a digest has them, ``full_name``, ``kind``, other names under
which records speak of it, its key at DBLP (``conf/icml``) and its group at OpenReview (``ICML.cc``).
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from generator.model.record import record
from generator.model.venue import Series, VenueKind

_FILE = "known_venues.json"


@record
class KnownVenue:
    """A venue of the table. All but id, name and kind may be empty."""

    id: str
    name: str
    kind: VenueKind
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    dblp: str = ""
    openreview: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of it, the most common first."""
        return tuple(name for name in (self.name, self.full_name, *self.aliases) if name)

    @property
    def series(self) -> Series:
        """It as a series without editions."""
        return Series(id=self.id, name=self.name, full_name=self.full_name or None, kind=self.kind)


@cache
def known_venues() -> tuple[KnownVenue, ...]:
    """The table, in its order."""
    return tuple(_read())


def _read() -> Iterator[KnownVenue]:
    for row in json.loads(files(__package__).joinpath(_FILE).read_text("utf-8")):
        yield KnownVenue(
            id=row["id"],
            name=row["name"],
            kind=VenueKind(row["kind"]),
            full_name=row.get("full_name", ""),
            aliases=tuple(row.get("aliases", ())),
            dblp=row.get("dblp", ""),
            openreview=row.get("openreview", ""),
        )


def workshops_of(venue: KnownVenue) -> Series:
    """The series of workshops at a conference, for papers of which no more is told."""
    full = f"Workshops at the {venue.full_name or venue.name}"
    return Series(id=f"{venue.id}-workshop", name=f"{venue.name} Workshop", full_name=full, kind=VenueKind.WORKSHOP)
