"""Measurements of commands."""

import sys
from pathlib import Path

import pytest

from bench.measure import CommandFailed, measure


def test_files_and_bytes_are_counted_and_failures_raised(tmp_path: Path) -> None:
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
