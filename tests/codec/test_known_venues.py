"""The table of well-known venues."""

from generator.codec.decode import decode, encode
from generator.codec.known_venues import known_venues
from generator.codec.venue_names import VenueBook
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
                assert VenueBook([]).edition_id(VenueName(name=name, year=2020)) == f"{venue.id}-2020", name
