"""Reading at length: what is kept of files that did not change, and sharing out among processes, change no result."""

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.commands.check import problems_of
from generator.processes import Killed
from generator.store import gather, kept_records
from generator.store.kept_records import KeptRecords
from generator.store.layout import Place
from generator.store.load import Loaded, load
from generator.store.reading import Holding
from generator.text import identifiers
from generator.text.characters import find_forbidden
from generator.text.scripts import disguised_host
from tests.test_faults import GOOD

CONTENT = Path(__file__).parent / "toy_content"
ENTRY = "papers/conf-2025/byron2025good.yaml"
BULK = "papers/conf-2024.jsonl"
ROW = (
    '{"id": "n%d", "title": "T%d", "authors": ["A B"], "venue": "conf-2024", "topics": ["cats"], "added": "2024-01-01"}'
)


class Digest:
    """A content folder with an entry and a file of many, beside which is kept what was read."""

    def __init__(self, folder: Path) -> None:
        self.content, self.kept = folder / "content", folder / "kept"
        shutil.copytree(CONTENT, self.content)
        self.write(ENTRY, GOOD)
        self.write(BULK, "\n".join(ROW % (n, n) for n in range(3)) + "\n")
        self.read()

    def write(self, path: str, text: str) -> None:
        (self.content / path).parent.mkdir(parents=True, exist_ok=True)
        (self.content / path).write_text(text, "utf-8")
        long_ago = time.time_ns() - 10**12
        os.utime(self.content / path, ns=(long_ago, long_ago))  # as an edit that hides: same length, same time

    def read(self, version: bytes = b"1") -> Loaded:
        """The folder as it is read with what is kept: the same as without."""
        loaded = load(self.content, KeptRecords(self.kept, self.content, version))
        plainly = load(self.content)
        assert loaded == plainly
        assert problems_of(loaded) == problems_of(plainly)
        return loaded

    def shelves(self) -> list[Path]:
        return [path for path in self.kept.rglob("*") if path.is_file()]


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    return Digest(tmp_path)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are parsed from now on."""
    paths: list[str] = []
    really = gather.holding

    def noted(place: Place, data: bytes) -> Holding:
        paths.append(place.path)
        return really(place, data)

    monkeypatch.setattr(gather, "holding", noted)
    return paths


def _with_kept(digest: Digest) -> Loaded:
    return load(digest.content, KeptRecords(digest.kept, digest.content, b"1"))


def test_what_did_not_change_is_not_parsed_again(digest: Digest, parsed: list[str]) -> None:
    plainly = load(digest.content)
    parsed.clear()
    assert _with_kept(digest) == plainly
    assert parsed == []


@pytest.mark.parametrize("young", [0, 10**12])
def test_an_edit_is_seen_however_it_hides(
    digest: Digest, parsed: list[str], monkeypatch: pytest.MonkeyPatch, young: int
) -> None:
    monkeypatch.setattr(kept_records, "_YOUNG", young)  # known again by stamp, or by hash
    digest.read()
    digest.write(ENTRY, GOOD.replace("A good", "A best"))
    digest.write(BULK, (digest.content / BULK).read_text("utf-8").replace("T1", "U1"))
    parsed.clear()
    titles = {paper.id: paper.title for paper in _with_kept(digest).content.papers}
    assert (titles["byron2025good"], titles["n1"]) == ("A best title", "U1")
    assert sorted(parsed) == sorted([ENTRY, BULK])
    digest.read()


def test_a_touched_file_is_known_by_its_bytes(digest: Digest, parsed: list[str]) -> None:
    (digest.content / ENTRY).touch()
    shutil.copy(digest.content / BULK, digest.content / "other")
    (digest.content / "other").replace(digest.content / BULK)
    _with_kept(digest)
    assert parsed == []


def test_what_comes_goes_and_moves_is_noticed(digest: Digest) -> None:
    there = digest.content / "papers/conf-2024/byron2025good.yaml"
    there.parent.mkdir(exist_ok=True)
    (digest.content / ENTRY).rename(there)
    assert [problem.code for problem in problems_of(digest.read())] == ["E306"]
    there.unlink()
    (digest.content / BULK).unlink()
    digest.read()
    digest.write(ENTRY, GOOD)
    assert "byron2025good" in {paper.id for paper in digest.read().content.papers}


def test_faults_are_told_each_time_at_the_same_place(digest: Digest) -> None:
    digest.write("papers/conf-2025/bad.yaml", GOOD.replace("2025-05-02", "yesterday"))
    digest.write("papers/conf-2025/twice.yaml", "a: 1\na: 2\n")
    digest.write("papers/conf-2025/n2.yaml", "id: n2\n" + GOOD.replace("A good", "Another"))
    digest.write("papers/conf-2025.jsonl", ROW % (7, 7) + "\n{}\nnull\n" + ROW % (2, 2))
    first, second = digest.read(), digest.read()
    found = [(p.path.rpartition("/")[2], p.line, p.column, p.code) for p in second.problems]
    assert first.problems == second.problems
    assert {("bad.yaml", 8, 8, "E205"), ("n2.yaml", 1, 5, "E303"), ("n2.yaml", 1, 1, "E201")} <= set(found)
    assert {("conf-2025.jsonl", 4, 8, "E303"), ("twice.yaml", 2, 1, "E102")} <= set(found)


def test_what_is_damaged_cut_or_foreign_counts_as_nothing(digest: Digest, parsed: list[str]) -> None:
    def is_read_anew() -> bool:
        parsed.clear()
        digest.read()
        return len(parsed) == 2 * len(set(parsed))  # with what is kept, and without

    for spoil in (
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: b"\0" * 16 + data[16:],
    ):
        assert not is_read_anew()
        for shelf in digest.shelves():
            shelf.write_bytes(spoil(shelf.read_bytes()))
        assert is_read_anew()
    parsed.clear()
    digest.read(version=b"2")  # what another program kept
    assert len(parsed) == 2 * len(set(parsed))


def test_nothing_is_left_of_what_is_gone(digest: Digest) -> None:
    before = len(digest.shelves())
    (digest.content / BULK).unlink()
    (digest.shelves()[0].parent / "x.records.4711").write_bytes(b"torn")
    digest.read()
    assert len(digest.shelves()) == before - 1


def test_what_cannot_be_kept_is_no_matter(digest: Digest) -> None:
    shutil.rmtree(digest.kept)
    digest.kept.write_text("a file where a folder should be")
    digest.read()


def test_processes_read_as_one_does(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    digest.write("papers/conf-2025/bad.yaml", GOOD.replace("2025-05-02", "yesterday"))
    digest.write("papers/conf-2025.jsonl", ROW % (7, 7) + '\n{"\\ud800": "\\ud800"}\n' + ROW % (2, 2))
    alone = load(digest.content)
    monkeypatch.setattr(gather, "_WORTH", 0)
    monkeypatch.setattr(gather, "cores", lambda: 2)
    assert load(digest.content) == alone
    shutil.rmtree(digest.kept)
    assert _with_kept(digest) == alone
    monkeypatch.setattr(gather, "together", _killed)
    assert load(digest.content) == alone


def _killed(*_: object) -> None:
    raise Killed


@given(st.from_regex(identifiers._PLAIN_ADDRESS, fullmatch=True))
def test_a_plain_address_would_stand_a_closer_look(address: str) -> None:
    assert identifiers._is_whole_address(address)


@given(st.text(alphabet="aé\t\n\u200c\u200d\ufe0f\ufe00\u0627\u00ad\U0001f468", max_size=8))
def test_what_is_suspect_is_looked_at(text: str) -> None:
    """A character that some rule forbids in some place is found by that rule, whatever was asked first."""
    plain = bool(re.fullmatch("[aé\n\u0627\U0001f468]*", text))
    assert not (plain and find_forbidden(text))
    assert find_forbidden(text) or not re.search("[\t\u00ad]", text)


@pytest.mark.parametrize("address", ["https://[example.org/a", "https://é]example.org", "https://[é"])
def test_an_address_that_no_browser_follows_is_no_disguise(address: str) -> None:
    assert disguised_host(address) == ""
