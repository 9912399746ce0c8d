"""The bench's corpora are sound content, the same each time, and its measuring counts what was count_files."""

import sys
from pathlib import Path

import pytest

from bench.corpus import corpus
from bench.measure import CommandFailed, measure
from generator.commands.check import problems_of
from generator.store.load import load
from tests.conftest import ROOT


@pytest.mark.parametrize("form", ["jsonl", "yaml"])
def test_a_made_up_corpus_has_no_faults_and_is_the_same_each_time(form: str, tmp_path: Path) -> None:
    corpora = [corpus(60, ROOT / "content", None, tmp_path / name, form) for name in "ab"]
    files = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in corpora
    ]
    assert files[0] == files[1]
    loaded = load(corpora[0])
    assert [problem for problem in problems_of(loaded) if problem.is_error] == []
    assert len(loaded.content.papers) == 60


def test_measuring_counts_files_and_bytes_and_tells_of_failures(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    program = f"import pathlib; p = pathlib.Path({str(folder)!r}); p.mkdir(); (p / 'x').write_text('four')"
    done = measure([sys.executable, "-c", program], folder)
    assert (done.files, done.size) == (1, 4)
    assert done.wall > 0
    with pytest.raises(CommandFailed, match="on purpose"):
        measure([sys.executable, "-c", "raise SystemExit('on purpose')"], folder)
    with pytest.raises(CommandFailed, match="not done"):
        measure([sys.executable, "-c", "import time; time.sleep(60)"], None, timeout=0.2)


def test_measured_programs_store_compiled_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    measure([sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"], None)
