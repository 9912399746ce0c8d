"""The real content: decodes, obeys the rules, saves back byte for byte, and agrees with what is known."""

import subprocess
import sys

import pytest

from generator.commands.check import problems_of, style_of
from generator.model.catalog import Catalog
from generator.store.load import load
from generator.store.save import entry_text
from tests.conftest import ROOT, SOURCES, needs_sources

CONTENT = ROOT / "content"


def test_it_has_no_faults() -> None:
    assert [*problems_of(load(CONTENT)), *style_of(load(CONTENT))] == []


def test_it_saves_back_byte_for_byte() -> None:
    """All but papers that a person wrote (they name no source, or an issue), in whichever form of YAML they like."""
    content = load(CONTENT).content
    papers = [paper for paper in content.papers if paper.source and not paper.source[0].startswith("issue")]
    assert len(papers) >= 521
    for record in (*papers, *content.series, *content.topics, *content.people, *content.institutions):
        path, text = entry_text(record)
        assert (CONTENT / path).read_text("utf-8") == text, path


def test_every_paper_has_its_one_sentence(real: Catalog) -> None:
    assert [paper.id for paper in real.papers.values() if not paper.tldr] == []
    assert len(real.papers) >= 521


def test_every_text_by_a_model_says_so(real: Catalog) -> None:
    assert [paper.id for paper in real.papers.values() if paper.summary_by is None] == []


@needs_sources
@pytest.mark.parametrize("check", ["original_text.py", "figures.py"])
def test_it_holds_against_the_sources(check: str) -> None:
    done = subprocess.run(
        [sys.executable, SOURCES / "checks" / check, CONTENT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]
