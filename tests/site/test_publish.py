"""Publishing swaps complete sites, keeps the previous one, and never touches folders without marker."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.site.publish import (
    MARKER,
    MARKER_FILE,
    TargetRefused,
    build_lock,
    checked_target,
    make_spare,
    publish,
    recover,
    roll_back,
    staging_folder,
)
from tests.conftest import ROOT
from tests.support.command import digest


def _own(folder: Path, text: str = "") -> Path:
    """A marked folder with a page that contains ``text``."""
    folder.mkdir(parents=True)
    (folder / MARKER).write_bytes(MARKER_FILE.data)
    if text:
        (folder / "index.html").write_text(text, "utf-8")
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != MARKER)


# --- one site takes the place of another -------------------------------------------------------------------------


def test_publishing_keeps_the_previous_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("one", "two", "three"):
        built = staging_folder(site)
        (built / "index.html").write_text(name, "utf-8")
        publish(built, site)
        assert (site / "index.html").read_text("utf-8") == name
    assert (tmp_path / "site.previous/index.html").read_text("utf-8") == "two"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.spare", "site", "site.previous"]
    assert roll_back(site)
    assert (site / "index.html").read_text("utf-8") == "two"
    assert roll_back(site)
    assert (site / "index.html").read_text("utf-8") == "three"


def test_the_site_before_the_previous_one_becomes_the_spare_folder(tmp_path: Path) -> None:
    """The next build writes into it. If that build fails, all three folders are still there."""
    site = tmp_path / "site"
    for name in ("one", "two", "three", "four"):
        built = staging_folder(site)
        (built / name).write_text(name, "utf-8")
        publish(built, site)
    assert _names(site) == ["four", "one"]  # the first was built into again
    make_spare(staging_folder(site), site)
    files = {path.name: _names(path) for path in tmp_path.iterdir()}
    assert files == {"site": ["four", "one"], "site.previous": ["three"], ".site.spare": ["two"]}


def test_a_rollback_needs_a_previous_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert not roll_back(site)
    site.mkdir()
    for name in ("one", "two"):
        built = staging_folder(site)
        (built / name).write_text(name, "utf-8")
        publish(built, site)
        assert roll_back(site) == (name == "two")
    assert _names(site) == ["one"]
    assert {path.name for path in tmp_path.iterdir()} == {"site", "site.previous"}


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    site, locks = tmp_path / "site", tmp_path / "locks"
    order = []

    def second() -> None:
        with build_lock(site, locks):
            order.append("second")

    with build_lock(site, locks):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_files_of_a_killed_build_are_reused(tmp_path: Path) -> None:
    """The next build checks which of them are intact. An unmarked folder stays."""
    for number in (999999998, 999999999):
        _own(tmp_path / f".site.{number}.building")
    (tmp_path / ".site.999999997.building").mkdir()
    (tmp_path / ".site.999999997.building/theirs").touch()
    recover(tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.999999997.building", ".site.spare"]


@pytest.mark.parametrize(
    ("there", "then"),
    [
        ({".site.aside": "old"}, {"site": "old"}),
        ({"site": "new", ".site.aside": "old"}, {"site": "new", "site.previous": "old"}),
        ({"site": "new", "site.previous": "older", ".site.aside": "old"}, {"site": "new", "site.previous": "older"}),
        ({"site": "new", ".site.previous.aside": "old"}, {"site": "new", "site.previous": "old"}),
    ],
)
def test_a_swap_in_two_steps_that_was_killed_is_undone(
    there: dict[str, str], then: dict[str, str], tmp_path: Path
) -> None:
    """The complete site returns to its place, or to that of the previous site."""
    for name, text in there.items():
        _own(tmp_path / name, text)
    recover(tmp_path / "site")
    assert {path.name: (path / "index.html").read_text("utf-8") for path in tmp_path.iterdir()} == then


# --- what is refused ---------------------------------------------------------------------------------------------


def _theirs(place: Path) -> Path:
    """A folder with a file that ``digest`` did not write."""
    place.mkdir(parents=True)
    (place / "thesis.txt").write_text("the only copy", "utf-8")
    return place


def _all_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def project(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with toy content in the folder ``project``, where commands run. The user's home folder is beside it."""
    project = content.parent / "project"
    project.mkdir()
    content.rename(project / "content")
    for name in ("theme", "mkdocs.yml"):
        (project / name).symlink_to(ROOT / name)
    home = project.parent / "home"
    home.mkdir()
    (home / ".profile").touch()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(project)
    return project


def _file(project: Path) -> str:
    (project / "notes.txt").write_text("notes", "utf-8")
    return "notes.txt"


def _foreign(project: Path) -> str:
    _theirs(project.parent / "documents")
    return "../documents"


def _link_to_foreign(project: Path) -> str:
    (project / "link").symlink_to(_theirs(project.parent / "documents"))
    return "link"


def _link_to_file(project: Path) -> str:
    (project / "link").symlink_to(project / "mkdocs.yml")
    return "link"


def _link_to_content(project: Path) -> str:
    (project / "link").symlink_to(project / "content")
    return "link"


def _marked_around_content(project: Path) -> str:
    (project / MARKER).touch()
    return "."


_REFUSED: dict[str, Callable[[Path], str]] = {
    "a file": _file,
    "a device": lambda _: "/dev/null",
    "files of somebody else": _foreign,
    "a link to files of somebody else": _link_to_foreign,
    "a link to a file": _link_to_file,
    "the root": lambda _: "/",
    "the home": lambda _: "../home",
    "around the home": lambda _: "..",
    "the project": lambda _: ".",
    "the project, though marked": _marked_around_content,
    "the content": lambda _: "content",
    "a link to the content": _link_to_content,
    "in the content": lambda _: "content/site",
    "around the content": lambda project: _around(project, "content"),
    "the theme": lambda _: "theme",
    "in the theme": lambda _: "theme/overrides/site",
}


def _around(project: Path, name: str) -> str:
    (project / "more").mkdir()
    (project / name).rename(project / "more" / name)
    (project / name).symlink_to(project / "more" / name)
    return "more"


@pytest.mark.parametrize("what", _REFUSED)
@pytest.mark.parametrize("command", ["build --site-dir", "generate --out"])
def test_a_target_that_is_not_an_output_folder_is_refused_and_unchanged(
    what: str, command: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = _REFUSED[what](project)
    before, theme = _all_files(project.parent), sorted((ROOT / "theme").rglob("*"))
    name, option = command.split()
    assert digest(name, option, target) == 2
    output = capsys.readouterr().err
    assert target in output
    assert any(hint in output for hint in ("move it away", "move them away", "only for the output", "has no name"))
    assert _all_files(project.parent) == before
    assert sorted((ROOT / "theme").rglob("*")) == theme


@pytest.mark.parametrize("what", ["a file", "files of somebody else", "a link to files of somebody else"])
def test_rollback_refuses_a_target_that_is_not_a_site(
    what: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = _REFUSED[what](project)
    _own((project / target).resolve().with_name(f"{(project / target).resolve().name}.previous"), "before")
    before = _all_files(project.parent)
    assert digest("rollback", "--site-dir", target) == 2
    assert "move" in capsys.readouterr().err
    assert _all_files(project.parent) == before


@pytest.mark.parametrize("beside", ["site.previous", ".site.spare"])
@pytest.mark.parametrize("kind", ["folder", "file", "link"])
@pytest.mark.parametrize("command", ["build", "rollback"])
def test_unmarked_folders_beside_a_site_are_refused(
    beside: str, kind: str, command: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _own(project / "site", "now")
    if kind == "folder":
        _theirs(project / beside)
    elif kind == "file":
        (project / beside).write_text("notes", "utf-8")
    else:
        (project / beside).symlink_to(_theirs(project.parent / "documents"))
    before = _all_files(project.parent)
    assert digest(command) == 2
    assert beside in capsys.readouterr().err
    assert _all_files(project.parent) == before


def test_three_builds_do_not_move_or_delete_unmarked_folders(project: Path) -> None:
    theirs = _theirs(project / "site" / "assets")
    for _ in range(3):
        assert digest("build") == 2
    assert (theirs / "thesis.txt").read_text("utf-8") == "the only copy"
    assert _names(project) == ["content", "mkdocs.yml", "site", "theme"]
    (project / "site").rename(project / "mine")
    entry = project / "content/papers/conf-2025/zhu2025dogs.yaml"
    text = entry.read_text("utf-8")
    for word in ("wait", "sit", "roll"):
        entry.write_text(text.replace("fetch", word), "utf-8")
        assert digest("build", "--quiet") == 0
    assert (project / "mine/assets/thesis.txt").read_text("utf-8") == "the only copy"
    assert _names(project) == [".site.spare", "content", "mine", "mkdocs.yml", "site", "site.previous", "theme"]


def test_a_site_that_is_a_link_is_resolved(project: Path) -> None:
    (project / "site").symlink_to("../web/digest")
    (project.parent / "web").mkdir()
    (project.parent / "web/other.html").touch()
    assert digest("build", "--quiet") == 0
    assert (project / "site").is_symlink()
    assert (project.parent / "web/digest/index.html").is_file()
    assert digest("build", "--quiet", "--preview") == 0
    assert digest("rollback") == 0
    assert (project / "site").is_symlink()
    assert _names(project.parent / "web") == ["digest", "digest.previous", "other.html"]
    assert _names(project) == ["content", "mkdocs.yml", "site", "theme"]


def test_generate_writes_only_into_its_own_folder(project: Path) -> None:
    assert digest("generate") == 0
    (project / "build/docs/left.md").touch()
    assert digest("generate") == 0
    assert not (project / "build/docs/left.md").exists()
    (project / "build/docs" / MARKER).unlink()
    assert digest("generate") == 2


def test_a_message_names_the_target_as_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(_theirs(tmp_path / "there"))
    with pytest.raises(TargetRefused, match=rf"^{tmp_path}/link contains files"):
        checked_target(tmp_path / "link", sources=[])
    assert checked_target(tmp_path / "new", sources=[]) == Path(os.path.realpath(tmp_path)) / "new"
