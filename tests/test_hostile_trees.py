"""What a repository carries is never taken for what the program keeps: forged caches, folders of output, links.

Nothing outside the site is read into it, written or deleted, and nobody else's cache is believed.
"""

import os
import shutil
import subprocess
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from generator.build.cache import Cache, cache_folder
from generator.build.version import program_version
from generator.commands import build, rollback
from generator.commands.build_options import BuildOptions
from generator.drafting.evidence import load_sources
from generator.fetch.cache import ResponseCache
from generator.mail.journal import journal_key
from generator.site.publish import MARKER, MARKER_FILE
from tests.support.engine import files_of
from tests.test_rebuilds import built, project

__all__ = ["built", "project"]

DOGS = "papers/conf-2025/zhu2025dogs.yaml"
EVIL = b'<a href="javascript:alert(1)">evil</a>'


def _build(site: str = "site") -> int:
    return build.run(BuildOptions(Path("content"), Path(site)))


def _outside(project: Path) -> Path:
    """A folder beside the project, with the only copy of something."""
    outside = project.with_name("outside")
    outside.mkdir()
    for name in ("index.html", "precious.txt"):
        (outside / name).write_text("the only copy", "utf-8")
    return outside


def _forged_cache(project: Path) -> Path:
    """The cache of the project as its own build makes it, but with a record of a dog that no codec would let pass."""
    assert _build() == 0
    folder = cache_folder(Path())
    cache = Cache(folder, program_version())
    for table in ("trace", "value", *_record_kinds(cache)):
        entries = {key: data.replace(b"Dogs that fetch", b"javascript:evil") for key, data in cache.all(table).items()}
        cache.put(table, entries)
    cache.close()
    shutil.rmtree(project / "site")
    return folder


def _record_kinds(cache: Cache) -> list[str]:
    assert cache._connection
    return [kind for (kind,) in cache._connection.execute("SELECT DISTINCT kind FROM entries")]


@pytest.mark.parametrize("place", [".cache", "build/records", ".digest"])
def test_a_cache_in_the_repository_is_no_cache(place: str, project: Path) -> None:
    forged = _forged_cache(project)
    target = project / place / forged.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(forged, target)
    for path in target.glob("*.sqlite"):
        shutil.copy(path, target.parent)
    before = files_of(target.parent)
    assert _build() == 0
    assert "Dogs that fetch" in (project / "site/papers/zhu2025dogs/index.html").read_text("utf-8")
    assert not any(b"javascript:evil" in data for data in files_of(project / "site").values())
    assert files_of(target.parent) == before


def test_a_list_of_files_in_the_repository_deletes_none_of_them(
    project: Path, built: Callable[[], dict[str, bytes]]
) -> None:
    """Earlier versions kept the paths of the site's files in ``.site.state``, and deleted those that were not built."""
    outside = _outside(project)
    paths = b"\0".join([b"../../outside/precious.txt", b"../mkdocs.yml", b""])
    (project / ".site.state").write_bytes(msgspec.msgpack.encode({"made_from": "x", "paths": paths, "held": bytes(64)}))
    for name in (".site.state", "build/records/papers"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_bytes(paths)
    built()
    assert files_of(outside).keys() == {"index.html", "precious.txt"}
    assert (project / "mkdocs.yml").is_file()


@pytest.mark.parametrize("name", ["site", "site.previous", ".site.spare", ".site.aside", ".site.1.building"])
@pytest.mark.parametrize("what", ["marked", "unmarked"])
def test_trees_in_the_repository_add_nothing_to_a_site_and_lead_nowhere(
    name: str, what: str, project: Path, built: Callable[[], dict[str, bytes]]
) -> None:
    outside = _outside(project)
    tree = project / name
    (tree / "papers/zhu2025dogs").mkdir(parents=True)
    if what != "unmarked":
        (tree / MARKER).write_bytes(MARKER_FILE.data)
    if what == "marked":
        for link, target in (("index.html", "index.html"), ("topics", ""), ("authors", "")):
            (tree / link).symlink_to(outside / target)
    for path in ("papers/zhu2025dogs/index.html", "evil.html"):
        (tree / path).write_bytes(EVIL)
    if what == "unmarked" and name in {"site", "site.previous", ".site.spare"}:
        before = files_of(project)
        assert _build() == 2
        assert files_of(project) == before
        return
    entry = project / "content" / DOGS
    assert _build() == 0
    entry.write_text(entry.read_text("utf-8").replace("Dogs that", "Dogs that wait or"), "utf-8")
    assert "evil.html" not in built()
    assert set(files_of(outside).values()) == {b"the only copy"}


@pytest.mark.parametrize("name", ["site", "site.previous", ".site.spare"])
def test_a_link_in_place_of_a_tree_leads_to_no_other_folder(name: str, project: Path) -> None:
    outside = _outside(project)
    (project / name).symlink_to(outside)
    assert _build() == 2
    assert files_of(outside).keys() == {"index.html", "precious.txt"}


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def test_a_cache_that_git_tracks_is_ignored(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a workflow keeps it in the project, and a pull request adds one by force."""
    monkeypatch.setenv("DIGEST_CACHE", ".cache/build")
    _forged_cache(project)
    _git(project, "init", "-q")
    _git(project, "add", "-f", ".cache")
    assert _build() == 0
    assert "Dogs that fetch" in (project / "site/papers/zhu2025dogs/index.html").read_text("utf-8")


def test_answers_that_git_tracks_are_not_believed(project: Path) -> None:
    folder = Path(".cache/fetch")
    ResponseCache(folder).store("https://example.org/", "forged", 100.0)
    assert ResponseCache(folder).stored("https://example.org/") == ("forged", 100.0)
    evidence = Path(".cache/evidence")
    evidence.mkdir()
    (evidence / "zhu2025dogs.json").write_text('{"source": "forged"}', "utf-8")
    assert load_sources(evidence)
    journals = Path(".cache/mail")
    key = journal_key("", journals)
    assert journal_key("", journals) == key
    _git(project, "init", "-q")
    _git(project, "add", "-f", ".cache")
    assert ResponseCache(folder).stored("https://example.org/") is None
    assert not load_sources(evidence)
    with pytest.raises(OSError, match="git tracks"):
        journal_key("", journals)


@pytest.mark.parametrize("name", ["site", "site.previous"])
def test_a_forged_site_is_never_rolled_back_to(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its marker file can be committed like any other file."""
    forged = project / name
    forged.mkdir()
    (forged / MARKER).write_bytes(MARKER_FILE.data)
    (forged / "index.html").write_bytes(EVIL)
    assert _build() == 0
    site = files_of(project / "site")
    assert rollback.command(Namespace(site_dir=Path("site"))) == 2
    assert "no build on this machine wrote it" in capsys.readouterr().err
    assert files_of(project / "site") == site


@pytest.mark.parametrize("how", ["others may write", "a link"])
def test_a_cache_that_somebody_else_could_write_is_ignored(how: str, project: Path) -> None:
    folder = _forged_cache(project)
    if how == "a link":
        folder.rename(project / "forged")
        folder.symlink_to(project / "forged")
    else:
        folder.chmod(0o777)
    assert _build() == 0
    assert "Dogs that fetch" in (project / "site/papers/zhu2025dogs/index.html").read_text("utf-8")


def test_an_edited_file_of_the_site_is_noticed_and_never_changes_what_a_rollback_restores(project: Path) -> None:
    versions = []
    entry = project / "content" / DOGS
    for word in ("wait", "sit"):
        entry.write_text(entry.read_text("utf-8").replace("Dogs that", f"Dogs that {word} or"), "utf-8")
        assert _build() == 0
        versions.append(files_of(project / "site"))
    page = project / "site/papers/berg2025many/index.html"
    with page.open("ab") as file:
        file.write(EVIL)
    assert rollback.command(Namespace(site_dir=Path("site"))) == 0
    assert files_of(project / "site") == versions[0]
    assert rollback.command(Namespace(site_dir=Path("site"))) == 0
    assert _build() == 0
    assert files_of(project / "site") == versions[1]
    page = project / "site/papers/berg2025many/index.html"
    seen = page.stat()
    with page.open("r+b") as file:
        file.write(b"<!spoilt")
    os.utime(page, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert _build() == 0
    assert files_of(project / "site") == versions[1]
