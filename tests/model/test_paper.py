"""Papers and the small records inside them."""

from datetime import date

from generator.codec.decode import decode, encode
from generator.model.paper import STATUS_NAMES, Author, Correction, Links, Paper, Status
from generator.model.provenance import SummaryBy, WriterKind
from generator.model.record import RawRecord

RAW: RawRecord = {"id": "a", "title": "A", "venue": "v", "topics": ["t"], "added": "2025-05-02"}


def test_an_author_with_only_a_name_is_written_as_a_string() -> None:
    raw: RawRecord = {**RAW, "authors": ["Ada Byron", {"name": "Bo Elm", "affiliation": "AGH"}]}
    ordered = {name: raw[name] for name in ("id", "title", "authors", "venue", "topics", "added")}
    paper, faults = decode(Paper, raw)
    assert faults == []
    assert paper is not None
    assert paper.author_names == ("Ada Byron", "Bo Elm")
    assert encode(paper) == ordered


def test_the_family_name_must_be_part_of_the_name() -> None:
    faults = decode(Paper, {**RAW, "authors": [{"name": "Ada Byron", "family": "Lovelace"}]})[1]
    assert [(fault.code, fault.location) for fault in faults] == [("E223", ("authors", 0))]
    assert decode(Paper, {**RAW, "authors": [{"name": "Ada Byron King", "family": "Byron King"}]})[1] == []


def test_present_links_are_in_the_order_of_the_fields() -> None:
    links = Links(code="https://c.example/", page="https://p.example/")
    assert links.present == (("page", "https://p.example/"), ("code", "https://c.example/"))


def test_the_day_of_the_last_change_is_the_latest_in_the_entry() -> None:
    paper = Paper(id="a", title="A", venue="v", topics=("t",), added=date(2025, 5, 2))
    assert paper.last_changed == date(2025, 5, 2)
    written = SummaryBy(kind=WriterKind.HUMAN, date=date(2025, 6, 1))
    texts_changed = Paper(id="a", title="A", venue="v", topics=("t",), added=date(2025, 5, 2), summary_by=written)
    assert texts_changed.last_changed == date(2025, 6, 1)
    corrections = (Correction(date=date(2025, 7, 1), note={"": "A number."}),)
    changed = Paper(
        id="a", title="A", venue="v", topics=("t",), added=date(2025, 5, 2), summary_by=written, corrections=corrections
    )
    assert changed.last_changed == date(2025, 7, 1)


def test_identifiers_are_those_that_are_given() -> None:
    paper = Paper(id="a", title="A", venue="v", topics=("t",), added=date(2025, 5, 2), doi="10.1/x", acl="P19-1001")
    assert paper.identifiers == {"doi": "10.1/x", "acl": "P19-1001"}


def test_each_status_but_published_has_a_name() -> None:
    assert set(Status) - STATUS_NAMES.keys() == {Status.PUBLISHED}
    assert Author(name="Ada").affiliation == ()
