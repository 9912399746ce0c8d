"""Neither the cache of unchanged files nor several processes change what is read."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from generator.build.cache import Cache
from generator.build.executors import WorkerLost
from generator.commands.check import problems_of
from generator.store import gather
from generator.store.layout import ContentFile
from generator.store.load import Loaded, load
from generator.store.reading import FileRecords, read_records
from tests.conftest import TOY
from tests.model.test_faults import GOOD

CONTENT = TOY
ENTRY = "papers/conf-2025/byron2025good.yaml"
BULK = "papers/conf-2024.jsonl"
ROW = (
    '{"id": "n%d", "title": "T%d", "authors": ["A B"], "venue": "conf-2024", "topics": ["cats"], "added": "2024-01-01"}'
)


class Digest:
    """A content folder with an entry and a JSON Lines file, and a cache beside it."""

    def __init__(self, folder: Path) -> None:
        self.content, self.cached = folder / "content", folder / "cache"
        shutil.copytree(CONTENT, self.content)
        self.write(ENTRY, GOOD)
        self.write(BULK, "\n".join(ROW % (n, n) for n in range(3)) + "\n")
        self.read()

    def write(self, path: str, text: str) -> None:
        (self.content / path).parent.mkdir(parents=True, exist_ok=True)
        (self.content / path).write_text(text, "utf-8")
        long_ago = time.time_ns() - 10**12
        os.utime(
            self.content / path, ns=(long_ago, long_ago)
        )  # an edit that only the bytes show: same length, same time

    def read(self, version: bytes = b"1") -> Loaded:
        """Read the folder with the cache, and compare with reading it without."""
        loaded = self.load(version)
        uncached = load(self.content)
        assert loaded == uncached
        assert problems_of(loaded) == problems_of(uncached)
        return loaded

    def load(self, version: bytes = b"1") -> Loaded:
        cache = Cache(self.cached, version)
        try:
            return load(self.content, cache)
        finally:
            cache.close()

    def cached_files(self) -> int:
        """How many files of records the cache holds."""
        (path,) = self.cached.glob("*.sqlite")
        with closing(sqlite3.connect(path)) as connection:
            return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    return Digest(tmp_path)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are parsed from now on."""
    paths: list[str] = []

    def recorded(place: ContentFile, data: bytes) -> FileRecords:
        paths.append(place.path)
        return read_records(place, data)

    monkeypatch.setattr(gather, "read_records", recorded)
    return paths


def test_an_unchanged_file_is_not_parsed_again(digest: Digest, parsed: list[str]) -> None:
    uncached = load(digest.content)
    parsed.clear()
    assert digest.load() == uncached
    assert parsed == []


@pytest.mark.parametrize("min_age", [0, 10**12])
def test_an_edit_is_noticed_even_with_equal_size_and_time(
    digest: Digest, parsed: list[str], monkeypatch: pytest.MonkeyPatch, min_age: int
) -> None:
    monkeypatch.setattr(gather, "MIN_AGE", min_age)  # known again by stamp, or by hash
    digest.read()
    digest.write(ENTRY, GOOD.replace("A good", "A best"))
    digest.write(BULK, (digest.content / BULK).read_text("utf-8").replace("T1", "U1"))
    parsed.clear()
    titles = {paper.id: paper.title for paper in digest.load().content.papers}
    assert (titles["byron2025good"], titles["n1"]) == ("A best title", "U1")
    assert sorted(parsed) == sorted([ENTRY, BULK])
    digest.read()


def test_a_touched_file_is_recognized_by_its_bytes(digest: Digest, parsed: list[str]) -> None:
    (digest.content / ENTRY).touch()
    shutil.copy(digest.content / BULK, digest.content / "other")
    (digest.content / "other").replace(digest.content / BULK)
    digest.load()
    assert parsed == []


def test_added_removed_and_moved_files_are_noticed(digest: Digest) -> None:
    there = digest.content / "papers/conf-2024/byron2025good.yaml"
    there.parent.mkdir(exist_ok=True)
    (digest.content / ENTRY).rename(there)
    assert [problem.code for problem in problems_of(digest.read())] == ["E306"]
    there.unlink()
    (digest.content / BULK).unlink()
    digest.read()
    digest.write(ENTRY, GOOD)
    assert "byron2025good" in {paper.id for paper in digest.read().content.papers}


def test_faults_are_reported_each_time_at_the_same_position(digest: Digest) -> None:
    digest.write("papers/conf-2025/bad.yaml", GOOD.replace("2025-05-02", "yesterday"))
    digest.write("papers/conf-2025/twice.yaml", "a: 1\na: 2\n")
    digest.write("papers/conf-2025/n2.yaml", "id: n2\n" + GOOD.replace("A good", "Another"))
    digest.write("papers/conf-2025.jsonl", ROW % (7, 7) + "\n{}\nnull\n" + ROW % (2, 2))
    first, second = digest.read(), digest.read()
    problems = [(p.path.rpartition("/")[2], p.line, p.column, p.code) for p in second.problems]
    assert first.problems == second.problems
    assert {("bad.yaml", 8, 8, "E205"), ("n2.yaml", 1, 5, "E303"), ("n2.yaml", 1, 1, "E201")} <= set(problems)
    assert {("conf-2025.jsonl", 4, 8, "E303"), ("twice.yaml", 2, 1, "E102")} <= set(problems)


def test_damaged_or_foreign_cache_entries_are_ignored(digest: Digest, parsed: list[str]) -> None:
    def is_read_anew(version: bytes = b"1") -> bool:
        parsed.clear()
        digest.read(version)
        return len(parsed) == 2 * len(set(parsed))  # with the cache, and without

    def spoil_file(spoil: Callable[[bytes], bytes]) -> None:
        for path in digest.cached.glob("*.sqlite*"):
            path.write_bytes(spoil(path.read_bytes()))

    def spoil_entries(data: bytes) -> None:
        (path,) = digest.cached.glob("*.sqlite")
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE entries SET data = ?", (data,))

    for spoil in (lambda data: data[: len(data) // 2], lambda _: b"no database", lambda data: b"\0" * 16 + data[16:]):
        assert not is_read_anew()
        spoil_file(spoil)
        assert is_read_anew()
    for data in (b"", b"\xc1", b"\x93\xa0\xa0\xa0"):
        assert not is_read_anew()
        spoil_entries(data)
        assert is_read_anew()
    assert is_read_anew(b"2")  # of another program


def test_the_cache_forgets_removed_files(digest: Digest) -> None:
    before = digest.cached_files()
    (digest.content / BULK).unlink()
    digest.read()
    assert digest.cached_files() == before - 1


def test_a_cache_that_cannot_be_written_changes_no_result(digest: Digest) -> None:
    shutil.rmtree(digest.cached)
    digest.cached.write_text("a file where a folder should be")
    digest.read()


def test_several_processes_read_the_same_records_as_one(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    digest.write("papers/conf-2025/bad.yaml", GOOD.replace("2025-05-02", "yesterday"))
    digest.write("papers/conf-2025.jsonl", ROW % (7, 7) + '\n{"\\ud800": "\\ud800"}\n' + ROW % (2, 2))
    alone = load(digest.content)
    monkeypatch.setattr(gather, "PARALLEL_FROM", 0)
    monkeypatch.setattr(gather, "cores", lambda: 2)
    assert load(digest.content) == alone
    shutil.rmtree(digest.cached)
    assert digest.load() == alone
    monkeypatch.setattr(gather, "run_parallel", _killed)
    assert load(digest.content) == alone


def _killed(*_: object) -> None:
    raise WorkerLost
