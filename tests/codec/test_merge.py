"""Which entry a record is about, and what it adds."""

import pytest

from generator.codec.merge import Additions, EntryIndex, additions, merge_additions, propose_id
from generator.model.record import RawRecord

CATS: RawRecord = {
    "title": "How cats sleep",
    "authors": ["Ada Byron"],
    "doi": "10.5555/Cats",
    "aliases": ["old2020cats"],
}


@pytest.fixture
def index() -> EntryIndex:
    index = EntryIndex()
    index.add("byron2024cats", CATS)
    return index


@pytest.mark.parametrize(
    ("record", "ids"),
    [
        ({"doi": "10.5555/cats"}, ["byron2024cats"]),
        ({"title": "How Cats Sleep!", "authors": ["A. Byron"]}, ["byron2024cats"]),
        ({"title": "How cats sleep", "authors": ["Bo Cay"]}, []),
        ({"title": "How cats sleep", "doi": "10.5555/dogs"}, []),
        ({"title": "How cats sleeps", "id": "old2020cats"}, ["byron2024cats"]),
        ({"title": "Dogs", "id": "old2020cats"}, []),
        ({"title": ["no", "text"]}, []),
        ({}, []),
    ],
)
def test_a_record_finds_its_entry(record: RawRecord, ids: list[str], index: EntryIndex) -> None:
    assert index.find(record) == ids


def test_ids_and_aliases_are_used_ids(index: EntryIndex) -> None:
    assert index.used_ids == {"byron2024cats", "old2020cats"}
    assert "old2020cats" in index
    assert index.entry_id_of("old2020cats") == "byron2024cats"
    assert index.entry_id_of(["old2020cats"]) is None


def test_existing_fields_are_not_overwritten() -> None:
    entry: RawRecord = {"title": "A", "links": {"pdf": "https://a.example/"}, "topics": ["x"]}
    record: RawRecord = {
        "title": "B", "arxiv": "2501.00001", "topics": ["y"], "venue": "v",
        "links": {"pdf": "https://b.example/", "code": "https://c.example/"},
    }  # fmt: skip
    added = additions(entry, record)
    assert added == Additions(
        {"arxiv": "2501.00001", "links": {"code": "https://c.example/"}}, differing=("links.pdf", "title")
    )
    assert merge_additions(entry, added.fields) == {
        **entry, "arxiv": "2501.00001", "links": {"pdf": "https://a.example/", "code": "https://c.example/"},
    }  # fmt: skip


def test_a_proposed_id_is_never_too_long() -> None:
    raw: RawRecord = {"title": "o" * 200, "authors": ["Bo Elm"], "published": "2025-01-01"}
    ids: set[str] = set()
    for _ in range(12):
        ids.add(propose_id(raw, ids))
    assert len(ids) == 12
    assert max(map(len, ids)) <= 80
