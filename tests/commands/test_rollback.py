"""The command exchanges the site and the previous one, if a build on this machine wrote both."""

from pathlib import Path

import pytest

from generator.build.cache import cache_folder
from generator.site.publish import MARKER, MARKER_FILE
from generator.site.staging import record_build
from tests.support.command import digest


@pytest.fixture
def sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with ``site`` and ``site.previous``, both as a build wrote them."""
    monkeypatch.chdir(tmp_path)
    for name in ("site", "site.previous"):
        (tmp_path / name).mkdir()
        (tmp_path / name / MARKER).write_bytes(MARKER_FILE.data)
        (tmp_path / name / "index.html").write_text(name, "utf-8")
        record_build(tmp_path / "site", tmp_path / name, cache_folder(Path()))
    return tmp_path


def test_a_second_run_undoes_the_first(sites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("rollback") == 0
    assert "run the command again to undo this" in capsys.readouterr().err
    assert (sites / "site/index.html").read_text("utf-8") == "site.previous"
    assert digest("rollback") == 0
    assert (sites / "site/index.html").read_text("utf-8") == "site"


def test_a_link_to_the_site_is_followed(sites: Path) -> None:
    (sites / "public").symlink_to("site")
    assert digest("rollback", "--site-dir", "public") == 0
    assert (sites / "site/index.html").read_text("utf-8") == "site.previous"


def test_without_a_previous_site_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    assert digest("rollback") == 1
    assert "there is no previous site" in capsys.readouterr().err


def test_a_folder_of_somebody_else_is_refused(sites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sites / "site.previous" / MARKER).unlink()
    assert digest("rollback") != 0
    assert (sites / "site/index.html").read_text("utf-8") == "site"
    assert (sites / "site.previous/index.html").read_text("utf-8") == "site.previous"
