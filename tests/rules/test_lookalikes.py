"""Rules for names and addresses that can be mistaken for others."""

import pytest

from generator.model.editorial import Collection, CollectionItem, CollectionKind, Term
from generator.model.entities import Edition, Institution, Person, Series, VenueKind
from generator.model.provenance import SummaryBy, WriterKind
from generator.rules import lookalikes
from tests.support.small_content import DAY, broken, content, paper


@pytest.mark.parametrize(("name", "mixed"), [("Ada Reef", False), ("Аda Reef", True), ("王小明 Wang", False)])
def test_a_word_of_a_name_has_one_script(name: str, mixed: bool) -> None:
    expected = [("W301", "papers/reef2025ropes", "authors", 0)] * mixed
    assert broken(lookalikes.names_use_one_script, content(paper(authors=(name,)))) == expected


def test_names_of_people_institutions_and_venues_are_checked_too() -> None:
    person = Person(id="ada-reef", name="Ada Reef", aliases=("Аda Reef",))
    institution = Institution(id="pier", name="Рier U")
    series = Series(id="conf", name="Conf", full_name="Сonference", kind=VenueKind.CONFERENCE)
    records = content(people=(person,), institutions=(institution,), series=(series,))
    assert broken(lookalikes.names_use_one_script, records) == [
        ("W301", "people/ada-reef", "aliases", 0),
        ("W301", "institutions/pier", "name"),
        ("W301", "venues/conf", "full_name"),
    ]


@pytest.mark.parametrize(
    ("host", "disguised"), [("a.example", False), ("раураl.example", True), ("münchen.example", False)]
)
def test_a_host_does_not_look_like_another(host: str, disguised: bool) -> None:
    records = content(paper(summary={"": f"See [this](https://{host}/x)."}))
    expected = [("W302", "papers/reef2025ropes", "summary")] * disguised
    assert broken(lookalikes.hosts_are_not_disguised, records) == expected


def test_hosts_in_all_records_are_checked() -> None:
    address = "https://раураl.example/x"
    text = {"": f"See [this]({address})."}
    person = SummaryBy(kind=WriterKind.HUMAN)
    collection = Collection(
        id="ropes", name={"": "Ropes"}, kind=CollectionKind.PICKS, date=DAY, intro=text, conclusion=text,
        items=(CollectionItem(paper="reef2025ropes", note=text),), written_by=person,
    )  # fmt: skip
    edition = Edition(id="conf-2025", year=2025, url=address)
    records = content(
        series=(Series(id="conf", name="Conf", kind=VenueKind.CONFERENCE, editions=(edition,)),),
        institutions=(Institution(id="pier", name="Pier U", url=address),),
        collections=(collection,),
        glossary=(Term(id="rope", name={"": "Rope"}, definition=text, written_by=person),),
    )
    assert broken(lookalikes.hosts_are_not_disguised, records) == [
        ("W302", "collections/ropes", "intro"),
        ("W302", "collections/ropes", "conclusion"),
        ("W302", "collections/ropes", "items", 0, "note"),
        ("W302", "glossary/rope", "definition"),
        ("W302", "venues/conf", "editions", 0, "url"),
        ("W302", "institutions/pier", "url"),
    ]
