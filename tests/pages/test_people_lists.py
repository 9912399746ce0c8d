"""Queries on authors and institutions."""

from generator.model.paper import Author
from generator.pages.people_lists import PeopleLists
from tests.support.small_content import paper, views_of


def _author(name: str, *affiliations: str) -> Author:
    return Author(name=name, affiliation=affiliations)


PAPERS = (
    paper("a2025", authors=(_author("Ada Reef", "Pier U"), _author("Bo Öst"))),
    paper("b2025", authors=(_author("Ada Reef", "Quay U", "Pier U"), _author("Bo Öst"), _author("Cem Ak", "Pier U"))),
)


def test_coauthors_are_ordered_by_common_papers() -> None:
    assert PeopleLists(views_of(*PAPERS)).coauthors("ada-reef") == (("bo-ost", 2), ("cem-ak", 1))


def test_affiliations_of_an_author_are_listed_once() -> None:
    affiliations = PeopleLists(views_of(*PAPERS)).affiliations("ada-reef")
    assert sorted(affiliations) == ["Pier U", "Quay U"]


def test_people_of_an_institution_have_their_papers_there() -> None:
    people = PeopleLists(views_of(*PAPERS))
    (pier,) = [link for link in people.institutions() if link.text == "Pier U"]
    assert pier.count == 2
    assert people.authors_of_institution(pier.site_path.rpartition("/")[2]) == (("ada-reef", 2), ("cem-ak", 1))


def test_only_authors_with_enough_papers_have_feeds() -> None:
    people = PeopleLists(views_of(*PAPERS, paper("c2025", authors=("Ada Reef",))))
    assert [link.text for link in people.authors_with_feeds("10")] == ["Ada Reef"]
    assert people.authors_with_feeds("0") == ()
