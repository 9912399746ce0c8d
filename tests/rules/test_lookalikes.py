"""Rules for names and addresses that can be mistaken for others."""

import pytest

from generator.model.entities import Institution, Person
from generator.rules import lookalikes
from tests.support.small_content import broken, content, paper


@pytest.mark.parametrize(("name", "mixed"), [("Ada Reef", False), ("Аda Reef", True), ("王小明 Wang", False)])
def test_a_word_of_a_name_has_one_script(name: str, mixed: bool) -> None:
    expected = [("W301", "papers/reef2025ropes", "authors", 0)] * mixed
    assert broken(lookalikes.names_use_one_script, content(paper(authors=(name,)))) == expected


def test_names_of_people_institutions_and_venues_are_checked_too() -> None:
    person = Person(id="ada-reef", name="Ada Reef", aliases=("Аda Reef",))
    institution = Institution(id="pier", name="Рier U")
    assert broken(lookalikes.names_use_one_script, content(people=(person,), institutions=(institution,))) == [
        ("W301", "people/ada-reef", "aliases", 0),
        ("W301", "institutions/pier", "name"),
    ]


@pytest.mark.parametrize(
    ("host", "disguised"), [("a.example", False), ("раураl.example", True), ("münchen.example", False)]
)
def test_a_host_does_not_look_like_another(host: str, disguised: bool) -> None:
    records = content(paper(summary={"": f"See [this](https://{host}/x)."}))
    expected = [("W302", "papers/reef2025ropes", "summary")] * disguised
    assert broken(lookalikes.hosts_are_not_disguised, records) == expected
