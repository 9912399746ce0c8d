"""Edits and accidents after which a build once left a stale file, or wrote where it must not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.commands import build
from generator.commands.build_options import BuildOptions
from generator.site.publish import MARKER
from tests.conftest import ROOT
from tests.support.engine import files_of

Build = Callable[[], dict[str, bytes]]


@pytest.fixture
def project(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a copy of the theme, without cards, in which commands run."""
    folder = tmp_path / "project"
    folder.mkdir()
    content.rename(folder / "content")
    shutil.copytree(ROOT / "theme", folder / "theme")
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("social_cards: true", "social_cards: false")
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    monkeypatch.setenv("DIGEST_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def built(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Builds the site, and compares it with that of a clean build."""

    def run() -> dict[str, bytes]:
        assert build.run(BuildOptions(Path("content"), Path("site"))) == 0
        with monkeypatch.context() as patch:
            patch.setenv("DIGEST_CACHE", str(tmp_path / "clean/cache"))
            assert build.run(BuildOptions(Path("content"), tmp_path / "clean/site")) == 0
        clean = files_of(tmp_path / "clean/site")
        shutil.rmtree(tmp_path / "clean")
        files = files_of(project / "site")
        assert {path for path in files.keys() | clean.keys() if files.get(path) != clean.get(path)} == set()
        return files

    return run


def test_a_new_entry_between_others_is_in_the_index_and_in_every_list(project: Path, built: Build) -> None:
    """Neither the first nor the last paper of its part of the index and of its block of the lists is another."""
    built()
    entry = project / "content/papers/conf-2025/zhu2025dogs.yaml"
    text = entry.read_text("utf-8").replace("2025-05-02", "2025-01-10")
    entry.with_name("lee2025middle.yaml").write_text(text.replace("fetch", "stay in the middle"), "utf-8")
    papers = json.loads(built()["api/v1/papers.json"])["papers"]
    assert "lee2025middle" in [paper["id"] for paper in papers[1:-1]]


def test_a_translation_that_only_the_theme_needs_reaches_all_pages(project: Path, built: Build) -> None:
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("language: en", "language: de"), "utf-8")
    built()
    language = project / "theme/languages/de.po"
    language.write_text(language.read_text("utf-8").replace('"Mitmachen"', '"Helfen"'), "utf-8")
    files = built()
    assert b"Helfen" in files["papers/zhu2025dogs/index.html"]


def test_a_name_in_the_settings_reaches_the_list_of_the_api(project: Path, built: Build) -> None:
    built()
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("site_name: Paper Digest", "site_name: Another"), "utf-8")
    assert json.loads(built()["api/v1/papers.json"])["digest"] == "Another"


def test_a_translation_that_only_scripts_need_reaches_them(project: Path, built: Build) -> None:
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("language: en", "language: de"), "utf-8")
    built()
    language = project / "theme/languages/de.po"
    text = language.read_text("utf-8")
    begin = text.index("#: theme/overrides/assets/javascripts/strings.js\nmsgid")
    start = text.index('msgstr "', begin) + len('msgstr "')
    language.write_text(f"{text[:start]}Etwa {text[start:]}", "utf-8")
    assert b"Etwa " in built()["assets/javascripts/strings.js"]


def test_the_page_of_entries_left_out_follows_its_template(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "content/papers/conf-2025/bad2025entry.yaml").write_text("title: 1\n", "utf-8")
    template = project / "theme/pages/quarantine.md.j2"
    options = BuildOptions(Path("content"), Path("site"), quarantine=True)
    assert build.run(options) == 0
    template.write_text(f"{template.read_text('utf-8')}\nAsk the maintainers.\n", "utf-8")
    assert build.run(options) == 0
    assert "Ask the maintainers." in (project / "site/quarantine/index.html").read_text("utf-8")


def test_no_build_writes_through_a_link_to_a_folder(project: Path, built: Build, tmp_path: Path) -> None:
    """The folder of a site is built into again two builds later."""
    built()
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(project / "site/topics")
    (project / "site/topics").symlink_to(outside)
    entry = project / "content/papers/conf-2025/zhu2025dogs.yaml"
    for word in ("wait", "sit", "roll"):
        entry.write_text(entry.read_text("utf-8").replace("Dogs that", f"Dogs that {word} or"), "utf-8")
        built()
        assert list(outside.iterdir()) == []


def test_a_repository_with_a_folder_to_build_into_leads_nowhere_else(
    project: Path, built: Build, tmp_path: Path
) -> None:
    """``.site.spare`` has the file by which ``digest`` knows its folders, and a link to a folder of somebody else."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("the only copy", "utf-8")
    spare = project / ".site.spare"
    spare.mkdir()
    (spare / MARKER).touch()
    for name in ("papers", "topics", "index.html"):
        (spare / name).symlink_to(outside / name if "." in name else outside)
    built()
    assert files_of(outside) == {"index.html": b"the only copy"}


def test_an_empty_folder_in_the_site_is_removed(project: Path, built: Build) -> None:
    built()
    (project / "site/empty/below").mkdir(parents=True)
    built()
    assert not (project / "site/empty").exists()


def test_two_sites_of_a_project_do_not_forget_each_other(project: Path) -> None:
    for site in ("site", "other"):
        assert build.run(BuildOptions(Path("content"), Path(site))) == 0
    inode = (project / "site").stat().st_ino
    assert build.run(BuildOptions(Path("content"), Path("site"))) == 0
    assert (project / "site").stat().st_ino == inode
