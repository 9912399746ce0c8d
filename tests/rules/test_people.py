"""Rules that find authors who may be one person."""

from typing import Any

import pytest

from generator.model.catalog import Content
from generator.model.entities import Person
from generator.model.paper import Author
from generator.rules import people
from tests.support.small_content import broken, content, paper


def _shared(first: str, second: str, **fields: Any) -> Content:
    return content(paper("a2025", authors=(first, "Cem Ak")), paper("b2025", authors=(second, "Cem Ak")), **fields)


@pytest.mark.parametrize(
    ("first", "second", "reported"),
    [
        ("Ada Reef", "A. Reef", True),
        ("Ada Maria Reef", "Ada Reef", True),
        ("Reef Ada", "Ada Reef", True),
        ("Adalbert Reefman", "Adalbert Reefmann", True),
        ("Ada Reef", "Ada Reif", False),
        ("Bo Reef", "Ada Reef", False),
        ("Ada Reef", "Ada Pier", False),
    ],
)
def test_compatible_names_with_a_shared_coauthor_are_reported(first: str, second: str, reported: bool) -> None:
    assert [problem[0] for problem in broken(people.people_have_one_name, _shared(first, second))] == [
        "W321"
    ] * reported


def test_names_without_evidence_or_marked_as_distinct_are_not_reported() -> None:
    apart = content(paper("a2025", authors=("Ada Reef", "Bo Öst")), paper("b2025", authors=("A. Reef", "Cem Ak")))
    assert broken(people.people_have_one_name, apart) == []
    person = Person(id="ada-reef", name="Ada Reef", distinct_from=("A. Reef",))
    assert broken(people.people_have_one_name, _shared("Ada Reef", "A. Reef", people=(person,))) == []


def test_an_orcid_has_one_name_and_an_author_one_orcid() -> None:
    one, other = "0000-0002-1825-0097", "0000-0001-5109-3700"
    records = content(
        paper("a2025", authors=(Author(name="Ada Reef", orcid=one),)),
        paper("b2025", authors=(Author(name="Bo Öst", id="bo-ost", orcid=one),)),
        paper("c2025", authors=(Author(name="Cem Ak", id="cem-ak", orcid=other),)),
        paper("d2025", authors=(Author(name="Cem Ak", id="cem-ak", orcid="0000-0002-1694-233X"),)),
    )
    assert broken(people.orcids_name_one_person, records) == [
        ("W322", "papers/b2025", "authors", 0),
        ("W323", "papers/d2025", "authors", 0),
    ]


def test_files_name_somebody_and_no_id_twice() -> None:
    files = (
        Person(id="ada-reef", name="Ada Reef", orcid="0000-0002-1825-0097"),
        Person(id="bo-ost", name="Bo Öst", orcid="0000-0002-1825-0097"),
    )
    records = content(paper(), people=files)
    assert broken(people.registered_ids_are_unique, records) == [("E319", "people/bo-ost", "orcid")]
    assert broken(people.names_are_in_use, records) == [("W391", "people/bo-ost", "name")]
