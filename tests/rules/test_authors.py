"""Rules for author lists."""

import pytest

from generator.model.paper import Author
from generator.rules import authors
from tests.support.small_content import broken, content, paper


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ada Reef", None),
        ("Ada Reef and Bo Öst", "W313"),
        ("Reef, Ada", "W314"),
        ("Ada Reef, Jr.", None),
        ("Reef, Ada, Jr.", "W314"),
        ("Reef, Ada, Öst", "W313"),
        ("ADA REEF", "W312"),
        ("JR Reef", None),
        ("Ada Reef*", "W315"),
    ],
)
def test_a_name_is_that_of_one_person_in_natural_order(name: str, code: str | None) -> None:
    expected = [(code, "papers/reef2025ropes", "authors", 0)] if code else []
    assert broken(authors.author_names_are_well_formed, content(paper(authors=(name,)))) == expected


def test_a_name_may_occur_twice_only_with_an_id() -> None:
    assert broken(authors.authors_are_listed_once, content(paper(authors=("Wei Wu", "Bo Öst", "Wei Wu")))) == [
        ("W311", "papers/reef2025ropes", "authors", 2)
    ]
    two = (Author(name="Wei Wu"), Author(name="Wei Wu", id="wei-wu-2"))
    assert broken(authors.authors_are_listed_once, content(paper(authors=two))) == []


def test_an_orcid_belongs_to_one_author_of_a_paper() -> None:
    shared = tuple(Author(name=name, orcid="0000-0002-1825-0097") for name in ("Ada Reef", "Bo Öst"))
    assert broken(authors.orcids_are_listed_once, content(paper(authors=shared))) == [
        ("E316", "papers/reef2025ropes", "authors", 1, "orcid")
    ]


def test_an_author_is_not_listed_twice_with_the_same_orcid() -> None:
    twice = (Author(name="Ada Reef", orcid="0000-0002-1825-0097"),) * 2
    assert broken(authors.orcids_are_listed_once, content(paper(authors=twice))) == [
        ("E316", "papers/reef2025ropes", "authors", 1, "orcid")
    ]


@pytest.mark.parametrize(("affiliations", "problems"), [(2, 0), (3, 1)])
def test_two_affiliations_are_allowed_for_one_author(affiliations: int, problems: int) -> None:
    names = tuple(f"University {number}" for number in range(affiliations))
    assert len(broken(authors.affiliations_are_few, content(paper(affiliations=names)))) == problems


def test_an_author_has_at_most_three_affiliations() -> None:
    for number, problems in ((3, 0), (4, 1)):
        author = Author(name="Ada Reef", affiliation=tuple(f"University {index}" for index in range(number)))
        assert len(broken(authors.affiliations_are_few, content(paper(authors=(author,))))) == problems
