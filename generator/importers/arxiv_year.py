"""The edition of a paper that a source knows by its arXiv id alone."""

from generator.importers.public_record import year_of
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import Identifier


def arxiv_edition(named: Identifier | None, published: str) -> VenueName | None:
    """arXiv in the year of ``published``, or else in the year of the id; None for a paper without an arXiv id."""
    if named is None or named.kind != "arxiv":
        return None
    return VenueName(name="arXiv", year=year_of(published) or year_of_id(named.value), kind=VenueKind.PREPRINT)


def year_of_id(arxiv: str) -> int:
    """The year in which arXiv gave an id. https://info.arxiv.org/help/arxiv_identifier.html"""
    year = int(arxiv.rpartition("/")[2][:2])
    return 1900 + year if year > 90 else 2000 + year
