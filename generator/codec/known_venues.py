"""The table of well-known conferences and journals, ``known_venues.json``, and an index of their names.

Each line of the file is a venue with the fields of ``KnownVenue``.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from generator.codec.venue_text import abbreviates, significant_words, societies_of, venue_key
from generator.model.entities import Series, VenueKind
from generator.model.record import record
from generator.text.slug import folded

_FILE = "known_venues.json"


@record
class KnownVenue:
    """A venue of the table.

    ``id``, ``name``, ``full_name`` and ``kind`` are as in a series. ``aliases`` are further names in sources, ``dblp``
    is a key such as ``conf/icml``, ``openreview`` a group such as ``ICML.cc``.
    """

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
    return tuple(_read_table())


def _read_table() -> Iterator[KnownVenue]:
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
    full_name = f"Workshops at the {venue.full_name or venue.name}"
    return Series(
        id=f"{venue.id}-workshop", name=f"{venue.name} Workshop", full_name=full_name, kind=VenueKind.WORKSHOP
    )


class KnownVenueIndex:
    """An index of known venues.

    ``by_id`` has the venues by id. The keys of ``by_name`` are folded ids and names, and those of `venue_key`.
    """

    def __init__(self) -> None:
        self.by_id = {venue.id: venue for venue in known_venues()}
        self.by_name: dict[str, KnownVenue] = {}
        # By the initials of a name, such as ``jmlr``: the words of each such name, and its venue.
        self._by_initials: dict[str, list[tuple[list[str], KnownVenue]]] = defaultdict(list)
        for venue in self.by_id.values():
            for name in (*venue.names, venue.id):
                self.by_name.setdefault(folded(name), venue)  # the first venue in the file gets a shared name
        # A second pass, so that exact names of all venues take precedence over the keys of any venue.
        for venue in self.by_id.values():
            for name in (*venue.names, venue.dblp, venue.openreview):
                if name:
                    self.by_name.setdefault(venue_key(name), venue)
            for name in venue.names:  # sources abbreviate names, but not DBLP keys
                words = significant_words(name)
                self._by_initials[initials(words)].append((words, venue))

    def abbreviated_by(self, name: str) -> KnownVenue | None:
        """The venue with a name that ``name`` abbreviates, as ``SIAM J. Comput.`` does; None if there is none.

        ``name`` must have two significant words. If both it and the venue's names contain societies, such as IEEE and
        ACM, they must share one.
        """
        words, societies = significant_words(name), societies_of(name)
        if len(words) < 2:
            return None
        for full_words, venue in self._by_initials.get(initials(words), ()):
            venue_societies = {society for full_name in venue.names for society in societies_of(full_name)}
            societies_agree = not societies or not venue_societies or societies & venue_societies
            if societies_agree and is_shorter(words, full_words) and abbreviates(words, full_words):
                return venue
        return None


@cache
def known_venue_index() -> KnownVenueIndex:
    """The index of the table, which is built once."""
    return KnownVenueIndex()


def find_known_venue(name: str) -> KnownVenue | None:
    """The known venue with this name, also with a year or ordinal, or abbreviated; None if there is none."""
    index = known_venue_index()
    return index.by_name.get(folded(name)) or index.by_name.get(venue_key(name)) or index.abbreviated_by(name)


def initials(words: list[str]) -> str:
    """The first letters of words, joined: ``ml`` for ``["machine", "learning"]``."""
    return "".join(word[:1] for word in words)


def is_shorter(words: list[str], full_words: list[str]) -> bool:
    """Whether ``words`` have fewer letters in total than ``full_words``."""
    return sum(map(len, words)) < sum(map(len, full_words))
