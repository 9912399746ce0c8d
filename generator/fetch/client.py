"""A polite client: identifies itself, pauses between requests, retries a few times, and accepts only whole answers.

What it holds to: https://www.rfc-editor.org/rfc/rfc9110#name-retry-after, and the terms named in ``sites``.
"""

import errno
import logging
import os
import socket
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx2

from generator.fetch.cache import FRESH, Cache
from generator.fetch.deadline import Deadline
from generator.fetch.public import NotPublic, only_public

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REDIRECTS_MOST = 5
_LOG = logging.getLogger("digest.fetch")
_SLOW = 10.0
"""Seconds for an answer that are worth a word even to those who did not ask for details."""
INSIDE = "DIGEST_ASK_INSIDE"
"""The variable by which a maintainer lets the client ask hosts of the local network."""
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})
_NO_NAME = ("Name or service not known", "Temporary failure in name resolution", "No address associated",
            "nodename nor servname", "getaddrinfo failed")  # fmt: skip
_LATE = "the answer did not end in time"


class FetchFailed(Exception):
    """There is no trustworthy answer. The message says why, for a person."""


class Offline(FetchFailed):
    """No site can be reached: there is no network, or no name of a host can be looked up."""


class NotThere(FetchFailed):
    """The site answered that it has no such record."""


class _Passing(Exception):
    """A failure that may pass. ``wait`` is how long the site asks to wait, in seconds, or 0."""

    def __init__(self, message: str, wait: float = 0) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True)
class Limits:
    """Seconds to connect, between two pieces, and in all; bytes of an answer; tries; the longest pause in seconds."""

    connect: float = 10
    read: float = 20
    total: float = 60
    size: int = 8 * 1024 * 1024
    tries: int = 5
    pause: float = 120


@dataclass(frozen=True)
class Clock:
    """Time as the client sees it; tests bring their own, and do not sleep."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class Client:
    """Asks sites for records. ``user_agent`` names the project and a contact. With ``inside`` also local hosts."""

    def __init__(
        self,
        user_agent: str,
        cache: Cache,
        limits: Limits = Limits(),
        clock: Clock = Clock(),
        *,
        inside: bool = False,
    ) -> None:
        self._cache, self._limits, self._clock = cache, limits, clock
        self._inside = inside or bool(os.environ.get(INSIDE))
        self._http = httpx2.Client(
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip"},
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            limits=httpx2.Limits(max_keepalive_connections=0),
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(
        self, address: str, pause: float, wrong: Callable[[str], str], fresh: float = FRESH,
        decode: Callable[[bytes], str] | None = None,
    ) -> str:  # fmt: skip
        """The text at ``address``, from the cache or the site. ``pause`` is the site's distance between requests.

        A cached answer serves again for ``fresh`` seconds.

        ``decode`` makes the text of the answer's bytes, which are UTF-8 without it; what it raises is passed on.

        ``wrong`` says what is wrong with a text, or '' if it is what was asked for: only such a text is kept or given.
        Raises ``FetchFailed``; a failure that may pass is tried again, with growing pauses.
        """
        cached = self._cache.answer(address, self._clock.now(), fresh)
        if cached is not None and not wrong(cached):
            return cached
        for number in range(1, self._limits.tries + 1):
            try:
                text = self._try(address, pause, decode)
                if reason := wrong(text):
                    raise FetchFailed(f"{_host(address)}: {reason}")
                self._cache.keep(address, text, self._clock.now())
                return text
            except _Passing as failure:
                wait = max(failure.wait, 2.0 ** (number - 1))
                if number == self._limits.tries or wait > self._limits.pause:
                    raise FetchFailed(_given_up(address, failure, number)) from None
                self._clock.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _try(self, address: str, pause: float, decode: Callable[[bytes], str] | None) -> str:
        origin = address
        for _ in range(_REDIRECTS_MOST + 1):
            answer = self._ask(address, pause)
            if isinstance(answer, bytes):
                return decode(answer) if decode else _utf8(address, answer)
            try:
                address = urljoin(address, answer.address)
                stays = _same_site(origin, address)
            except ValueError:
                raise FetchFailed(f"{_host(origin)}: it sends to a bad address") from None
            if not stays:
                raise FetchFailed(f"{_host(origin)}: it sends to another site, {_host(address)}; not followed")
        raise FetchFailed(f"{_host(origin)}: it sends on and on")

    def _ask(self, address: str, pause: float) -> "bytes | _Redirect":
        turned = self._clock.now()
        with self._cache.turn(_host(address)) as turn:
            since = self._clock.now() - turn.last()
            if 0 <= since < pause:
                self._clock.sleep(pause - since)
            started = self._clock.now()
            turn.record(started)
            try:
                return self._asked(address)
            finally:
                log_duration(address, self._clock.now() - started, max(0.0, started - turned))

    def _asked(self, address: str) -> "bytes | _Redirect":
        with Deadline(self._limits.total) as deadline:
            trace = deadline.trace if self._inside else only_public(deadline.trace)
            try:
                with self._http.stream("GET", address, extensions={"trace": trace}) as response:
                    answer = self._read(response)
            except NotPublic:
                raise FetchFailed(f"{_host(address)}: it is no public host; {INSIDE}=1 allows it") from None
            except httpx2.TimeoutException:
                raise _Passing("no answer in time") from None
            except httpx2.HTTPError as error:
                if _is_offline(error):
                    raise Offline(
                        f"{_host(address)} cannot be reached: there is no network connection, or no such host"
                    ) from None
                broke = f"the connection broke ({type(error).__name__})"
                raise _Passing(_LATE if deadline.passed else broke) from None
            except (httpx2.InvalidURL, ValueError) as error:  # the latter for a redirect such as ``:a:b``
                raise FetchFailed(f"{_host(address)}: a bad address ({error})") from None
            if deadline.passed:  # a body without a stated length looks whole when it is cut
                raise _Passing(_LATE)
            return answer

    def _read(self, response: httpx2.Response) -> "bytes | _Redirect":
        status = response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return _Redirect(response.headers["location"])
        if status in (404, 410):
            raise NotThere(f"{response.url.host}: it has no such record")
        if status in _PASSING:
            wait = retry_after(response.headers.get("retry-after", ""), self._clock.now())
            raise _Passing(f"it answered {status}", wait)
        if status != 200:
            raise FetchFailed(f"{response.url.host}: it answered {status}")
        data = self._body(response)
        if not data.strip():
            raise _Passing("the answer was empty")
        return data

    def _body(self, response: httpx2.Response) -> bytes:
        """The body, unpacked, within the limit of size. A packed body that ends too early is not whole."""
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in ("identity", "gzip"):
            raise FetchFailed(f"{response.url.host}: it packed the answer as {coding}, which was not asked for")
        body = bytearray()
        pieces = response.iter_raw()
        for piece in _unpacked(pieces, self._limits.size) if coding == "gzip" else pieces:
            body += piece
            if len(body) > self._limits.size:
                raise FetchFailed(f"{response.url.host}: the answer is larger than {self._limits.size:,} bytes")
        return bytes(body)


def _unpacked(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    """What gzip packed, of which there may be several members one after another (RFC 1952, 2.2).

    A piece gives at most a little more than ``most`` bytes. Raises _Passing for what is damaged or not whole.
    """
    unpack = zlib.decompressobj(wbits=31)
    begun = False
    for piece in pieces:
        rest = piece
        while rest:
            if unpack.eof:  # zeros may fill up the end
                rest = rest.lstrip(b"\0")
                unpack, begun = zlib.decompressobj(wbits=31), False
                continue
            begun = True
            try:
                yield unpack.decompress(rest, most + 1)
            except zlib.error:
                raise _Passing("the packed answer is damaged") from None
            rest = unpack.unused_data
    if begun and not unpack.eof:
        raise _Passing("the packed answer ends too early")


@dataclass(frozen=True)
class _Redirect:
    address: str


def _is_offline(error: BaseException | None) -> bool:
    """Whether the cause of an error is that a host's name cannot be looked up, or that there is no way to it."""
    while error is not None:
        if isinstance(error, socket.gaierror) or getattr(error, "errno", None) in _NO_WAY:
            return True
        if isinstance(error, httpx2.ConnectError) and any(text in str(error) for text in _NO_NAME):
            return True
        error = error.__cause__ or error.__context__
    return False


def log_duration(address: str, took: float, waited: float) -> None:
    """Log how many seconds an answer took, behind the polite wait; a slow one so that everybody sees it."""
    slow = "slow: " if took >= _SLOW else ""
    _LOG.log(logging.INFO if slow else logging.DEBUG, "%s%s (%.1f s, waited %.1f s)", slow, address, took, waited)


def retry_after(header: str, now: float) -> float:
    """The seconds that a Retry-After header asks to wait, in either of its forms; 0 if it says nothing readable."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):  # the latter for a zone that is no number of C's
        return 0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.fromtimestamp(now, UTC)).total_seconds())


def _same_site(origin: str, address: str) -> bool:
    """Whether scheme, host and port agree; from http to https is a step up."""
    here, there = urlsplit(origin), urlsplit(address)
    if (here.scheme, here.netloc) == (there.scheme, there.netloc):
        return True
    upgraded = (here.scheme, there.scheme) == ("http", "https") and here.port is None and there.port is None
    return upgraded and here.hostname == there.hostname


def _utf8(address: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise FetchFailed(f"{_host(address)}: the answer is not UTF-8") from None


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _given_up(address: str, failure: _Passing, number: int) -> str:
    hint = f"; it asks to wait {failure.wait:,.0f} s, so try again later" if failure.wait else ""
    times = f"{number} times" if number > 1 else "once"
    return f"{_host(address)}: {failure}; tried {times}{hint}"
