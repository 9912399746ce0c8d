"""The search index is built part by part, with the same bytes whatever the cache contains."""

import gzip
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cbor2
import pytest

from generator.build.engine import Build
from generator.build.inputs import Inputs, add_files
from generator.build.task import Task
from generator.commands.site_tasks import traced_catalog
from generator.model.catalog import Catalog, Content, build_catalog
from generator.search import all as search
from generator.search import parts
from generator.search.all import INDEX_FOLDER, SearchIndex, search_files
from generator.search.pagefind_part import SIGNATURE, index_part
from generator.search.parts import SearchRecord
from generator.search.records import search_records
from tests.conftest import ROOT, SETTINGS
from tests.support.engine import build, files_of


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MIN_PAPERS", 1)
    monkeypatch.setattr(parts, "END_RATE", 1)


def _files(catalog: Catalog, theme: Path = ROOT / "theme") -> dict[str, bytes]:
    return {file.path: file.data for file in search_files(catalog, SETTINGS, theme)}


def _built(catalog: Catalog, folder: Path, theme: Path = ROOT / "theme") -> Build:
    """Build the files of search in ``folder``, with the cache beside it."""

    def stages(inputs: Inputs) -> list[list[Task]]:
        add_files(inputs, theme)
        index = SearchIndex(traced_catalog(inputs, catalog), SETTINGS, theme, inputs)
        return [list(index.value_tasks()), list(index.word_tasks()), list(index.file_tasks())]

    return build(folder, stages)


def _words(files: dict[str, bytes]) -> list[Any]:
    chunks = [gzip.decompress(data) for name, data in sorted(files.items()) if name.endswith(".pf_index")]
    return sorted(word for chunk in chunks for word in cbor2.loads(chunk.removeprefix(SIGNATURE))[0])


def _chunks(build: Build) -> set[str]:
    """The files of words that a build wrote."""
    return {path for path in build.stored if path.endswith(".pf_index")}


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of papers that Pagefind indexes from now on."""
    urls: list[str] = []

    def recorded(part: Sequence[SearchRecord]) -> Any:
        urls.extend(record.url for record in part)
        return index_part(part)

    monkeypatch.setattr(search, "index_part", recorded)
    return urls


@pytest.mark.usefixtures("small_parts")
def test_an_edit_indexes_its_own_part_only_and_gives_the_bytes_of_a_clean_build(
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
def test_a_renamed_venue_or_topic_indexes_its_parts_again(toy: Catalog, tmp_path: Path) -> None:
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


def test_joined_parts_have_the_words_of_one_index(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _words(_files(toy))
    monkeypatch.setattr(parts, "MIN_PAPERS", 1)
    monkeypatch.setattr(parts, "END_RATE", 1)
    assert _words(_files(toy)) == whole


def test_ranges_have_the_words_of_one_index(toy: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _words(_files(toy))
    monkeypatch.setattr(parts, "LARGE", 1)
    files = _files(toy)
    assert _words(files) == whole
    chunks = json.loads(files["search/index.json"])["chunks"]
    assert [first for first, _ in chunks] == sorted(first for first, _ in chunks)
    assert _chunks(_built(toy, tmp_path / "site")) == {f"pagefind/index/{name}.pf_index" for _, name in chunks}
    assert files_of(tmp_path / "site") == files
    name = list(toy.papers)[2]
    title = f"{toy.papers[name].title} zebra"
    edited = replace(toy, papers={**toy.papers, name: replace(toy.papers[name], title=title)})
    joined_again = _chunks(_built(edited, tmp_path / "site"))
    assert files_of(tmp_path / "site") == _files(edited)
    assert len(joined_again) == 1


def test_an_empty_digest_has_an_index() -> None:
    assert b'"languages":{}' in _files(build_catalog(Content()))[f"{INDEX_FOLDER}/pagefind-entry.json"]


def test_an_edited_table_of_synonyms_is_noticed(toy: Catalog, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme/search", theme / "search")
    _built(toy, tmp_path / "site", theme)
    with (theme / "search/synonyms.tsv").open("a", encoding="utf-8") as table:
        table.write("tomcat\tcats\n")
    _built(toy, tmp_path / "site", theme)
    files = files_of(tmp_path / "site")
    assert b"tomcat" in files["search/meanings.json"]
    assert files == _files(toy, theme)
