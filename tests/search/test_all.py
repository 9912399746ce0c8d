"""The search index is made part by part, and is the same however much of it was made before."""

import base64
import gzip
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cbor2
import pytest

from generator.build.engine import Build
from generator.build.inputs import Inputs
from generator.build.task import Task
from generator.commands.site_tasks import traced_catalog
from generator.model.catalog import Catalog, Content, build_catalog
from generator.search import all as search
from generator.search import pagefind_service, parts
from generator.search.all import FOLDER, SearchIndex, search_files
from generator.search.pagefind_part import MARK, made_part
from generator.search.pagefind_postings import joined, words_in
from generator.search.pagefind_service import IndexNotBuilt, pagefind_files
from generator.search.parts import SearchRecord, parts_of
from generator.search.records import search_records
from generator.search.shards import Sizes, file_name, first_letters, last_letters, shards
from tests.conftest import ROOT, SETTINGS
from tests.support.engine import build, files_of

_WORDS: list[Any] = [
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
    monkeypatch.setattr(parts, "FEWEST", 1)
    monkeypatch.setattr(parts, "ONE_IN", 1)


@pytest.fixture
def records(toy: Catalog) -> list[SearchRecord]:
    return search_records(toy, SETTINGS)


def _files(catalog: Catalog) -> dict[str, bytes]:
    return {file.path: file.data for file in search_files(catalog, SETTINGS, ROOT / "theme")}


def _built(catalog: Catalog, folder: Path) -> Build:
    """The files of search in ``folder``, built with what is cached beside it."""

    def stages(inputs: Inputs) -> list[list[Task]]:
        index = SearchIndex(traced_catalog(inputs, catalog), SETTINGS, ROOT / "theme", inputs)
        return [list(index.value_tasks()), list(index.file_tasks())]

    return build(folder, stages)


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


def test_a_paper_more_changes_its_own_part_alone() -> None:
    papers = [SearchRecord(f"/papers/{at}/", "", {}, "en", {}, (), ()) for at in range(9000)]
    before = list(parts_of(papers))
    after = list(parts_of([*papers[:3000], papers[0]._replace(url="/papers/new/"), *papers[3000:]]))
    assert [record for part in before for record in part] == papers
    assert sum(part not in before for part in after) <= 2
    assert len(before) > 4


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of papers that Pagefind indexes from now on."""
    urls: list[str] = []

    def noted(part: Sequence[SearchRecord]) -> Any:
        urls.extend(record.url for record in part)
        return made_part(part)

    monkeypatch.setattr(search, "made_part", noted)
    return urls


@pytest.mark.usefixtures("small_parts")
def test_an_edit_indexes_its_own_part_alone_and_the_bytes_are_the_same(
    toy: Catalog, tmp_path: Path, indexed: list[str]
) -> None:
    _built(toy, tmp_path / "site")
    assert sorted(indexed) == sorted(f"/papers/{name}/" for name in toy.papers)
    first = files_of(tmp_path / "site")
    assert first == _files(toy)
    indexed.clear()
    name = list(toy.papers)[2]
    edited = replace(toy, papers={**toy.papers, name: replace(toy.papers[name], title="Something Else Entirely")})
    _built(edited, tmp_path / "site")
    assert indexed == [f"/papers/{name}/"]
    assert files_of(tmp_path / "site") == _files(edited) != first


@pytest.mark.usefixtures("small_parts")
def test_a_part_is_indexed_anew_when_a_venue_or_topic_is_named_otherwise(toy: Catalog, tmp_path: Path) -> None:
    _built(toy, tmp_path / "site")
    topics = {key: replace(topic, name={"": f"{topic.id} otherwise"}) for key, topic in toy.topics.items()}
    series = {key: replace(one, name=f"{one.name} otherwise") for key, one in toy.series.items()}
    content = Content(
        papers=tuple(toy.papers.values()),
        tags=tuple(toy.tags.values()),
        series=tuple(series.values()),
        topics=tuple(topics.values()),
    )
    renamed = build_catalog(content)
    _built(renamed, tmp_path / "site")
    assert files_of(tmp_path / "site") == _files(renamed)
    assert all(
        "otherwise" in record.fields["venue"] and "otherwise" in record.fields["topics"]
        for record in search_records(renamed, SETTINGS)
    )


def test_parts_are_joined_to_what_one_index_holds(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _words(_files(toy))
    monkeypatch.setattr(parts, "FEWEST", 1)
    monkeypatch.setattr(parts, "ONE_IN", 1)
    assert _words(_files(toy)) == whole


def test_an_empty_digest_has_an_index() -> None:
    assert b'"languages":{}' in _files(build_catalog(Content()))[f"{FOLDER}/pagefind-entry.json"]


@pytest.mark.parametrize(("letters_of", "is_end"), [(first_letters, False), (last_letters, True)])
def test_a_large_file_of_words_is_cut_further(letters_of: Callable[[str, int], str], is_end: bool) -> None:
    """Every word stands in the file whose name is the longest that it fits, as search-words.js looks for it."""
    words = ["ab", "abc", "abcd", "abcdef", "abcx", "zeta", "größe", "x1"]
    made = shards({word: f'"{word}":1' for word in words}, letters_of, Sizes(largest=20, small=12, full=30))
    files = {file_name(letters): shard.lines for shard in made for letters in shard.letters}
    assert sorted(line for shard in made for line in shard.lines) == sorted(f'"{word}":1' for word in words)
    assert max(map(len, files)) >= 4
    assert any(len(shard.letters) > 1 for shard in made)
    for word in words:
        names = [file_name(word[-count:] if is_end else word[:count]) for count in (4, 3, 2)]
        assert f'"{word}":1' in files[next(name for name in names if name in files)]


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
