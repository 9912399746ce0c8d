"""Rules that compare entries with their identifiers."""

from datetime import date

import pytest

from generator.model.entities import Edition, Series, VenueKind
from generator.rules import identifiers
from tests.support.small_content import CONF, broken, content, paper


@pytest.mark.parametrize(
    ("added", "warned"), [(date(2025, 4, 20), True), (date(2025, 4, 25), False), (date(2025, 5, 1), False)]
)
def test_a_paper_is_not_older_than_its_arxiv_id_but_for_a_week(added: date, warned: bool) -> None:
    records = content(paper(arxiv="2505.00001", added=added))
    assert (
        broken(identifiers.dates_follow_the_preprint, records) == [("W601", "papers/reef2025ropes", "added")] * warned
    )


@pytest.mark.parametrize(("arxiv", "warned"), [("2601.00001", False), ("2701.00001", True), ("2401.00001", False)])
def test_a_paper_is_posted_within_a_year_of_its_edition(arxiv: str, warned: bool) -> None:
    assert bool(broken(identifiers.venues_follow_the_preprint, content(paper(arxiv=arxiv)))) is warned


@pytest.mark.parametrize(
    ("doi", "warned"),
    [
        ("10.18653/v1/2025.conf-long.1", False),
        ("10.18653/v1/2024.conf-long.1", True),
        ("10.18653/v1/2025.acl-long.1", True),
        ("10.5555/1", False),
    ],
)
def test_a_doi_names_the_venue_and_year(doi: str, warned: bool) -> None:
    acl = Series(id="acl", name="ACL", kind=VenueKind.CONFERENCE, editions=())
    records = content(paper(doi=doi), series=(CONF, acl))
    assert broken(identifiers.dois_match_the_venue, records) == [("W603", "papers/reef2025ropes", "doi")] * warned


def test_a_preprint_has_the_doi_of_a_preprint_server() -> None:
    arxiv = Series(id="arxiv", name="arXiv", kind=VenueKind.PREPRINT, editions=(Edition(id="arxiv-2025", year=2025),))
    for doi, warned in (("10.48550/arXiv.2505.00001", False), ("10.1145/1", True)):
        records = content(paper(venue="arxiv-2025", doi=doi), series=(arxiv,))
        assert bool(broken(identifiers.dois_match_the_venue, records)) is warned


def test_a_title_is_compared_by_letters_and_digits() -> None:
    recorded = {("doi", "10.5555/1"): "ROPES & knots!"}
    for title, problems in (("Ropes, Knots", 0), ("Ropes", 1)):
        records = content(paper(title=title, doi="10.5555/1"))
        assert len(list(identifiers.titles_are_as_recorded(records, recorded))) == problems
