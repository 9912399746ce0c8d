"""What tells versions of the program apart."""

import shutil
from pathlib import Path

import pytest

from generator.build import version


def test_the_program_is_the_same_wherever_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of a cluster run it from checkouts of their own."""
    copy = tmp_path / "elsewhere" / "generator"
    shutil.copytree(version.SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    here = version.program_version()
    monkeypatch.setattr(version, "SOURCE", copy)
    assert version.program_version.__wrapped__() == here
    (copy / "cli.py").write_text("# changed\n", "utf-8")
    assert version.program_version.__wrapped__() != here
