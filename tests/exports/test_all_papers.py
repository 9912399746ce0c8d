"""Files that list all papers, joined from blocks."""

import csv
import io
import json

import pytest

from generator.exports import all_papers
from generator.exports.all import all_exports
from generator.exports.all_papers import blocks, table_heading
from generator.model.catalog import Catalog
from tests.conftest import ROOT, SETTINGS
from tests.support.small_content import content, exports_of, paper

THEME = ROOT / "theme"


def test_files_do_not_depend_on_how_papers_are_divided_into_blocks(
    toy: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are joined from the texts of blocks of papers."""
    assert len(list(blocks(toy.papers))) == 1
    before = {file.path: file.data for file in all_exports(toy, SETTINGS, THEME)}
    monkeypatch.setattr(all_papers, "BLOCK_SIZE", 1)
    assert list(blocks(toy.papers)) == [(paper_id,) for paper_id in toy.papers]
    assert {file.path: file.data for file in all_exports(toy, SETTINGS, THEME)} == before


def test_removing_a_paper_changes_one_block(real: Catalog) -> None:
    before, gone = list(blocks(real.papers)), list(real.papers)[100]
    after = list(blocks(paper_id for paper_id in real.papers if paper_id != gone))
    assert sum(block not in before for block in after) <= 1
    assert len(before) > 3


def test_the_table_has_a_line_for_each_paper_with_plain_titles() -> None:
    records = content(paper("a2025", title="On $x^2$", authors=("Ada Reef", "Bo Öst")), paper("b2025", title="=1+1"))
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(exports_of(records)["papers.csv"], newline=""))}
    assert rows["a2025"]["authors"] == "Ada Reef; Bo Öst"
    assert (rows["a2025"]["year"], rows["a2025"]["topics"]) == ("2025", "Cats")
    assert rows["b2025"]["title"] == "'=1+1"
    assert list(rows["a2025"])[:2] == ["id", "title"]
    assert exports_of(records)["papers.csv"].startswith(table_heading())


def test_without_papers_the_files_are_empty_lists() -> None:
    files = exports_of(content())
    assert (files["papers.bib"], files["papers.json"], files["papers.jsonl"]) == ("", "[]\n", "")
    assert json.loads(files["api/v1/papers.json"])["papers"] == []
