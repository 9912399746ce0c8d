"""Map a source's venue name to an edition. A venue that is not in the digest becomes a new series or edition."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.codec.known_venues import initials, is_shorter, known_names, workshops_of
from generator.codec.venue_text import (
    abbreviates,
    acronyms,
    core_of,
    dated_acronyms,
    is_companion,
    is_event,
    is_workshop,
    key_of,
    new_series_name,
    shares_a_word,
    venue_candidates,
    without_sponsors,
    without_workshop,
    words_of,
)
from generator.model.entities import Edition, Series, VenueKind, VenueName
from generator.model.values import MAX_LINE, MAX_TITLE
from generator.text.characters import without_forbidden
from generator.text.slug import RESERVED, folded, slugify

UNRECORDED = "unrecorded"
"""The id of the series for papers without a recorded venue."""
_UNRECORDED_NAME = "Venue not recorded"
_MAX_SERIES_ID = 60  # characters; leaves room for the year in ids of editions
_AMBIGUOUS = 4  # letters; a longer acronym identifies a venue whatever the rest of the name is
_GROUP = re.compile(r"([\w.-]+(?:/[A-Za-z][\w.-]*)?)/(?:19|20)[0-9]{2}/(?:Conference|Track|Datasets)")  # OpenReview's
# series of proceedings of many conferences: the name of the conference counts
_BOOK_SERIES = frozenset({"lncs", "pmlr"})
_FINDINGS = re.compile(r"^(\S+) \(Findings\)")  # ``EMNLP (Findings)``, as DBLP and OpenReview write it


class VenueBook:
    """The series and editions of a digest, of the table of known venues, and new ones from sources.

    ``new_series`` are series to add to the digest, ``new_editions`` are new editions of existing series, by series id.
    """

    def __init__(self, series: Iterable[Series]) -> None:
        self.new_series: dict[str, Series] = {}
        self.new_editions: dict[str, list[Edition]] = {}
        self._series: dict[str, Series] = {}
        self._name_index = _NameIndex()
        self._editions: dict[str, str] = {}
        self._matches: dict[VenueName, str] = {}
        for existing in series:
            self._add(existing)

    def edition_id(self, venue_name: VenueName | None, year: int | None = None) -> str:
        """Return the id of the edition that a name means; create it if it is new. ``year`` is for missing names."""
        if venue_name is None or not (venue_name.name or venue_name.short):
            stated = venue_name.year if venue_name else None
            venue_name = VenueName(name=_UNRECORDED_NAME, year=stated or year, short=UNRECORDED)
        if venue_name not in self._matches:
            series = self._find(venue_name) or self._create(venue_name)
            self._matches[venue_name] = self._edition(series, venue_name.year)
        return self._matches[venue_name]

    def series_of(self, edition_id: str) -> str:
        """The id of the series of an edition, or ''."""
        return self._editions.get(edition_id, "")

    def year_of(self, edition_id: str) -> int | None:
        """The year of an edition, or None."""
        series = self._series.get(self.series_of(edition_id))
        return next((edition.year for edition in series.editions if edition.id == edition_id), None) if series else None

    def _add(self, series: Series) -> None:
        is_new = series.id not in self._series
        self._series[series.id] = series
        for edition in series.editions:
            self._editions[edition.id] = series.id
        if is_new:
            self._name_index.add(series)

    def _find(self, venue_name: VenueName) -> Series | None:
        match = self._name_index.find(venue_name)
        if match is None or isinstance(match, str):
            return self._series.get(match or "")
        return self._series.get(self._name_index.digest_id_of(match) or "") or self._add_known(match)

    def _add_known(self, series: Series) -> Series:
        """Add a known series to the digest, with a suffix if the digest already uses its id."""
        series_id = series.id
        while series_id in self._series or series_id in RESERVED:
            series_id += "-2"
        new = replace(series, id=series_id)
        self.new_series[series_id] = new
        self._add(new)
        return new

    def _create(self, venue_name: VenueName) -> Series:
        """Add a series for a name that is neither in the digest nor in the table."""
        full = _line(new_series_name(venue_name), MAX_TITLE) or "Unnamed venue"
        # The acronym in a workshop's name is that of its conference.
        has_own_acronym = is_event(venue_name) and not is_companion(venue_name)
        names = dated_acronyms(venue_name.name) if has_own_acronym else ()
        short = _line(core_of(venue_name.short), MAX_LINE) or next(iter(names), full)
        series_id = slugify(short, _MAX_SERIES_ID) or "venue"
        if short == UNRECORDED:
            short, series_id = full, UNRECORDED
        while series_id in self._series or series_id in RESERVED:
            series_id += "-2"
        kind = VenueKind.WORKSHOP if is_workshop(venue_name) else venue_name.kind
        series = Series(id=series_id, name=short, full_name=full if full != short else None, kind=kind)
        self.new_series[series_id] = series
        self._add(series)
        return series

    def _edition(self, series: Series, year: int | None) -> str:
        existing = [edition.id for edition in series.editions if edition.year == year]
        edition_id = f"{series.id}-{year}" if year else series.id
        if existing:
            # Of two editions in one year, the one with the usual id.
            return edition_id if edition_id in existing else existing[0]
        while edition_id in self._editions:
            edition_id += "-2"
        edition = Edition(id=edition_id, year=year)
        extended = replace(series, editions=(*series.editions, edition))
        if series.id in self.new_series:
            self.new_series[series.id] = extended
        else:
            self.new_editions.setdefault(series.id, []).append(edition)
        self._add(extended)
        return edition_id


class _NameIndex:
    """An index of the names of all series. It returns an id for series of the digest, a new series for known ones.

    The digest's series take precedence over known ones, full names over acronyms and abbreviations.
    """

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._full_names: dict[str, tuple[str, ...]] = {}
        self._abbreviated: dict[str, list[tuple[list[str], str]]] = defaultdict(list)

    def add(self, series: Series) -> None:
        """Add a series of the digest."""
        venue = known_names().keys.get(folded(series.id))
        # An id can be cut from a longer name and then equal the name of another venue, so it is not a key of this one.
        own_id = [] if venue and venue.id != series.id else [folded(series.id)]
        for key in (*own_id, *spellings_of(series)):
            self._ids.setdefault(key, series.id)
        names = tuple(filter(None, (series.name, series.full_name)))
        self._full_names[series.id] = names
        for name in names:
            words = words_of(name)
            self._abbreviated[initials(words)].append((words, series.id))

    def digest_id_of(self, series: Series) -> str | None:
        """The id of the digest's series that corresponds to the known ``series``, which may have another id."""
        venue = known_names().venues.get(series.id)
        names = venue.names if venue else (series.name, series.full_name or "")
        keys = (folded(series.id), *map(folded, names))
        return next((self._ids[key] for key in keys if key in self._ids), None)

    def find(self, venue_name: VenueName) -> str | Series | None:
        """Return the id of the digest's series, or the known series, that a name means; None if there is none."""
        match = self._by_name(venue_name)
        if match is not None and not self._is_book_series(match):
            return match
        if is_workshop(venue_name):
            return self._workshops(venue_name)
        acronym = None if is_companion(venue_name) else self._by_acronym(venue_name)
        return acronym or match or self._by_abbreviation(venue_name.name)

    def _look_up(self, name: str) -> str | Series | None:
        if group := _GROUP.match(name):
            name = group[1]
        name = _FINDINGS.sub(r"\1 Findings", name)
        for key in (folded(name), folded(core_of(name)), folded(without_sponsors(name)), key_of(name)):
            if key in self._ids:
                return self._ids[key]
            if key and (venue := known_names().keys.get(key)):
                return venue.series
        return None

    def _by_name(self, venue_name: VenueName) -> str | Series | None:
        companion = is_companion(venue_name)
        for name in (venue_name.name, venue_name.short, *venue_candidates(venue_name.name)):
            # A part of a workshop's name may be the name of its conference.
            if name and not (companion and name != venue_name.name and "workshop" not in name.lower()):
                match = self._look_up(name)
                if match is not None and not (companion and self._is_conference(match) and _lacks_workshop(name)):
                    return match
        return None

    def _is_book_series(self, series: str | Series) -> bool:
        """Whether a series is a book series with proceedings of many conferences: ``Lecture Notes …, ECCV``."""
        return (series if isinstance(series, str) else series.id) in _BOOK_SERIES

    def _is_conference(self, series: str | Series) -> bool:
        return isinstance(series, Series) and series.kind is VenueKind.CONFERENCE

    def _workshops(self, venue_name: VenueName) -> str | Series | None:
        """A known workshop, else the series of workshops at a known conference."""
        for acronym in acronyms(venue_name.name):
            venue = known_names().keys.get(folded(acronym))
            if venue and venue.kind is VenueKind.WORKSHOP and shares_a_word(venue_name.name, venue.names):
                return venue.series
        bare = without_workshop(venue_name.name)
        venue = known_names().keys.get(key_of(bare)) if bare else None
        return workshops_of(venue) if venue else None

    def _by_acronym(self, venue_name: VenueName) -> str | Series | None:
        for acronym in acronyms(venue_name.name):
            for part in dict.fromkeys((acronym, *acronym.replace("/", "-").split("-"))):
                key = folded(part)
                series_id = self._ids.get(key)
                if series_id is not None:
                    full_names = self._full_names[series_id]
                    if len(full_names) < 2 or shares_a_word(venue_name.name, full_names):
                        return series_id
                    continue
                venue = known_names().keys.get(key)
                if venue and (len(part) > _AMBIGUOUS or shares_a_word(venue_name.name, venue.names)):
                    return venue.series
        return None

    def _by_abbreviation(self, name: str) -> str | Series | None:
        words = words_of(name)
        if len(words) < 2:
            return None
        letters = initials(words)
        for full, series_id in self._abbreviated.get(letters, ()):
            if is_shorter(words, full) and abbreviates(words, full):
                return series_id
        venue = known_names().abbreviated_by(name)
        return venue.series if venue else None


def _lacks_workshop(name: str) -> bool:
    """Whether a part of a workshop's name is the conference's name: it lacks the word ``workshop``."""
    return "workshop" not in name.lower()


def spellings_of(series: Series) -> Iterator[str]:
    """Yield the folded names of a series: name, full name, and the full name without ordinal and sponsors."""
    full = series.full_name or ""
    for key in dict.fromkeys((*map(folded, (series.name, full, without_sponsors(full))), key_of(full) if full else "")):
        if key:
            yield key


def _line(text: str, limit: int) -> str:
    """Return a text as one line of at most ``limit`` characters, without forbidden characters."""
    line = " ".join(without_forbidden(text).split())[:limit]
    return without_forbidden(line).strip()  # after the cut a joiner can be at the end, where it is forbidden
