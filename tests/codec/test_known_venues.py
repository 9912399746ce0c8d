"""The table of well-known venues."""

import pytest

from generator.codec.decode import decode, encode
from generator.codec.known_venues import find_known_venue, known_venue_index, known_venues, workshops_of
from generator.codec.venue_names import VenueResolver
from generator.model.entities import Series, VenueKind, VenueName
from generator.text.slug import RESERVED, SLUG


def test_each_name_in_the_table_leads_to_its_venue() -> None:
    table = known_venues()
    assert len([venue for venue in table if venue.kind in (VenueKind.CONFERENCE, VenueKind.JOURNAL)]) >= 120
    assert len({venue.id for venue in table}) == len(table)
    for venue in table:
        assert SLUG.fullmatch(venue.id), venue.id
        assert venue.id not in RESERVED
        assert decode(Series, encode(venue.series))[1] == []
        for name in (venue.name, venue.full_name, venue.dblp, venue.openreview):
            if name:
                assert VenueResolver([]).edition_id(VenueName(name=name, year=2020)) == f"{venue.id}-2020", name


@pytest.mark.parametrize(
    ("name", "venue_id"),
    [
        ("ICML", "icml"),
        ("icml", "icml"),
        ("37th International Conference on Machine Learning", "icml"),
        ("J. Mach. Learn. Res.", "jmlr"),
        ("Conference on Nothing", None),
    ],
)
def test_a_venue_is_found_by_name_without_ordinal_or_abbreviated(name: str, venue_id: str | None) -> None:
    venue = find_known_venue(name)
    assert (venue.id if venue else None) == venue_id


def test_societies_must_agree_if_both_names_state_them() -> None:
    names = known_venue_index()
    venue = names.abbreviated_by("IEEE Trans. Pattern Anal. Mach. Intell.")
    assert venue is not None
    assert names.abbreviated_by("ACM Trans. Pattern Anal. Mach. Intell.") is None


def test_workshops_of_a_conference_are_a_series_of_their_own() -> None:
    venue = find_known_venue("ICML")
    assert venue is not None
    series = workshops_of(venue)
    assert (series.id, series.name, series.kind) == ("icml-workshop", "ICML Workshop", VenueKind.WORKSHOP)
