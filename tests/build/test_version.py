"""The version of the program: a hash of its files and libraries."""

import shutil
from pathlib import Path

import pytest

from generator.build import version


def test_the_version_does_not_depend_on_where_the_program_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers of a cluster run the program from their own checkouts."""
    copy = tmp_path / "elsewhere" / "generator"
    shutil.copytree(version.SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    here = version.program_version()
    monkeypatch.setattr(version, "SOURCE", copy)
    assert version.program_version.__wrapped__() == here
    for path in (copy / "cli.py", copy / "codec/known_venues.json"):
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert version.program_version.__wrapped__() != here, path
        path.write_bytes(before)


def test_the_version_contains_only_libraries_that_the_program_requires(monkeypatch: pytest.MonkeyPatch) -> None:
    """To install another package beside the program does not empty the cache."""
    monkeypatch.setattr(version, "distributions", list)
    assert b"\njinja2 " in version.program_version.__wrapped__().lower()
