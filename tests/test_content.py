"""The real content: decodes, obeys the rules, saves back byte for byte, and agrees with what is known."""

import subprocess
import sys

import pytest

from generator.codec.decode import AnyRecord
from generator.commands.check import problems_of, style_of
from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.store.entries import record_file
from generator.store.load import load
from tests.conftest import ROOT, SOURCES, needs_sources

CONTENT = ROOT / "content"


def _imported(content: Content) -> list[Paper]:
    """The papers of the collections with which the digest began; those that people add may be short at first."""
    papers = [paper for paper in content.papers if paper.source and paper.source[0].kind != "issue"]
    assert len(papers) >= 521
    return papers


def test_it_has_no_errors() -> None:
    assert [problem for problem in problems_of(load(CONTENT)) if problem.is_error] == []


def test_the_first_papers_are_told_in_full() -> None:
    loaded = load(CONTENT)
    papers = _imported(loaded.content)
    assert [paper.id for paper in papers if not paper.tldr or paper.summary_by is None] == []
    addresses = {f"papers/{paper.id}" for paper in papers}
    assert [problem for problem in style_of(loaded) if problem.subject in addresses] == []


def test_what_was_imported_saves_back_byte_for_byte() -> None:
    """A person may write an entry in whichever form of YAML they like."""
    content = load(CONTENT).content
    records: list[AnyRecord] = [*_imported(content), *content.series, *content.topics, *content.people]
    records += [*content.institutions, *content.collections, *content.glossary, *content.tags]
    for record in records:
        path, text = record_file(record)
        assert (CONTENT / path).read_text("utf-8") == text, path


@needs_sources
@pytest.mark.parametrize("check", ["original_text.py", "figures.py"])
def test_it_holds_against_the_sources(check: str) -> None:
    done = subprocess.run(
        [sys.executable, SOURCES / "checks" / check, CONTENT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]
