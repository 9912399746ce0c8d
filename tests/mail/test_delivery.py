"""Delivery through a real SMTP server on this machine: each recipient gets one message, also after a kill."""

import os
import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from generator.mail.delivery import Delivery, Letter
from generator.mail.journal import Journal
from tests.support.mail import mail_command, mail_project
from tests.support.smtp import Box, local_account

KEY = b"k" * 32
RECIPIENTS = int(os.environ.get("DIGEST_RECIPIENTS", "120"))
ADDRESSES = [f"reader{number}@example.org" for number in range(RECIPIENTS)]


def _delivery(port: int, journal: Journal, **options: Any) -> Delivery:
    return Delivery(local_account(port), "digest@toy.example", journal, pauses=(0.01,), **options)


def _letters(*addresses: str, text: bytes = b"Subject: x\r\n\r\nhello\r\n") -> list[Letter]:
    return [Letter(recipient=address, make=lambda: text) for address in addresses]


def test_every_recipient_gets_one_message_over_two_runs(box: Box, port: int, tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal", KEY) as journal:
        first = _delivery(port, journal).send(_letters("a@x.org", "b@x.org"))
    with Journal(tmp_path / "a.journal", KEY) as journal:
        second = _delivery(port, journal).send(_letters("a@x.org", "b@x.org", "c@x.org"))
    assert (first.sent, second.sent, second.sent_before) == (
        ["a@x.org", "b@x.org"],
        ["c@x.org"],
        ["a@x.org", "b@x.org"],
    )
    assert Counter(address for address, _ in box.accepted) == {"a@x.org": 1, "b@x.org": 1, "c@x.org": 1}
    assert first.is_complete
    assert "x.org" not in (tmp_path / "a.journal").read_text("utf-8")


@pytest.mark.parametrize(
    "text", [b"a\r\n.\r\nRCPT TO:<x@y.org>\r\n", b".", b"..a\r\n.b\r\n", b"no end", b"a\n.\nb\r\n"]
)
def test_a_message_cannot_contain_its_own_end(box: Box, port: int, tmp_path: Path, text: bytes) -> None:
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("a@x.org", "b@x.org", text=text)).is_complete
    expected = text.replace(b"\r\n", b"\n").removesuffix(b"\n").replace(b"\n", b"\r\n")
    assert [(address, content.removesuffix(b"\r\n")) for address, content in box.accepted] == [
        ("a@x.org", expected), ("b@x.org", expected)
    ]  # fmt: skip


def test_temporary_rejections_are_retried_and_permanent_ones_recorded(box: Box, port: int, tmp_path: Path) -> None:
    box.answers = {"busy@x.org": ["450 later"], "gone@x.org": ["550 no such"] * 9, "never@x.org": ["451 later"] * 99}
    with Journal(tmp_path / "a.journal", KEY) as journal:
        outcome = _delivery(port, journal).send(_letters("busy@x.org", "gone@x.org", "never@x.org", "a@x.org"))
    assert outcome.sent == ["a@x.org", "busy@x.org"]
    assert outcome.refused == {"gone@x.org": "550 no such"}
    assert outcome.unsent == {"never@x.org": "451 later"}
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("gone@x.org")).refused == {"gone@x.org": "refused before"}


def test_a_rejected_sender_or_text_is_not_recorded_against_recipients(box: Box, port: int, tmp_path: Path) -> None:
    """Once the server works again, everybody gets the message."""
    with Journal(tmp_path / "a.journal", KEY) as journal:
        box.sender = "550 sender not allowed"
        outcome = _delivery(port, journal).send(_letters("a@x.org", "b@x.org"))
        assert (outcome.refused, "sender not allowed" in outcome.reason) == ({}, True)
        box.sender, box.content = "", "554 too much like spam"
        outcome = _delivery(port, journal).send(_letters("a@x.org", "b@x.org"))
        assert (outcome.refused, set(outcome.unsent)) == ({}, {"a@x.org", "b@x.org"})
    box.content = ""
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("a@x.org", "b@x.org")).sent == ["a@x.org", "b@x.org"]


def test_refused_recipients_are_retried_on_request(box: Box, port: int, tmp_path: Path) -> None:
    """Some servers reject the recipient if the sender is at fault."""
    box.answers = {"a@x.org": ["550 sender not allowed"]}
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("a@x.org")).refused == {"a@x.org": "550 sender not allowed"}
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("a@x.org"), again=True).sent == ["a@x.org"]
        assert _delivery(port, journal).send(_letters("a@x.org")).sent_before == ["a@x.org"]


def test_an_uncertain_message_is_repeated_only_on_request(box: Box, port: int, tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal", KEY) as journal:
        journal.begin("a@x.org")
    with Journal(tmp_path / "a.journal", KEY) as journal:
        outcome = _delivery(port, journal).send(_letters("a@x.org"))
        assert (outcome.uncertain, outcome.is_complete, box.accepted) == (["a@x.org"], False, [])
        assert _delivery(port, journal).send(_letters("a@x.org"), again=True).sent == ["a@x.org"]


def test_an_uncertain_message_that_cannot_be_repeated_stays_uncertain(box: Box, port: int, tmp_path: Path) -> None:
    box.answers = {"a@x.org": ["450 later"] * 9}
    with Journal(tmp_path / "a.journal", KEY) as journal:
        journal.begin("a@x.org")
        rejected = _delivery(port, journal).send(_letters("a@x.org"), again=True)
        assert rejected.unsent == {"a@x.org": "450 later"}
        assert _delivery(port, journal).send(_letters("a@x.org")).uncertain == ["a@x.org"]
        unreachable = _delivery(9, journal).send(_letters("a@x.org"), again=True)
        assert (list(unreachable.unsent), unreachable.uncertain) == (["a@x.org"], [])
        assert "127.0.0.1:9" in unreachable.reason


def test_a_recipient_whose_second_attempt_is_uncertain_is_listed_once(box: Box, port: int, tmp_path: Path) -> None:
    box.answers, box.breaks = {"a@x.org": ["450 later"]}, True
    with Journal(tmp_path / "a.journal", KEY) as journal:
        outcome = _delivery(port, journal).send(_letters("a@x.org"))
    assert (outcome.uncertain, outcome.unsent) == (["a@x.org"], {})


def test_a_missing_server_ends_the_run_with_all_unsent(tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal", KEY) as journal:
        outcome = _delivery(9, journal).send(_letters("a@x.org", "b@x.org"))
    assert sorted(outcome.unsent) == ["a@x.org", "b@x.org"]
    assert "127.0.0.1:9" in outcome.reason


def test_a_killed_mailing_resumes_and_reaches_everybody_once(box: Box, port: int, tmp_path: Path) -> None:
    """Two runs are killed by SIGKILL, the third completes the mailing."""
    project = mail_project(tmp_path)
    (project / "list.txt").write_text("\n".join(ADDRESSES) + "\n", "utf-8")
    box.delay = 0.004
    chance = random.Random(5)
    arguments = ("--send", "--to", "list.txt", "--date", "2025-05-02")
    for kill in (1, 2):
        process = mail_command(project, *arguments, DIGEST_SMTP_URL=f"smtp://127.0.0.1:{port}")
        goal = kill * RECIPIENTS // 3
        _wait(lambda goal=goal: len(box.accepted) >= goal)
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        process.communicate()
        assert len(box.accepted) < RECIPIENTS, "the mailing was over before it was killed"
    process = mail_command(project, *arguments, DIGEST_SMTP_URL=f"smtp://127.0.0.1:{port}")
    _, err = process.communicate()
    assert process.returncode == 0, err
    assert Counter(address for address, _ in box.accepted) == Counter(ADDRESSES)
    assert "had it before" in err


def _wait(reached: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "the mailing makes no progress"
        threading.Event().wait(0.002)
