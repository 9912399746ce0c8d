"""``digest doctor`` passes a complete installation, and reports each missing part with a fix."""

import contextlib
import importlib
import sys
from importlib import metadata
from pathlib import Path

import pytest
from pagefind import service

from generator.commands import doctor
from generator.commands.doctor import State
from tests.conftest import ROOT
from tests.support.command import digest


def test_this_installation_is_complete(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert digest("doctor") == 0
    out = capsys.readouterr()
    assert "good  Python" in out.out
    assert "good  search indexer: pagefind" in out.out
    assert "good  packages: " in out.out
    assert out.err.startswith("0 to fix")


def test_an_empty_folder_lacks_settings_theme_and_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert digest("doctor") == 1
    out = capsys.readouterr()
    assert "bad   settings: mkdocs.yml:1: there is no mkdocs.yml here\n      Run in the project's folder." in out.out
    assert "bad   theme: there is no theme/overrides" in out.out
    assert "bad   content: there is no content" in out.out
    assert out.err.startswith("3 to fix, 2 to note")


def _lock(folder: Path, *lines: str) -> Path:
    lock = folder / "requirements.lock"
    lock.write_text("".join(f"{line} \\\n    --hash=sha256:0\n    # via x\n" for line in lines), "utf-8")
    return lock


def test_packages_are_compared_with_the_lock_file(tmp_path: Path) -> None:
    here = metadata.version("jinja2")
    result = doctor.check_packages(
        _lock(tmp_path, f"jinja2=={here}", "gone==9 ; sys_platform == 'nowhere'", "not-here==1.2")
    )
    assert (result.state, result.detail) == (State.BAD, "not-here 1.2 is missing")
    result = doctor.check_packages(_lock(tmp_path, "Jinja2==0.1"))
    assert (result.state, result.detail) == (State.NOTE, f"Jinja2 {here} instead of 0.1")
    assert doctor.check_packages(_lock(tmp_path, f"jinja2=={here}")).state is State.GOOD


def test_an_old_python_a_wrong_clock_and_a_full_disk_are_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert doctor.check_python((3, 10)).state is State.BAD
    assert "3.11 or newer" in doctor.check_python((3, 10)).fix
    assert doctor.check_clock(0, 10**9).state is State.NOTE
    assert doctor.check_clock(10**9, 10**9).detail == "2001-09-09 01:46 UTC"
    monkeypatch.setattr(doctor, "MIN_FREE_BYTES", 10**18)
    assert doctor.check_disk(tmp_path).state is State.BAD
    assert doctor.check_disk(tmp_path / "missing/folder").state is State.BAD


def test_a_folder_without_write_access_is_reported(tmp_path: Path) -> None:
    assert doctor.check_writable(tmp_path / "a/b/c").detail == f"{tmp_path} can be written to"
    (tmp_path / "file").write_text("x", "utf-8")
    assert doctor.check_writable(tmp_path / "file").state is State.BAD


def test_a_missing_program_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert doctor.check_program("git", "x").state is State.NOTE
    assert doctor.check_browser().state is State.NOTE


def test_a_program_may_print_bytes_that_are_no_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nprintf 'git \\377'\n", "utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert doctor.check_program("git", "x").state is State.GOOD


def test_checks_run_without_the_packages_they_check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pagefind.service", None)
    result = doctor.run_check("search indexer", doctor.check_search)
    assert (result.state, result.detail) == (State.BAD, "pagefind.service is missing")
    (tmp_path / "torn-1.0.dist-info").mkdir()  # as a killed pip leaves it
    monkeypatch.syspath_prepend(tmp_path)
    assert doctor.check_packages(_lock(tmp_path, f"jinja2=={metadata.version('jinja2')}")).state is State.GOOD
    with contextlib.suppress(ImportError):  # Dask's, before Python 3.12; replaces the finder, and raises other errors
        importlib.import_module("importlib_metadata")
    result = doctor.check_packages(_lock(tmp_path, "torn==1.0"))
    assert (result.state, result.detail) == (State.BAD, "torn 1.0 is missing")


def test_a_broken_indexer_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(service, "get_executable", lambda: None)
    assert "missing" in doctor.check_search().detail
    monkeypatch.setattr(service, "get_executable", lambda: tmp_path)
    assert doctor.check_search() == ("search indexer", State.BAD, f"{tmp_path} does not run", doctor.check_search().fix)


def test_the_cache_is_reported_with_its_size_or_as_unused(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    (folder / "a.sqlite").write_bytes(bytes(2_000_000))
    assert doctor.check_cache(folder) == doctor.CheckResult(
        "cache", State.GOOD, f"{folder}, 2.0 MB", doctor.check_cache(folder).fix
    )
    folder.chmod(0o777)
    assert doctor.check_cache(folder).state is State.NOTE
    assert "is not used" in doctor.check_cache(folder).detail
