"""The cache returns stored bytes or nothing: another version, a shared folder and a damaged file count as empty."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from generator.build.cache import Cache, Change, cache_folder


@contextmanager
def opened(folder: Path | None, version: bytes = b"1") -> Iterator[Cache]:
    cache = Cache(folder, version)
    try:
        yield cache
    finally:
        cache.close()


def _filled(folder: Path) -> Path:
    """A cache with an entry. Returns its file."""
    with opened(folder) as cache:
        cache.put("kind", {"key": b"data" * 5000})
    (path,) = folder.glob("*.sqlite")
    return path


def test_entries_are_stored_by_kind_and_key(tmp_path: Path) -> None:
    with opened(tmp_path / "cache") as cache:
        cache.put("a", {"x": b"1", "y": b"2"})
        cache.put("b", {"x": b"3"})
        assert (cache.get("a", "x"), cache.get("b", "x"), cache.get("b", "y")) == (b"1", b"3", None)
        cache.put("a", {"z": b"4"}, drop=["x", "never there"])
    with opened(tmp_path / "cache") as cache:
        assert cache.all("a") == {"y": b"2", "z": b"4"}
        assert sorted(cache.keys("a")) == ["y", "z"]
        cache.clear()
        assert (cache.all("a"), cache.all("b")) == ({}, {})


def test_a_missing_entry_is_computed_once(tmp_path: Path) -> None:
    values = []

    def make() -> bytes:
        values.append(1)
        return b"made"

    for _ in range(2):
        with opened(tmp_path / "cache") as cache:
            assert cache.get_or_make("a", "x", make) == b"made"
    assert values == [1]


def test_several_changes_are_one_transaction(tmp_path: Path) -> None:
    with opened(tmp_path / "cache") as cache:
        cache.put("a", {"x": b"1"})

        def keys() -> Iterator[str]:
            yield "x"
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            cache.put_all(Change("a", {"y": b"2"}, ["x"]), Change("b", {"z": b"3"}, keys()))
        assert cache.all("a") == {"x": b"1"}
        assert cache.all("b") == {}


def test_another_version_starts_empty_and_deletes_the_first(tmp_path: Path) -> None:
    path = _filled(tmp_path / "cache")
    with opened(tmp_path / "cache", b"2") as cache:
        assert cache.all("kind") == {}
        cache.put("kind", {"key": b"other"})
    assert not path.exists()
    with opened(tmp_path / "cache") as cache:
        assert cache.get("kind", "key") is None


@pytest.mark.parametrize("spoil", ["cut", "empty", "no database", "no table", "other table", "a folder"])
def test_a_damaged_file_counts_as_empty_and_is_created_again(spoil: str, tmp_path: Path) -> None:
    path = _filled(tmp_path / "cache")
    data = path.read_bytes()
    path.unlink()
    if spoil == "a folder":
        path.mkdir()
    elif spoil.endswith("table"):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"CREATE TABLE {'entries' if spoil == 'other table' else 'x'} (a)")
    else:
        path.write_bytes({"cut": data[:3000], "empty": b"", "no database": b"no database" * 100}[spoil])
    with opened(tmp_path / "cache") as cache:
        assert cache.get("kind", "key") is None
        assert cache.all("kind") == {}
        cache.put("kind", {"key": b"again"})
        assert cache.get("kind", "key") == (None if spoil == "a folder" else b"again")


def test_a_file_that_another_command_locks_is_not_deleted(tmp_path: Path) -> None:
    path = _filled(tmp_path / "cache")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # the state of a file that is being created
        connection.execute("BEGIN")
        connection.execute("SELECT * FROM entries").fetchall()
        with opened(tmp_path / "cache") as cache:
            assert cache.get("kind", "key") is None
    with opened(tmp_path / "cache") as cache:
        assert cache.get("kind", "key") == b"data" * 5000


@pytest.mark.parametrize("how", ["others may write", "a link", "a file", "not writable"])
def test_a_folder_that_is_not_private_is_not_used(how: str, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    _filled(folder)
    if how == "others may write":
        folder.chmod(0o777)
    elif how == "a link":
        folder.rename(tmp_path / "there")
        folder.symlink_to(tmp_path / "there")
    elif how == "a file":
        folder.rename(tmp_path / "there")
        folder.write_text("x", "utf-8")
    else:
        folder = Path("/dev/null/cache")
    with opened(folder) as cache:
        assert cache.get("kind", "key") is None
        cache.put("kind", {"key": b"x"})
        assert cache.get("kind", "key") is None


def test_nothing_is_stored_without_a_folder() -> None:
    with opened(None) as cache:
        cache.put("kind", {"key": b"x"})
        assert cache.get("kind", "key") is None
        assert cache.get_or_make("kind", "key", lambda: b"made") == b"made"


def test_each_project_has_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_CACHE", str(tmp_path / "caches"))
    one, other = cache_folder(tmp_path / "one"), cache_folder(tmp_path / "other")
    assert one != other
    assert {folder.parent for folder in (one, other)} == {tmp_path / "caches"}
    monkeypatch.chdir(tmp_path)
    assert cache_folder(Path("one")) == one
    monkeypatch.delenv("DIGEST_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    if os.name == "posix" and os.uname().sysname == "Linux":
        assert cache_folder(tmp_path / "one").is_relative_to(tmp_path / "user")
