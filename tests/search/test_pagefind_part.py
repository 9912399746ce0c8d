"""Pagefind's index of a part."""

import base64
import json
import sys
from pathlib import Path

import pytest

from generator.model.catalog import Catalog
from generator.search import pagefind_part, pagefind_service
from generator.search.pagefind_part import made_entry, made_part
from generator.search.pagefind_service import IndexNotBuilt, pagefind_files
from generator.search.records import search_records
from tests.conftest import SETTINGS

_REFUSAL = base64.b64encode(b'{"message_id": 0, "payload": {"type": "Error", "message": "no such language"}}').decode()


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("pass", "ended before it answered"),
        ("raise SystemExit('no more memory')", "answered: no more memory"),
        (f"print('{_REFUSAL},', flush=True)", "no such language"),
    ],
)
def test_the_message_of_pagefind_is_reported_even_if_it_ends_early(
    program: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = tmp_path / "pagefind"
    binary.write_text(f"#!{sys.executable}\n{program}\n", "utf-8")
    binary.chmod(0o755)
    monkeypatch.setattr(pagefind_service, "get_executable", lambda: binary)
    with pytest.raises(IndexNotBuilt, match=message):
        pagefind_files({"content": "word " * 10_000} for _ in range(100))


def test_a_part_has_its_words_by_stem_and_its_number_of_papers(toy: Catalog) -> None:
    records = search_records(toy, SETTINGS)
    part = made_part(records)
    assert part.papers == len(records)
    assert list(part.words) == sorted(part.words)
    assert {b"dog", b"cat"} <= {word.stem for word in part.words}


def test_a_paper_without_text_is_indexed_as_well(toy: Catalog) -> None:
    record = search_records(toy, SETTINGS)[0]
    empty = record._replace(content="— !", fields=dict.fromkeys(record.fields, ""))
    assert made_part([empty, record]).papers == 2


def test_an_unknown_format_is_reported_with_the_version(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_part, "pagefind_files", lambda _: {"pagefind.x.pf_meta": b"no gzip"})
    with pytest.raises(IndexNotBuilt, match="writes its index in an unknown format"):
        made_part(search_records(toy, SETTINGS))


def test_an_entry_names_the_language_and_the_version() -> None:
    entry = json.loads(made_entry("de"))
    assert list(entry["languages"]) == ["de"]
    assert entry["version"]
