"""Well-known conferences and journals with their names: ``known_venues.json``, shipped with the program.

Each line of that file is a venue: ``id`` and ``name`` as in a digest, ``full_name``, ``kind``, other names that sources
use, its DBLP key (``conf/icml``) and its OpenReview group (``ICML.cc``).
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from generator.codec.venue_text import abbreviates, key_of, societies_of, words_of
from generator.model.entities import Series, VenueKind
from generator.model.record import record
from generator.text.slug import folded

_FILE = "known_venues.json"


@record
class KnownVenue:
    """A venue of the table. Only id, name and kind are required."""

    id: str
    name: str
    kind: VenueKind
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    dblp: str = ""
    openreview: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the most common first."""
        return tuple(name for name in (self.name, self.full_name, *self.aliases) if name)

    @property
    def series(self) -> Series:
        """The venue as a series without editions."""
        return Series(id=self.id, name=self.name, full_name=self.full_name or None, kind=self.kind)


@cache
def known_venues() -> tuple[KnownVenue, ...]:
    """The venues in the order of the file."""
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
    """The series of workshops at a conference, for papers whose workshop is not named."""
    full = f"Workshops at the {venue.full_name or venue.name}"
    return Series(id=f"{venue.id}-workshop", name=f"{venue.name} Workshop", full_name=full, kind=VenueKind.WORKSHOP)


class KnownNames:
    """An index of known venues by the keys of all their names."""

    def __init__(self) -> None:
        self.venues = {venue.id: venue for venue in known_venues()}
        self.keys: dict[str, KnownVenue] = {}
        self.abbreviated: dict[str, list[tuple[list[str], KnownVenue]]] = defaultdict(list)
        for venue in self.venues.values():
            for name in venue.names:
                self.keys.setdefault(folded(name), venue)  # the first venue in the file gets a shared name
            self.keys.setdefault(folded(venue.id), venue)
        # A second pass: exact names of all venues take precedence over the looser keys of any venue.
        for venue in self.venues.values():
            for name in (*venue.names, venue.dblp, venue.openreview):
                if name:
                    self.keys.setdefault(key_of(name), venue)
            for name in venue.names:  # sources abbreviate names, not keys such as ``journals/computer``
                words = words_of(name)
                self.abbreviated[initials(words)].append((words, venue))

    def abbreviated_by(self, name: str) -> KnownVenue | None:
        """The venue whose name is abbreviated by ``name``: ``SIAM J. Comput.``; or None.

        Societies such as IEEE and ACM must agree if both names state them.
        """
        words, societies = words_of(name), societies_of(name)
        for full, venue in self.abbreviated.get(initials(words), ()) if len(words) > 1 else ():
            venue_societies = {society for full_name in venue.names for society in societies_of(full_name)}
            if (
                (not societies or not venue_societies or societies & venue_societies)
                and is_shorter(words, full)
                and abbreviates(words, full)
            ):
                return venue
        return None


@cache
def known_names() -> KnownNames:
    """The index, built once."""
    return KnownNames()


def find_known_venue(name: str) -> KnownVenue | None:
    """The known venue that ``name`` means: exactly, without year and ordinal, or abbreviated; or None."""
    index = known_names()
    return index.keys.get(folded(name)) or index.keys.get(key_of(name)) or index.abbreviated_by(name)


def initials(words: list[str]) -> str:
    """The first letters of words."""
    return "".join(word[:1] for word in words)


def is_shorter(words: list[str], full: list[str]) -> bool:
    """Whether ``words`` have fewer letters in total than ``full``."""
    return sum(map(len, words)) < sum(map(len, full))
