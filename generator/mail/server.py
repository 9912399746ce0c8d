"""The connection to the SMTP server for mailings (RFC 5321), with TLS unless the server is on this machine."""

import ipaddress
import smtplib
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

from generator.model.record import record

_TIMEOUT = 30  # seconds
_PERMANENT = 500
"""The least reply code of permanent failures, which are not retried (RFC 5321, 4.2.1)."""
_PORTS = {"smtp": 587, "smtps": 465}  # ports for submission, with STARTTLS and with TLS (RFC 8314)


class Rejected(Exception):
    """The server rejected a message. ``is_permanent`` is true if it rejects the recipient for good."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code, self.is_permanent = code, False


class Unreachable(Exception):
    """The server cannot be reached, has no TLS, or rejects the login or the sender."""


@record
class Account:
    """An account: the address of the server, and the login.

    ``tls`` is 'start' (STARTTLS), 'at once' (TLS from the first byte) or '' (none, for a server on this machine).
    """

    host: str
    port: int
    tls: str
    user: str
    password: str


def parse_account(address: str, user: str, password: str) -> Account | str:
    """Return the account for ``address`` (``smtps://host``, ``smtp://host:port``), or what is wrong with it."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        return str(error)
    if parts.scheme not in _PORTS or not parts.hostname:
        return "it must be smtp://HOST or smtps://HOST, with a port if it is not the usual one"
    if parts.username or parts.password:
        return "name and password belong in DIGEST_SMTP_USER and DIGEST_SMTP_PASSWORD"
    is_plain = _is_local(parts.hostname) and parts.scheme == "smtp"  # the connection stays on this machine
    tls = "at once" if parts.scheme == "smtps" else "" if is_plain else "start"
    return Account(host=parts.hostname, port=port, tls=tls, user=user, password=password)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Connection:
    """A connection to the server of an account."""

    def __init__(self, account: Account) -> None:
        """Connect and log in. Raises Unreachable."""
        try:
            self._smtp = _connect(account)
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise Unreachable(f"{account.host}:{account.port}: {_reason(error)}") from error

    def deliver(self, sender: str, recipient: str, message: bytes, before_end: Callable[[], None]) -> None:
        """Send one message. ``before_end`` is called before the final dot, a line of its own that ends the message.

        Raises Rejected, or Unreachable if the connection is lost or the sender is rejected permanently.
        """
        try:
            self._begin_message(sender, recipient)
            self._command("DATA", "", expected=354)
            # If the connection breaks before the final dot, the server discards the message. If it breaks after the
            # dot, only the server knows whether it has accepted the message.
            self._smtp.send(_dot_stuffed(message))
            before_end()
            self._smtp.send(b".\r\n")
            self._check_reply(*self._smtp.getreply())
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise Unreachable(_reason(error)) from error

    def reset(self) -> None:
        """Reset the session after a rejected message. Raises Unreachable."""
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(_reason(error)) from error

    def close(self) -> None:
        """End the session, if the server still responds."""
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()

    def _begin_message(self, sender: str, recipient: str) -> None:
        """Send sender and recipient. Raises Rejected, but Unreachable for a sender who is rejected permanently."""
        try:
            self._command("MAIL", f"FROM:<{sender}>")
        except Rejected as rejection:
            if rejection.code < _PERMANENT:
                raise
            self._smtp.close()  # every other message would be rejected too
            raise Unreachable(str(rejection)) from rejection
        try:
            self._command("RCPT", f"TO:<{recipient}>")
        except Rejected as rejection:
            # Only a reply to RCPT is about the recipient. One to DATA is about the text, so another run may succeed.
            rejection.is_permanent = rejection.code >= _PERMANENT
            raise

    def _command(self, command: str, argument: str, expected: int = 250) -> None:
        self._check_reply(*self._smtp.docmd(command, argument), expected)

    def _check_reply(self, code: int, reply: bytes, expected: int = 250) -> None:
        """Raise Rejected unless the reply has the expected code."""
        if code not in (expected, expected + 1):  # 251 instead of 250: the server forwards the message
            raise Rejected(code, reply.decode("utf-8", "replace").split("\n")[0])


def _connect(account: Account) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if account.tls == "at once":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(account.host, account.port, timeout=_TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(account.host, account.port, timeout=_TIMEOUT)
    try:
        if account.tls == "start":
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if account.user:
            smtp.login(account.user, account.password)
    except (OSError, UnicodeError):
        smtp.close()
        raise
    return smtp


def _dot_stuffed(message: bytes) -> bytes:
    """Return the message with CRLF line ends, and another dot before lines that begin with a dot (RFC 5321, 4.5.2)."""
    lines = message.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\n")
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        return f"{error.smtp_code} {reply.decode('utf-8', 'replace') if isinstance(reply, bytes) else reply}"
    return str(error) or type(error).__name__
