"""Sending: through a real SMTP server on this machine, each recipient once, whatever is killed on the way."""

import gc
import hashlib
import os
import random
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from generator.mail.delivery import Delivery, Letter
from generator.mail.journal import Busy, Journal, WrongKey, journal_key
from generator.mail.server import Access, Server, Unreachable, access
from tests.mail.test_message import mail_command, mail_project

KEY = b"k" * 32
RECIPIENTS = int(os.environ.get("DIGEST_RECIPIENTS", "120"))
ADDRESSES = [f"reader{number}@example.org" for number in range(RECIPIENTS)]


class Box:
    """What the server took, and what it answers to whom: to recipients, to every sender, and to every text."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.answers: dict[str, list[str]] = {}
        self.sender = self.content = ""
        self.delay = 0.0

    async def handle_MAIL(  # noqa: N802 - the name that the server's library asks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender:
            return self.sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answers = self.answers.get(address, [])
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        if self.content:
            return self.content
        self.taken += [(address, envelope.content) for address in envelope.rcpt_tos]
        time.sleep(self.delay)
        return "250 taken"


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def port(box: Box) -> Iterator[int]:
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield controller.port
    controller.stop()


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


def _here(port: int) -> Access:
    where = access(f"smtp://127.0.0.1:{port}", "", "")
    assert isinstance(where, Access)
    return where


def _delivery(port: int, journal: Journal, **options: Any) -> Delivery:
    return Delivery(_here(port), "digest@toy.example", journal, pauses=(0.01,), **options)


def _letters(*addresses: str, text: bytes = b"Subject: x\r\n\r\nhello\r\n") -> list[Letter]:
    return [Letter(recipient=address, make=lambda: text) for address in addresses]


def test_everybody_gets_one_message_even_on_a_second_run(box: Box, port: int, tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal", KEY) as journal:
        first = _delivery(port, journal).send(_letters("a@x.org", "b@x.org"))
    with Journal(tmp_path / "a.journal", KEY) as journal:
        second = _delivery(port, journal).send(_letters("a@x.org", "b@x.org", "c@x.org"))
    assert (first.sent, second.sent, second.before) == (["a@x.org", "b@x.org"], ["c@x.org"], ["a@x.org", "b@x.org"])
    assert Counter(address for address, _ in box.taken) == {"a@x.org": 1, "b@x.org": 1, "c@x.org": 1}
    assert first.is_whole
    assert "x.org" not in (tmp_path / "a.journal").read_text("utf-8")


@pytest.mark.parametrize(
    "text", [b"a\r\n.\r\nRCPT TO:<x@y.org>\r\n", b".", b"..a\r\n.b\r\n", b"no end", b"a\n.\nb\r\n"]
)
def test_no_message_can_end_itself(box: Box, port: int, tmp_path: Path, text: bytes) -> None:
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("a@x.org", "b@x.org", text=text)).is_whole
    wanted = text.replace(b"\r\n", b"\n").removesuffix(b"\n").replace(b"\n", b"\r\n")
    assert [(address, content.removesuffix(b"\r\n")) for address, content in box.taken] == [
        ("a@x.org", wanted), ("b@x.org", wanted)
    ]  # fmt: skip


def test_answers_for_now_are_tried_again_and_those_for_good_are_kept(box: Box, port: int, tmp_path: Path) -> None:
    box.answers = {"busy@x.org": ["450 later"], "gone@x.org": ["550 no such"] * 9, "never@x.org": ["451 later"] * 99}
    with Journal(tmp_path / "a.journal", KEY) as journal:
        outcome = _delivery(port, journal).send(_letters("busy@x.org", "gone@x.org", "never@x.org", "a@x.org"))
    assert outcome.sent == ["a@x.org", "busy@x.org"]
    assert outcome.refused == {"gone@x.org": "550 no such"}
    assert outcome.left == {"never@x.org": "451 later"}
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("gone@x.org")).refused == {"gone@x.org": "refused before"}


def test_what_is_said_against_the_sender_or_the_text_counts_for_no_recipient(
    box: Box, port: int, tmp_path: Path
) -> None:
    """Once the server is mended, everybody gets the message."""
    with Journal(tmp_path / "a.journal", KEY) as journal:
        box.sender = "550 sender not allowed"
        outcome = _delivery(port, journal).send(_letters("a@x.org", "b@x.org"))
        assert (outcome.refused, "sender not allowed" in outcome.reason) == ({}, True)
        box.sender, box.content = "", "554 too much like spam"
        outcome = _delivery(port, journal).send(_letters("a@x.org", "b@x.org"))
        assert (outcome.refused, set(outcome.left)) == ({}, {"a@x.org", "b@x.org"})
    box.content = ""
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("a@x.org", "b@x.org")).sent == ["a@x.org", "b@x.org"]


def test_the_refused_are_tried_again_if_asked(box: Box, port: int, tmp_path: Path) -> None:
    """There are servers that say of a recipient what is the sender's fault."""
    box.answers = {"a@x.org": ["550 sender not allowed"]}
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("a@x.org")).refused == {"a@x.org": "550 sender not allowed"}
    with Journal(tmp_path / "a.journal", KEY) as journal:
        assert _delivery(port, journal).send(_letters("a@x.org"), again=True).sent == ["a@x.org"]
        assert _delivery(port, journal).send(_letters("a@x.org")).before == ["a@x.org"]


def test_an_uncertain_message_is_not_sent_again_unasked(box: Box, port: int, tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal", KEY) as journal:
        journal.begin("a@x.org")
    with Journal(tmp_path / "a.journal", KEY) as journal:
        outcome = _delivery(port, journal).send(_letters("a@x.org"))
        assert (outcome.uncertain, outcome.is_whole, box.taken) == (["a@x.org"], False, [])
        assert _delivery(port, journal).send(_letters("a@x.org"), again=True).sent == ["a@x.org"]


def test_a_torn_line_of_the_journal_counts_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    with Journal(path, KEY) as journal:
        journal.begin("a@x.org")
        journal.done("a@x.org")
    path.write_bytes(path.read_bytes() + b"sent " + journal.hashed("b@x.org").encode()[:30])
    with Journal(path, KEY) as journal:
        assert (journal.sent, journal.open) == ({journal.hashed("a@x.org")}, set())
        journal.done("c@x.org")
    assert path.read_bytes().count(b"\n") == 4


def test_a_journal_tells_nobody_without_its_key_who_has_the_mailing(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    with Journal(path, KEY) as journal:
        journal.begin("a@x.org")
        journal.done("a@x.org")
    assert hashlib.sha256(b"a@x.org").hexdigest() not in path.read_text("utf-8")
    before = path.read_bytes()
    with pytest.raises(WrongKey):
        Journal(path, b"l" * 32)
    assert path.read_bytes() == before
    path.write_text("sent " + hashlib.sha256(b"a@x.org").hexdigest() + "\n", "utf-8")  # as older versions wrote it
    with pytest.raises(WrongKey):
        Journal(path, KEY)


def test_the_key_of_journals_is_that_of_the_secret_or_kept_for_the_owner_alone(tmp_path: Path) -> None:
    assert journal_key("one", tmp_path) == journal_key("one", tmp_path) != journal_key("two", tmp_path)
    assert not list(tmp_path.iterdir())
    folder = tmp_path / "mail"
    assert journal_key("", folder) == journal_key("", folder) != journal_key("", tmp_path)
    assert (folder / "key").stat().st_mode & 0o777 == 0o600


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal", KEY), pytest.raises(Busy):
        Journal(tmp_path / "a.journal", KEY)


def test_no_server_stops_the_run_and_loses_nobody(tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal", KEY) as journal:
        outcome = _delivery(9, journal).send(_letters("a@x.org", "b@x.org"))
    assert sorted(outcome.left) == ["a@x.org", "b@x.org"]
    assert "127.0.0.1:9" in outcome.reason


@pytest.mark.parametrize(
    ("address", "tls"),
    [("smtp://mail.example.org", "start"), ("smtps://mail.example.org", "at once"), ("smtp://127.0.0.1:25", ""),
     ("smtp://[::1]:25", ""), ("smtp://localhost:25", "")],
)  # fmt: skip
def test_only_this_machine_is_trusted_without_tls(address: str, tls: str) -> None:
    where = access(address, "", "")
    assert isinstance(where, Access)
    assert where.tls == tls


@pytest.mark.parametrize("address", ["", "http://x.org", "smtp://", "smtp://user:word@x.org", "smtp://x.org:99999"])
def test_a_wrong_address_of_the_server_is_explained(address: str) -> None:
    assert isinstance(access(address, "", ""), str)


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[ssl.SSLContext]:
    """What a server needs to speak TLS; the authority that vouches for it stands in ``authority.pem``."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    yield context
    gc.collect()  # the server's library leaves connections open whose handshake failed; they are to be named here


LEFT_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def _checked_password(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == b"right", handled=data.password == b"right")


@LEFT_OPEN
def test_over_tls_with_name_and_password(
    box: Box, certified: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate must be one that the machine trusts; a wrong password is said, and nothing is sent."""
    controller = Controller(
        box, hostname="127.0.0.1", port=_free_port(), tls_context=certified, require_starttls=True,
        auth_required=True, authenticator=_checked_password,
    )  # fmt: skip
    controller.start()

    def where(password: str) -> Access:
        return Access(host="localhost", port=controller.port, tls="start", user="ada", password=password)

    try:
        with pytest.raises(Unreachable, match="certificate verify failed"):
            Server(where("right"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        with pytest.raises(Unreachable, match="535"):
            Server(where("wrong"))
        with Journal(tmp_path / "a.journal", KEY) as journal:
            assert Delivery(where("right"), "d@toy.example", journal).send(_letters("a@x.org")).is_whole
    finally:
        controller.stop(no_assert=True)
    assert [address for address, _ in box.taken] == ["a@x.org"]


@LEFT_OPEN
def test_over_tls_at_once(box: Box, certified: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    controller = Controller(box, hostname="127.0.0.1", port=_free_port(), ssl_context=certified)
    _start_quietly(controller)
    where = Access(host="localhost", port=controller.port, tls="at once", user="", password="")
    try:
        with pytest.raises(Unreachable, match="certificate verify failed"):
            Server(where)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        with Journal(tmp_path / "a.journal", KEY) as journal:
            assert Delivery(where, "d@toy.example", journal).send(_letters("a@x.org")).is_whole
    finally:
        controller.stop(no_assert=True)
    assert [address for address, _ in box.taken] == ["a@x.org"]


def _start_quietly(controller: Controller) -> None:
    """Start a server that speaks TLS at once; the library's own trial connection does not trust the certificate."""
    controller._trigger_server = lambda: socket.create_connection(("127.0.0.1", controller.port), 1).close()  # type: ignore[method-assign]
    controller.start()


def test_a_killed_mailing_goes_on_and_reaches_everybody_once(box: Box, port: int, tmp_path: Path) -> None:
    """Two runs are killed by SIGKILL on the way, the third ends the mailing."""
    project = mail_project(tmp_path)
    (project / "list.txt").write_text("\n".join(ADDRESSES) + "\n", "utf-8")
    box.delay = 0.004
    chance = random.Random(5)
    arguments = ("--send", "--to", "list.txt", "--date", "2025-05-02")
    for kill in (1, 2):
        process = mail_command(project, *arguments, DIGEST_SMTP_URL=f"smtp://127.0.0.1:{port}")
        goal = kill * RECIPIENTS // 3
        _wait(lambda goal=goal: len(box.taken) >= goal)
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        process.communicate()
        assert len(box.taken) < RECIPIENTS, "the mailing was over before it was killed"
    process = mail_command(project, *arguments, DIGEST_SMTP_URL=f"smtp://127.0.0.1:{port}")
    _, err = process.communicate()
    assert process.returncode == 0, err
    assert Counter(address for address, _ in box.taken) == Counter(ADDRESSES)
    assert "had it before" in err


def _wait(reached: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "the mailing does not get on"
        threading.Event().wait(0.002)
