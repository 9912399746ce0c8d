"""The journal of a mailing survives a crash, and reveals no address without its key."""

import hashlib
from pathlib import Path

import pytest

from generator.mail.journal import Journal, JournalBusy, WrongKey, journal_key


def test_an_incomplete_last_line_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    with Journal(path, KEY) as journal:
        journal.begin("a@x.org")
        journal.accept("a@x.org")
    path.write_bytes(path.read_bytes() + b"sent " + journal.address_hash("b@x.org").encode()[:30])
    with Journal(path, KEY) as journal:
        assert (journal.sent, journal.uncertain) == ({journal.address_hash("a@x.org")}, set())
        journal.accept("c@x.org")
    assert path.read_bytes().count(b"\n") == 4


def test_a_journal_without_its_key_reveals_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    with Journal(path, KEY) as journal:
        journal.begin("a@x.org")
        journal.accept("a@x.org")
    assert hashlib.sha256(b"a@x.org").hexdigest() not in path.read_text("utf-8")
    before = path.read_bytes()
    with pytest.raises(WrongKey):
        Journal(path, b"l" * 32)
    assert path.read_bytes() == before
    path.write_text("sent " + hashlib.sha256(b"a@x.org").hexdigest() + "\n", "utf-8")  # as older versions wrote it
    with pytest.raises(WrongKey):
        Journal(path, KEY)


def test_the_key_comes_from_the_secret_or_a_private_file(tmp_path: Path) -> None:
    assert journal_key("one", tmp_path) == journal_key("one", tmp_path) != journal_key("two", tmp_path)
    assert not list(tmp_path.iterdir())
    folder = tmp_path / "mail"
    assert journal_key("", folder) == journal_key("", folder) != journal_key("", tmp_path)
    assert (folder / "key").stat().st_mode & 0o777 == 0o600


def test_a_second_run_cannot_open_the_journal(tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal", KEY), pytest.raises(JournalBusy):
        Journal(tmp_path / "a.journal", KEY)


KEY = b"k" * 32
