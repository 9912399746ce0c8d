"""Rules between records: references, and unique ids, addresses and names."""

import pytest

from generator.model.entities import Edition, Person, Series, Topic, VenueKind
from generator.rules import records
from tests.support.small_content import broken, content, paper


def test_venues_and_topics_exist_and_are_named_once() -> None:
    assert broken(records.papers_name_known_venues, content(paper(venue="conf-2024"))) == [
        ("E301", "papers/reef2025ropes", "venue")
    ]
    assert broken(records.papers_name_known_topics, content(paper(topics=("cats", "dogs", "cats")))) == [
        ("E302", "papers/reef2025ropes", "topics", 1),
        ("E309", "papers/reef2025ropes", "topics", 2),
    ]
    assert broken(records.papers_name_known_topics, content(paper(topics=()))) == [
        ("E202", "papers/reef2025ropes", "topics")
    ]


@pytest.mark.parametrize(
    ("parents", "code"),
    [
        ({"a": None, "b": "a", "c": "b"}, None),
        ({"a": None, "b": "a", "c": "b", "d": "c"}, "E315"),
        ({"a": "missing"}, "E307"),
        ({"a": "b", "b": "a"}, "E308"),
    ],
)
def test_topics_form_a_tree_of_three_levels(parents: dict[str, str | None], code: str | None) -> None:
    topics = tuple(Topic(id=name, name={"": name}, parent=parent) for name, parent in parents.items())
    assert {problem[0] for problem in broken(records.topics_form_a_tree, content(topics=topics))} == {code} - {None}


def test_only_the_topics_of_a_cycle_are_reported_and_not_those_below() -> None:
    parents = {"a": "b", "b": "a", "c": "a", "d": "c"}
    topics = tuple(Topic(id=name, name={"": name}, parent=parent) for name, parent in parents.items())
    problems = broken(records.topics_form_a_tree, content(topics=topics))
    assert problems == [("E308", "topics/a", "parent"), ("E308", "topics/b", "parent")]


def test_ids_and_addresses_of_editions_are_unique() -> None:
    def series(name: str, *editions: Edition) -> Series:
        return Series(id=name, name=name, kind=VenueKind.CONFERENCE, editions=editions)

    same_id = (series("a", Edition(id="x", year=2025)), series("b", Edition(id="x", year=2025)))
    assert broken(records.editions_are_unique, content(series=same_id)) == [("E312", "venues/b", "editions", 0, "id")]
    alias = series("a", Edition(id="x", year=2024), Edition(id="y", year=2025, aliases=("2024",)))
    assert broken(records.editions_are_unique, content(series=(alias,))) == [("E313", "venues/a", "editions")]


def test_two_people_may_share_a_name_only_if_something_separates_them() -> None:
    first = Person(id="wei-wu", name="Wei Wu")
    for second, problems in (
        (Person(id="wei-wu-2", name="W. Wu", aliases=("wei wu",)), [("E311", "people/wei-wu-2", "aliases", 0)]),
        (Person(id="wei-wu-2", name="Wei Wu", orcid="0000-0002-1825-0097"), []),
    ):
        assert broken(records.names_belong_to_one_record, content(people=(first, second))) == problems
