"""Corpora of the bench."""

import json
from pathlib import Path

import pytest

from bench.corpus import corpus
from generator.commands.check import problems_of
from generator.store.load import load
from tests.conftest import ROOT


@pytest.mark.parametrize("form", ["jsonl", "yaml"])
def test_a_generated_corpus_has_no_faults_and_is_always_the_same(form: str, tmp_path: Path) -> None:
    corpora = [corpus(60, ROOT / "content", None, tmp_path / name, form) for name in "ab"]
    files = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in corpora
    ]
    assert files[0] == files[1]
    loaded = load(corpora[0])
    assert [problem for problem in problems_of(loaded) if problem.is_error] == []
    assert len(loaded.content.papers) == 60


def test_larger_corpora_contain_the_smaller_ones(tmp_path: Path) -> None:
    def entries(papers: int) -> dict[str, str]:
        folder = corpus(papers, ROOT / "content", None, tmp_path)
        lines = [line for path in (folder / "papers").glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
        return {json.loads(line)["id"]: json.loads(line)["added"] for line in lines}

    small, large = entries(20), entries(40)
    assert small.items() <= large.items()


def test_an_existing_corpus_is_used_again_and_zero_means_the_content(tmp_path: Path) -> None:
    folder = corpus(5, ROOT / "content", None, tmp_path)
    (folder / "mark").touch()
    assert (corpus(5, ROOT / "content", None, tmp_path) / "mark").exists()
    assert corpus(0, ROOT / "content", None, tmp_path) == ROOT / "content"
