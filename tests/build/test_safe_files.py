"""Reading and writing files that an attacker may have prepared: limits, links, temporary files, locks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import safe_files
from generator.build.safe_files import (
    TooLarge,
    delete_file,
    is_tracked,
    make_folder,
    open_cache_file,
    read_at_most,
    write_whole,
)


def test_a_file_is_written_if_it_differs_and_only_inside_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "content"
    assert write_whole(inside / "a/b.yaml", b"x", inside)
    assert not write_whole(inside / "a/b.yaml", b"x", inside)
    assert write_whole(inside / "a/b.yaml", b"y", inside)
    assert [path.name for path in tmp_path.rglob("*")] == ["content", "a", "b.yaml"]
    for outside in ("../x", "..", "a/../../x"):
        with pytest.raises((OSError, ValueError)):
            write_whole(inside / outside, b"x", inside)


def test_caches_are_not_written_through_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    victim = tmp_path / "victim"
    victim.write_text("precious\n", "utf-8")
    Path(".cache/mail").mkdir(parents=True)
    Path(".cache/mail/week.journal").symlink_to(victim)
    Path(".cache/fetch").symlink_to(tmp_path)
    for place in (".cache/mail/week.journal", ".cache/fetch/victim", ".cache/fetch/new"):
        with pytest.raises(OSError, match=r"link|symbolic"):
            os.close(open_cache_file(Path(place), os.O_RDWR))
        with pytest.raises(OSError, match="link"):
            write_whole(Path(place), b"x", Path(place).parent)
    assert victim.read_text("utf-8") == "precious\n"
    assert not Path("new").exists()


@pytest.mark.parametrize("pipes", [False, True])
def test_the_error_of_a_folder_names_it(pipes: bool, tmp_path: Path) -> None:
    with pytest.raises(OSError) as caught:  # noqa: PT011
        read_at_most(tmp_path, 10, pipes=pipes)
    assert caught.value.filename == str(tmp_path)


def test_pipes_are_refused_and_devices_are_limited(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        read_at_most(tmp_path / "pipe", 10)
    with pytest.raises(TooLarge):
        read_at_most("/dev/zero", 10, pipes=True)


def test_processes_do_not_wait_on_systems_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "lock").open("w") as first, (tmp_path / "lock").open("w") as second:
        safe_files.lock_file(first.fileno())
        with pytest.raises(BlockingIOError):
            safe_files.lock_file(second.fileno(), wait=False)
        monkeypatch.setitem(sys.modules, "fcntl", None)
        safe_files.lock_file(second.fileno(), wait=False)


def test_a_file_at_the_limit_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_at_most(tmp_path / "a", 5) == b"12345"
    with pytest.raises(TooLarge, match="larger than 4 bytes"):
        read_at_most(tmp_path / "a", 4)


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    target.chmod(0o640)
    assert write_whole(target, b"new", tmp_path)
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_failed_write_names_the_file_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space") as raised:
        write_whole(tmp_path / "folder/a", b"new", tmp_path / "folder")
    assert raised.value.filename == str(tmp_path / "folder/a")
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_folders_and_deletions_do_not_follow_links(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a").touch()
    (tmp_path / "link").symlink_to(tmp_path / "outside")
    with pytest.raises(OSError, match="through a link"):
        make_folder(tmp_path / "link")
    with pytest.raises(OSError, match="through a link"):
        delete_file(tmp_path / "link/a", tmp_path)
    delete_file(tmp_path / "missing/a", tmp_path)
    make_folder(tmp_path / "new")
    (tmp_path / "new/a").touch()
    delete_file(tmp_path / "new/a", tmp_path)
    assert [path.name for path in tmp_path.rglob("a")] == ["a"]


def test_a_folder_is_tracked_once_git_knows_a_file_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    assert not is_tracked(folder)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    folder.mkdir()
    (folder / "a").touch()
    assert not is_tracked(folder)
    subprocess.run(["git", "add", "--force", "cache/a"], cwd=tmp_path, check=True)
    assert is_tracked(folder)
    assert not is_tracked(tmp_path / "other")
