"""An SMTP server that keeps messages and answers as a test wants."""

import socket
import time
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from generator.mail.server import Account, parse_account


class Box:
    """What the server took, and what it answers to whom: to recipients, to every sender, and to every text."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, bytes]] = []
        self.answers: dict[str, list[str]] = {}
        self.sender = self.content = ""
        self.delay = 0.0
        self.breaks = False  # whether the connection ends instead of the answer to a text

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
        if self.breaks:
            server.transport.abort()
        self.accepted += [(address, envelope.content) for address in envelope.rcpt_tos]
        time.sleep(self.delay)
        return "250 taken"


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


def local_account(port: int) -> Account:
    account = parse_account(f"smtp://127.0.0.1:{port}", "", "")
    assert isinstance(account, Account)
    return account


def check_password(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == b"right", handled=data.password == b"right")


def start_tls_server(controller: Controller) -> None:
    """Start a server that speaks TLS at once; the library's own trial connection does not trust the certificate."""
    controller._trigger_server = lambda: socket.create_connection(("127.0.0.1", controller.port), 1).close()  # type: ignore[method-assign]
    controller.start()
