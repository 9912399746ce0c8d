"""Texts of papers that several exports contain."""

import json

import pytest

from generator.build.inputs import Inputs
from generator.exports.paper_texts import PaperTexts
from generator.model.catalog import build_catalog
from tests.conftest import ROOT, SETTINGS
from tests.support.small_content import content, paper


@pytest.fixture
def texts() -> PaperTexts:
    records = content(paper("a2025", title="Ropes", tldr={"": "They hold."}), paper("b2025"))
    return PaperTexts(build_catalog(records), SETTINGS, ROOT / "theme", Inputs())


def test_a_text_is_written_once(texts: PaperTexts) -> None:
    assert texts.bibtex("a2025") is texts.bibtex("a2025")
    assert texts.full_item("a2025") is texts.full_item("a2025")
    assert texts.bibtex("a2025") != texts.bibtex("b2025")


def test_each_format_has_the_title(texts: PaperTexts) -> None:
    assert "title" in texts.bibtex("a2025")
    assert "TI  - Ropes" in texts.ris("a2025")
    assert json.loads(texts.csl("a2025"))["title"] == "Ropes"
    assert json.loads(texts.record_line("a2025"))["title"] == "Ropes"


def test_a_brief_entry_has_no_content(texts: PaperTexts) -> None:
    assert "<content" in texts.full_item("a2025").atom
    assert "<content" not in texts.brief_item("a2025")
    assert "They hold." in texts.brief_item("a2025")
