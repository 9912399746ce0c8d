"""Systems without folder handles, such as Windows: links are refused, and a file is written whole or not at all."""

import os
from pathlib import Path

import pytest

from generator.build import plain_files


def test_links_are_refused_and_an_unchanged_file_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside/link").symlink_to(tmp_path / "real")
    with pytest.raises(OSError, match="through a link"):
        plain_files.write_whole(tmp_path / "inside/link/x", b"x", tmp_path / "inside", "{}.part")
    (tmp_path / "inside/file").symlink_to(tmp_path / "real/x")
    with pytest.raises(OSError, match="through a link"):
        plain_files.write_whole(tmp_path / "inside/file", b"x", tmp_path / "inside", "{}.part")
    assert list((tmp_path / "real").iterdir()) == []
    assert plain_files.write_whole(tmp_path / "inside/a/b", b"x", tmp_path / "inside", "{}.part")
    assert not plain_files.write_whole(tmp_path / "inside/a/b", b"x", tmp_path / "inside", "{}.part")
    assert [path.name for path in (tmp_path / "inside/a").iterdir()] == ["b"]


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def fail(_self: Path, _target: Path) -> Path:
        raise PermissionError("in use by another program")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PermissionError):
        plain_files.write_whole(target, b"new", tmp_path, "{}.part")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.txt": b"old"}


def test_folders_are_created_only_if_asked(tmp_path: Path) -> None:
    plain_files.check_folders(tmp_path / "a/b", tmp_path, make=False)
    assert list(tmp_path.iterdir()) == []
    plain_files.check_folders(tmp_path / "a/b", tmp_path, make=True)
    assert (tmp_path / "a/b").is_dir()
    (tmp_path / "a/file").touch()
    with pytest.raises(OSError, match="not a folder"):
        plain_files.check_folders(tmp_path / "a/file/c", tmp_path, make=True)


def test_a_cache_file_is_created_for_this_user_and_never_through_a_link(tmp_path: Path) -> None:
    os.close(plain_files.open_cache_file(tmp_path / "new/a", os.O_RDWR))
    assert (tmp_path / "new/a").stat().st_mode & 0o077 == 0
    (tmp_path / "link").symlink_to(tmp_path / "new/a")
    with pytest.raises(OSError, match="a link"):
        plain_files.open_cache_file(tmp_path / "link", os.O_RDWR)


def test_checking_folders_creates_none(tmp_path: Path) -> None:
    plain_files.check_folders(tmp_path / "a/b/c", tmp_path / "a/b", make=False)
    assert list(tmp_path.iterdir()) == []
