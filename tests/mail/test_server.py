"""The mail server: its address, and connections over TLS."""

import gc
import ssl
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
import trustme
from aiosmtpd.controller import Controller

from generator.mail.server import Account, Connection, Rejected, Unreachable, parse_account
from tests.support.smtp import Box, check_password, free_port, local_account, start_tls_server


@pytest.mark.parametrize(
    ("address", "tls"),
    [("smtp://mail.example.org", "start"), ("smtps://mail.example.org", "at once"), ("smtp://127.0.0.1:25", ""),
     ("smtp://[::1]:25", ""), ("smtp://localhost:25", "")],
)  # fmt: skip
def test_only_a_local_server_may_lack_tls(address: str, tls: str) -> None:
    account = parse_account(address, "", "")
    assert isinstance(account, Account)
    assert account.tls == tls


@pytest.mark.parametrize("address", ["", "http://x.org", "smtp://", "smtp://user:word@x.org", "smtp://x.org:99999"])
def test_a_wrong_address_has_a_message(address: str) -> None:
    assert isinstance(parse_account(address, "", ""), str)


@pytest.fixture
def server_certificate(tmp_path: Path) -> Iterator[ssl.SSLContext]:
    """The certificate of a server, and in ``authority.pem`` that of the authority that signed it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    yield context
    gc.collect()  # the library leaves connections open after a failed handshake; their warnings belong to this test


def deliver(account: Account) -> None:
    connection = Connection(account)
    connection.deliver("digest@toy.example", "a@x.org", b"Subject: x\r\n\r\nhello\r\n", lambda: None)
    connection.close()


IGNORE_OPEN_SOCKETS = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@IGNORE_OPEN_SOCKETS
def test_starttls_and_login(
    box: Box, server_certificate: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate must be one that the machine trusts. A wrong password is reported, and nothing is sent."""
    controller = Controller(
        box, hostname="127.0.0.1", port=free_port(), tls_context=server_certificate, require_starttls=True,
        auth_required=True, authenticator=check_password,
    )  # fmt: skip
    controller.start()

    def account(password: str) -> Account:
        return Account(host="localhost", port=controller.port, tls="start", user="ada", password=password)

    try:
        with pytest.raises(Unreachable, match="certificate verify failed"):
            Connection(account("right"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        with pytest.raises(Unreachable, match="535"):
            Connection(account("wrong"))
        deliver(account("right"))
    finally:
        controller.stop(no_assert=True)
    assert [address for address, _ in box.accepted] == ["a@x.org"]


@IGNORE_OPEN_SOCKETS
def test_tls_from_the_first_byte(
    box: Box, server_certificate: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), ssl_context=server_certificate)
    start_tls_server(controller)
    account = Account(host="localhost", port=controller.port, tls="at once", user="", password="")
    try:
        with pytest.raises(Unreachable, match="certificate verify failed"):
            Connection(account)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        deliver(account)
    finally:
        controller.stop(no_assert=True)
    assert [address for address, _ in box.accepted] == ["a@x.org"]


def test_before_end_is_called_before_the_final_dot_is_sent(box: Box, port: int) -> None:
    """The journal records the message then: before, it has certainly not arrived."""
    accepted_before: list[int] = []

    def before_end() -> None:
        Event().wait(0.1)  # time for the server to accept a message that has ended
        accepted_before.append(len(box.accepted))

    connection = Connection(local_account(port))
    connection.deliver("d@toy.example", "a@x.org", b"x\r\n", before_end)
    connection.close()
    assert (accepted_before, len(box.accepted)) == ([0], 1)


@pytest.mark.parametrize(("answer", "is_permanent"), [("450 later", False), ("550 no such", True)])
def test_an_answer_to_the_recipient_is_permanent_from_500(answer: str, is_permanent: bool, box: Box, port: int) -> None:
    box.answers = {"a@x.org": [answer]}
    connection = Connection(local_account(port))
    with pytest.raises(Rejected, match=answer) as rejection:
        connection.deliver("d@toy.example", "a@x.org", b"x\r\n", lambda: None)
    assert rejection.value.is_permanent is is_permanent
    connection.reset()
    connection.deliver("d@toy.example", "a@x.org", b"x\r\n", lambda: None)
    connection.close()
