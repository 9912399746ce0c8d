"""The search index is made part by part, and is the same however much of it was made before."""

import base64
import gzip
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cbor2
import pytest

from generator.exports import search_records as search_records_module
from generator.exports import search_words
from generator.exports.search_files import search_files
from generator.search.records import search_records
from generator.search.words import file_name, word_files
from generator.model import search_record
from generator.model.catalog import Catalog, build_catalog
from generator.model.content import Content
from generator.search.parts import SearchRecord, parts_of
from generator.site import pagefind_index, pagefind_service
from generator.site.kept_files import KeptFiles
from generator.search.pagefind_index import index_files
from generator.search.pagefind_part import MARK, made_part, packed, unpacked
from generator.search.pagefind_postings import joined, words_in
from generator.search.pagefind_service import IndexNotBuilt, pagefind_files
from tests.conftest import SETTINGS

_WORDS = [
    ["few", [[3, [-25, 7, 9, 2], [-3, 0]], [300, [-25, 70_000], []]], []],
    [
        "many",
        [[2, [-25, 3, 4, 9], [-3, 0]], [1, [-25, 700], []], *[[1, [-25, 4, 900], [-3, 0, 2, -2, 9]]] * 40],
        [["mány", [[8, [5], []]]]],
    ],
    ["máximo", [], [["maximo", [[0, [-1, 5], []]]]]],
]


_REFUSAL = base64.b64encode(b'{"message_id": 0, "payload": {"type": "Error", "message": "no such language"}}').decode()


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_record, "_FEWEST", 1)
    monkeypatch.setattr(search_record, "_ONE_IN", 1)


@pytest.fixture
def records(toy: Catalog) -> list[SearchRecord]:
    return search_records(toy, SETTINGS)


def _files(records: Sequence[SearchRecord], kept: KeptFiles | None = None) -> dict[str, bytes]:
    return {file.path: file.data for file in index_files(records, kept)}


def _kept(folder: Path) -> KeptFiles:
    return KeptFiles(folder / "parts", b"1")


def _words(files: dict[str, bytes]) -> list[Any]:
    chunks = [gzip.decompress(data) for name, data in sorted(files.items()) if name.endswith(".pf_index")]
    return sorted(word for chunk in chunks for word in cbor2.loads(chunk.removeprefix(MARK))[0])


def test_papers_of_a_word_are_joined_as_they_stand() -> None:
    few, many, without = words_in(cbor2.dumps([_WORDS]))
    twice = cbor2.loads(joined([(0, few.papers), (1000, few.papers)], light=False))
    assert twice == [*_WORDS[0][1], [700, [-25, 7, 9, 2], [-3, 0]], [300, [-25, 70_000], []]]
    assert cbor2.loads(joined([(0, many.papers)], light=False)) == _WORDS[1][1]
    assert cbor2.loads(joined([(5, many.variants[0][1])], light=False)) == [[13, [5], []]]
    assert cbor2.loads(joined([(0, without.papers)], light=False)) == []


def test_a_word_that_thousands_have_keeps_its_first_place_alone() -> None:
    """A negative number is the weight of the places after it, and stays. A place in no field is no more than one."""
    few, many, _ = words_in(cbor2.dumps([_WORDS]))
    light = cbor2.loads(joined([(0, many.papers)], light=True))
    assert light[:3] == [[2, [-25, 3], [-3, 0]], [1, [-25, 0], []], [1, [-25, 4], [-3, 0, 2, -2, 9]]]
    assert few.papers.light is None


def test_a_part_is_read_as_it_was_written(records: list[SearchRecord]) -> None:
    part = made_part(records)
    assert unpacked(packed(part)) == part


def test_a_paper_more_changes_its_own_part_alone() -> None:
    papers = [SearchRecord(f"/papers/{at}/", "", "", "en", {}, (), ()) for at in range(9000)]
    before = list(parts_of(papers))
    after = list(parts_of([*papers[:3000], papers[0]._replace(url="/papers/new/"), *papers[3000:]]))
    assert [record for part in before for record in part] == papers
    assert sum(part not in before for part in after) <= 2
    assert len(before) > 4


@pytest.mark.usefixtures("small_parts")
def test_the_index_is_the_same_bytes_kept_or_not(
    records: list[SearchRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def noted(part: Sequence[SearchRecord]) -> Any:
        made.extend(record.url for record in part)
        return made_part(part)

    monkeypatch.setattr(pagefind_index, "made_part", noted)
    first = _files(records, _kept(tmp_path))
    assert sorted(made) == sorted(record.url for record in records)
    made.clear()
    edited = [*records[:2], records[2]._replace(content="Something else entirely"), *records[3:]]
    second = _files(edited, _kept(tmp_path))
    assert made == [records[2].url]
    assert second == _files(edited)
    assert second != first
    made.clear()
    for part in (tmp_path / "parts").iterdir():
        part.write_bytes(part.read_bytes()[:-1] + b"?")
    assert _files(edited, _kept(tmp_path)) == second
    assert len(made) == len(records)
    assert len(list((tmp_path / "parts").iterdir())) == len(records)


@pytest.mark.usefixtures("small_parts")
def test_records_and_words_are_the_same_kept_or_not(
    toy: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = search_records(toy, SETTINGS, _kept(tmp_path).again)
    assert first == search_records(toy, SETTINGS)
    assert list(search_files(toy, SETTINGS, first, _kept(tmp_path).again)) == list(search_files(toy, SETTINGS, first))
    name = list(toy.papers)[2]
    edited = replace(toy, papers={**toy.papers, name: replace(toy.papers[name], title="Something Else Entirely")})
    whole = search_records(edited, SETTINGS)
    files = list(search_files(edited, SETTINGS, whole))
    made: list[str] = []
    content = search_records_module._content
    monkeypatch.setattr(
        search_records_module, "_content", lambda paper, *others: made.append(paper.id) or content(paper, *others)
    )
    assert search_records(edited, SETTINGS, _kept(tmp_path).again) == whole
    assert made == [name]
    assert list(search_files(edited, SETTINGS, whole, _kept(tmp_path).again)) == files


@pytest.mark.usefixtures("small_parts")
def test_a_record_is_made_anew_when_its_venue_or_topic_is_named_otherwise(toy: Catalog, tmp_path: Path) -> None:
    search_records(toy, SETTINGS, _kept(tmp_path).again)
    topics = {key: replace(topic, name={"": f"{topic.id} otherwise"}) for key, topic in toy.topics.items()}
    series = {key: replace(one, name=f"{one.name} otherwise") for key, one in toy.series.items()}
    content = Content(papers=tuple(toy.papers.values()), series=tuple(series.values()), topics=tuple(topics.values()))
    renamed = build_catalog(content)
    records = search_records(renamed, SETTINGS, _kept(tmp_path).again)
    assert records == search_records(renamed, SETTINGS)
    assert all("otherwise" in record.meta["venue"] and "otherwise" in record.content for record in records)


def test_what_is_kept_is_believed_under_its_own_name_and_version_alone(tmp_path: Path) -> None:
    _kept(tmp_path).write("one", b"text")
    assert _kept(tmp_path).read("one") == b"text"
    assert KeptFiles(tmp_path / "parts", b"2").read("one") is None
    (tmp_path / "parts" / "one").rename(tmp_path / "parts" / "other")
    assert _kept(tmp_path).read("other") is None
    (tmp_path / "parts" / "other").write_bytes(b"short")
    assert _kept(tmp_path).again("other", lambda: b"made") == b"made"
    files = _kept(tmp_path)
    files.write("third", b"text")
    files.drop_others()
    assert [path.name for path in (tmp_path / "parts").iterdir()] == ["third"]


def test_parts_are_joined_to_what_one_index_holds(records: list[SearchRecord], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _words(_files(records))
    monkeypatch.setattr(search_record, "_FEWEST", 1)
    monkeypatch.setattr(search_record, "_ONE_IN", 1)
    assert _words(_files(records)) == whole


def test_an_empty_digest_has_an_index() -> None:
    assert b'"languages":{}' in _files([])["pagefind-entry.json"]


def test_a_large_file_of_words_is_cut_further(records: list[SearchRecord], monkeypatch: pytest.MonkeyPatch) -> None:
    def held(folder: str) -> dict[str, dict[str, Any]]:
        """What is told for each letters, which stands in a file that is named by the first letters in it."""
        files = {page.path.removesuffix(".json"): json.loads(page.text) for page in word_files(records)}
        named = files["search/index"]["ends" if folder.endswith("ends") else "words"].split("|")
        assert {f"{folder}/{letters.split()[0]}" for letters in named} == {
            path for path in files if path.rpartition("/")[0] == folder
        }
        return {one: files[f"{folder}/{letters.split()[0]}"] for letters in named for one in letters.split()}

    folders = ("search/words", "search/words/ends")
    whole = [{word: told for words in held(folder).values() for word, told in words.items()} for folder in folders]
    monkeypatch.setattr(search_words, "_LARGEST", 20)
    beginnings, endings = (held(folder) for folder in folders)
    assert [
        {word: told for words in files.values() for word, told in words.items()} for files in (beginnings, endings)
    ] == whole
    for word in whole[0]:
        names = [file_name(word.removesuffix(":")[:letters]) for letters in (4, 3, 2)]
        assert word in beginnings[next(name for name in names if name in beginnings)]  # as search-words.js looks for it
    for word in whole[1]:
        names = [file_name(word[-letters:]) for letters in (4, 3, 2)]
        assert word in endings[next(name for name in names if name in endings)]
    assert max(map(len, beginnings)) >= 4


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("pass", "ended before it answered"),
        ("raise SystemExit('no more memory')", "answered: no more memory"),
        (f"print('{_REFUSAL},', flush=True)", "no such language"),
    ],
)
def test_what_pagefind_says_is_told_even_if_it_ends_early(
    does: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = tmp_path / "pagefind"
    binary.write_text(f"#!{sys.executable}\n{does}\n", "utf-8")
    binary.chmod(0o755)
    monkeypatch.setattr(pagefind_service, "get_executable", lambda: binary)
    with pytest.raises(IndexNotBuilt, match=told):
        pagefind_files({"content": "word " * 10_000} for _ in range(100))
