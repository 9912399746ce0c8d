"""A site is published when all stages are done; if one fails, the old site stays, with a message."""

import errno
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.build.cache import Cache
from generator.build.executors import WorkerLost
from generator.build.task import Outputs
from generator.commands import build, site_builder
from generator.commands.build_options import BuildOptions
from generator.commands.project import Project
from generator.commands.site_builder import BuiltPages, SiteResult, build_and_publish
from generator.commands.stages import Stages
from generator.search.pagefind_service import IndexNotBuilt
from generator.site.hosts import SiteSize
from generator.site.mkdocs_site import SiteNotBuilt
from generator.site.publish import MARKER, MARKER_FILE
from generator.site.staging import StagingFolder, staging
from tests.conftest import ROOT, TOY


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[StagingFolder]:
    """The staging folder of a site that exists."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old", "utf-8")
    (site / MARKER).write_bytes(MARKER_FILE.data)
    with staging(site, Cache()) as folder:
        yield folder


def _run(folder: StagingFolder) -> SiteResult | None:
    return build_and_publish(cast(Project, None), folder, Cache(), Stages(), strict=False)


def test_a_failed_stage_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old", "utf-8")
    (site / MARKER).write_bytes(MARKER_FILE.data)
    monkeypatch.chdir(ROOT)

    def fail(*arguments: object, **named: object) -> None:
        raise SiteNotBuilt("a warning")

    monkeypatch.setattr(site_builder, "build_site", fail)
    assert build.run(BuildOptions(TOY, site, strict=True)) == 1
    assert (site / "index.html").read_text("utf-8") == "old"
    assert [p.name for p in tmp_path.glob(".site*building")] == []


@pytest.mark.parametrize("error", [SiteNotBuilt("why"), IndexNotBuilt("why"), WorkerLost("why")])
def test_an_expected_error_is_a_message(
    error: Exception, folder: StagingFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(site_builder, "build_site", fail)
    assert _run(folder) is None
    assert capsys.readouterr().err == f"{folder.site} was left as it is: why\n"
    assert folder.path.is_dir()
    assert (folder.site / "index.html").read_text("utf-8") == "old"


@pytest.mark.parametrize(("filename", "shown"), [("a/b.html", "a/b.html"), (None, "building")])
def test_a_full_disk_empties_the_staging_folder(
    filename: str | None, shown: str, folder: StagingFolder, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), filename)

    monkeypatch.setattr(site_builder, "build_site", fail)
    assert _run(folder) is None
    assert f"{shown}: No space left on device" in capsys.readouterr().err
    assert not folder.path.exists()
    assert (folder.site / "index.html").read_text("utf-8") == "old"


def test_the_cache_is_saved_once_the_site_is_in_place(folder: StagingFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """It describes the site in place: a build that is killed before must not count as done."""
    (folder.path / "index.html").write_text("new", "utf-8")
    seen: list[str] = []
    saved: Any = SimpleNamespace(save=lambda: seen.append((folder.site / "index.html").read_text("utf-8")))
    result = SiteResult(Counter(), {}, SiteSize(0, 0, 0, 0, 0), (), saved)
    monkeypatch.setattr(site_builder, "build_site", lambda *_arguments, **_named: result)
    assert _run(folder) is result
    assert seen == ["new"]


def test_pages_of_a_task_are_its_html_and_its_deferred_sources() -> None:
    outputs = Outputs(("a/index.html", "a/cite.bib", "index.html"), b"", (("source of b/index.md", b""), ("x", b"")))
    pages = BuiltPages(cast(Any, None), cast(Any, SimpleNamespace(outputs={"task": outputs})), cast(Any, None))
    assert list(pages.page_paths("task")) == ["a/index.md", "index.md", "b/index.md"]
