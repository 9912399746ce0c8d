"""Pagefind's index of a part."""

import json

import pytest

from generator.model.catalog import Catalog
from generator.search import pagefind_part
from generator.search.pagefind_part import divided_part, index_entry, index_part
from generator.search.pagefind_service import IndexNotBuilt
from generator.search.records import search_records
from tests.conftest import SETTINGS


def test_a_part_has_its_words_by_stem_and_its_number_of_papers(toy: Catalog) -> None:
    records = search_records(toy, SETTINGS)
    part = index_part(records)
    assert part.papers == len(records)
    assert list(part.words) == sorted(part.words)
    assert {b"dog", b"cat"} <= {word.stem for word in part.words}


def test_the_ranges_of_a_part_have_all_its_words_once(toy: Catalog) -> None:
    part = index_part(search_records(toy, SETTINGS))
    ranges = list(divided_part(part, ("", "c", "d")))
    assert [word for words in ranges for word in words.words] == list(part.words)
    assert {words.papers for words in ranges} == {part.papers}
    assert {word.stem[:1] for word in ranges[1].words} == {b"c"}


def test_a_paper_without_text_is_indexed_as_well(toy: Catalog) -> None:
    record = search_records(toy, SETTINGS)[0]
    empty = record._replace(content="— !", fields=dict.fromkeys(record.fields, ""))
    assert index_part([empty, record]).papers == 2


def test_an_unknown_format_is_reported_with_the_version(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_part, "pagefind_files", lambda _: {"pagefind.x.pf_meta": b"no gzip"})
    with pytest.raises(IndexNotBuilt, match="writes its index in an unknown format"):
        index_part(search_records(toy, SETTINGS))


def test_an_entry_names_the_language_and_the_version() -> None:
    entry = json.loads(index_entry("de"))
    assert list(entry["languages"]) == ["de"]
    assert entry["version"]
