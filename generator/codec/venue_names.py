"""Find the edition that a source's venue name means, or create the edition and its series."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from generator.codec.known_venues import initials, is_shorter, known_venue_index, workshops_of
from generator.codec.venue_text import (
    abbreviates,
    acronyms,
    conference_of_workshop,
    core_of,
    explicit_acronyms,
    is_companion_or_workshop,
    is_event,
    is_workshop,
    may_be_venue,
    new_series_name,
    significant_words,
    venue_candidates,
    venue_key,
    without_societies,
)
from generator.model.entities import Edition, Series, VenueKind, VenueName
from generator.model.values import MAX_LINE, MAX_TITLE
from generator.text.characters import without_forbidden
from generator.text.slug import RESERVED, folded, slugify

UNRECORDED = "unrecorded"
"""The id of the series for papers without a recorded venue."""
_UNRECORDED_NAME = "Venue not recorded"
_MAX_SERIES_ID = 60  # characters; leaves room for the year in ids of editions
_MAX_AMBIGUOUS = 4  # letters; a longer acronym identifies a venue, whatever the rest of the name is
# ``ICML.cc`` in the OpenReview group ``ICML.cc/2024/Conference``
_OPENREVIEW_GROUP = re.compile(r"([\w.-]+(?:/[A-Za-z][\w.-]*)?)/(?:19|20)[0-9]{2}/(?:Conference|Track|Datasets)")
# ids of series with proceedings of many conferences
_BOOK_SERIES = frozenset({"lncs", "pmlr"})
_FINDINGS = re.compile(r"^(\S+) \(Findings\)")  # ``EMNLP (Findings)``, as DBLP and OpenReview write it


class VenueResolver:
    """Resolves venue names in sources to editions: those of the digest, those of known series, or new ones.

    ``new_series`` are series to add to the digest, by id; ``new_editions`` are editions to add to existing series, by
    series id.
    """

    def __init__(self, series: Iterable[Series]) -> None:
        self.new_series: dict[str, Series] = {}
        self.new_editions: dict[str, list[Edition]] = {}
        self._series: dict[str, Series] = {}
        self._name_index = _NameIndex()
        self._series_ids: dict[str, str] = {}  # by edition id
        self._edition_ids: dict[VenueName, str] = {}  # results of `edition_id`
        for existing in series:
            self._add(existing)

    def edition_id(self, venue_name: VenueName | None, year: int | None = None) -> str:
        """Return the id of the edition that a name means. If there is none, create the edition and its series.

        Without a name, this is an edition of the series ``unrecorded``. Its year is that of ``venue_name``, or ``year``
        if ``venue_name`` has none.
        """
        if venue_name is None or not (venue_name.name or venue_name.short):
            stated_year = venue_name.year if venue_name else None
            venue_name = VenueName(name=_UNRECORDED_NAME, year=stated_year or year, short=UNRECORDED)
        if venue_name not in self._edition_ids:
            series = self._find(venue_name) or self._create(venue_name)
            self._edition_ids[venue_name] = self._find_or_create_edition(series, venue_name.year)
        return self._edition_ids[venue_name]

    def series_of(self, edition_id: str) -> str:
        """The id of the series of an edition, or ''."""
        return self._series_ids.get(edition_id, "")

    def year_of(self, edition_id: str) -> int | None:
        """The year of an edition, or None."""
        series = self._series.get(self.series_of(edition_id))
        return next((edition.year for edition in series.editions if edition.id == edition_id), None) if series else None

    def _add(self, series: Series) -> None:
        """Add a series, or replace it by one with further editions."""
        is_new = series.id not in self._series
        self._series[series.id] = series
        for edition in series.editions:
            self._series_ids[edition.id] = series.id
        if is_new:
            self._name_index.add(series)

    def _find(self, venue_name: VenueName) -> Series | None:
        """Return the series that a name means; None if there is none. A known series is added to the digest."""
        match = self._name_index.find(venue_name)
        if match is None:
            return None
        if isinstance(match, str):
            return self._series[match]
        digest_id = self._name_index.digest_id_of(match)
        return self._add_known(match) if digest_id is None else self._series[digest_id]

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
        """Add a series for a name that is neither in the digest nor in the table of known venues."""
        full_name = _one_line(new_series_name(venue_name), MAX_TITLE) or "Unnamed venue"
        # The acronym in the name of a workshop or companion volume is that of its conference.
        has_own_acronym = is_event(venue_name) and not is_companion_or_workshop(venue_name)
        acronyms_in_name = explicit_acronyms(venue_name.name) if has_own_acronym else ()
        name = _one_line(core_of(venue_name.short), MAX_LINE) or next(iter(acronyms_in_name), full_name)
        series_id = slugify(name, _MAX_SERIES_ID) or "venue"
        if name == UNRECORDED:
            name, series_id = full_name, UNRECORDED
        while series_id in self._series or series_id in RESERVED:
            series_id += "-2"
        kind = VenueKind.WORKSHOP if is_workshop(venue_name) else venue_name.kind
        series = Series(id=series_id, name=name, full_name=full_name if full_name != name else None, kind=kind)
        self.new_series[series_id] = series
        self._add(series)
        return series

    def _find_or_create_edition(self, series: Series, year: int | None) -> str:
        """Return the id of the edition of a series in a year, after creating it if there is none.

        Of several in one year, it is the one with the id ``SERIES-YEAR``, else the first.
        """
        existing_ids = [edition.id for edition in series.editions if edition.year == year]
        edition_id = f"{series.id}-{year}" if year else series.id
        if existing_ids:
            return edition_id if edition_id in existing_ids else existing_ids[0]
        while edition_id in self._series_ids:
            edition_id += "-2"
        edition = Edition(id=edition_id, year=year)
        extended = replace(series, editions=(*series.editions, edition))
        if series.id in self.new_series:
            self.new_series[series.id] = extended
        else:
            self.new_editions.setdefault(series.id, []).append(edition)
        self._add(extended)
        return edition_id


_Match: TypeAlias = str | Series
"""The id of a series of the digest, or a known series without editions that may not be in the digest."""


class _NameIndex:
    """An index of the names of all series: those of the digest and those of the table of known venues.

    The digest's series take precedence over known ones, full names over acronyms and abbreviations.
    """

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}  # series id by folded name or key
        self._names: dict[str, tuple[str, ...]] = {}  # name and full name by series id
        # By the initials of a name: the words of each such name, and the id of its series.
        self._by_initials: dict[str, list[tuple[list[str], str]]] = defaultdict(list)

    def add(self, series: Series) -> None:
        """Add a series of the digest."""
        venue = known_venue_index().by_name.get(folded(series.id))
        # The id counts as a name unless it is the name of another known venue.
        id_key = [] if venue and venue.id != series.id else [folded(series.id)]
        for key in (*id_key, *spellings_of(series)):
            self._ids.setdefault(key, series.id)
        names = tuple(filter(None, (series.name, series.full_name)))
        self._names[series.id] = names
        for name in names:
            words = significant_words(name)
            self._by_initials[initials(words)].append((words, series.id))

    def digest_id_of(self, series: Series) -> str | None:
        """The id in the digest of a known series, which may differ from its id in the table; None without a match."""
        venue = known_venue_index().by_id.get(series.id)
        names = venue.names if venue else (series.name, series.full_name or "")
        keys = (folded(series.id), *map(folded, names))
        return next((self._ids[key] for key in keys if key in self._ids), None)

    def find(self, venue_name: VenueName) -> _Match | None:
        """The series that a name means; None if there is none."""
        match = self._by_name(venue_name)
        if match is not None and not _is_book_series(match):
            return match
        if is_workshop(venue_name):
            return self._by_workshop(venue_name)
        # The name of a conference in a book series says more than the name of the book series: ``LNCS, ECCV 2024``.
        acronym_match = None if is_companion_or_workshop(venue_name) else self._by_acronym(venue_name)
        return acronym_match or match or self._by_abbreviation(venue_name.name)

    def _look_up(self, name: str) -> _Match | None:
        """The series with this name, else with its core (`core_of`), the core without societies, or its `venue_key`."""
        if group := _OPENREVIEW_GROUP.match(name):
            name = group[1]
        name = _FINDINGS.sub(r"\1 Findings", name)
        for key in (folded(name), folded(core_of(name)), folded(without_societies(name)), venue_key(name)):
            if key in self._ids:
                return self._ids[key]
            if key and (venue := known_venue_index().by_name.get(key)):
                return venue.series
        return None

    def _by_name(self, venue_name: VenueName) -> _Match | None:
        """The series with the name, the short name or a part of the name of a venue."""
        is_beside_conference = is_companion_or_workshop(venue_name)
        for name in (venue_name.name, venue_name.short, *venue_candidates(venue_name.name)):
            # A part without the word ``workshop`` may be the name of the conference, so it is skipped. The whole name
            # is looked up, but does not mean a known conference.
            may_be_conference = is_beside_conference and "workshop" not in name.lower()
            if not name or (may_be_conference and name != venue_name.name):
                continue
            match = self._look_up(name)
            if match is not None and not (may_be_conference and _is_known_conference(match)):
                return match
        return None

    def _by_workshop(self, venue_name: VenueName) -> _Match | None:
        """A known workshop with an acronym in the name, else the series of workshops at a known conference."""
        for acronym in acronyms(venue_name.name):
            venue = known_venue_index().by_name.get(folded(acronym))
            if venue and venue.kind is VenueKind.WORKSHOP and may_be_venue(venue_name.name, venue.names):
                return venue.series
        conference = conference_of_workshop(venue_name.name)
        venue = known_venue_index().by_name.get(venue_key(conference)) if conference else None
        return workshops_of(venue) if venue else None

    def _by_acronym(self, venue_name: VenueName) -> _Match | None:
        """The series with an acronym in the name, or with a part of one such as ``ECML`` in ``ECML/PKDD``."""
        for acronym in acronyms(venue_name.name):
            for part in dict.fromkeys((acronym, *acronym.replace("/", "-").split("-"))):
                key = folded(part)
                series_id = self._ids.get(key)
                if series_id is not None:
                    names = self._names[series_id]
                    # Without a full name, there is nothing to compare the rest of the name with.
                    if len(names) < 2 or may_be_venue(venue_name.name, names):
                        return series_id
                    continue
                venue = known_venue_index().by_name.get(key)
                if venue and (len(part) > _MAX_AMBIGUOUS or may_be_venue(venue_name.name, venue.names)):
                    return venue.series
        return None

    def _by_abbreviation(self, name: str) -> _Match | None:
        """The series with a name that ``name`` abbreviates, word by word."""
        words = significant_words(name)
        if len(words) < 2:
            return None
        for full_words, series_id in self._by_initials.get(initials(words), ()):
            if is_shorter(words, full_words) and abbreviates(words, full_words):
                return series_id
        venue = known_venue_index().abbreviated_by(name)
        return venue.series if venue else None


def _is_book_series(match: _Match) -> bool:
    return (match if isinstance(match, str) else match.id) in _BOOK_SERIES


def _is_known_conference(match: _Match) -> bool:
    return isinstance(match, Series) and match.kind is VenueKind.CONFERENCE


def spellings_of(series: Series) -> list[str]:
    """The folded names of a series, each once: name, full name, the full name without year, ordinal and societies.

    The last is the ``venue_key`` of the full name, which also lacks articles and prepositions.
    """
    full_name = series.full_name or ""
    spellings = [folded(name) for name in (series.name, full_name, without_societies(full_name))]
    if full_name:
        spellings.append(venue_key(full_name))
    return list(dict.fromkeys(filter(None, spellings)))


def _one_line(text: str, limit: int) -> str:
    """A text as one line of at most ``limit`` characters, without forbidden characters."""
    line = " ".join(without_forbidden(text).split())[:limit]
    return without_forbidden(line).strip()  # the cut can leave a joiner at the end, where it is forbidden
