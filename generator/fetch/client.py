"""A polite client: identifies itself, pauses between requests, retries a few times, accepts only complete responses.

It follows https://www.rfc-editor.org/rfc/rfc9110#name-retry-after and the terms of use that ``sites`` names.
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

from generator.fetch.cache import MAX_AGE, ResponseCache
from generator.fetch.public import Deadline, NotPublic, has_local_host, only_public

_TEMPORARY_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})  # codes of failures that are retried
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5  # redirects; more are a loop
_LOG = logging.getLogger("digest.fetch")
_SLOW_SECONDS = 10.0
"""Seconds above which the duration of a request is logged even without ``--verbose``."""
ALLOW_LOCAL = "DIGEST_ASK_INSIDE"
"""The environment variable that allows requests to hosts of the local network."""
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})
# The HTTP library may report a failed lookup only by these texts, which differ between Linux, macOS and Windows.
_UNRESOLVED = ("Name or service not known", "Temporary failure in name resolution", "No address associated",
            "nodename nor servname", "getaddrinfo failed")  # fmt: skip
_TIMEOUT_MESSAGE = "the response did not end in time"


class FetchFailed(Exception):
    """No complete and valid response arrived. The message gives the reason, for a person."""


class Offline(FetchFailed):
    """No site can be reached: there is no network, or host names cannot be resolved."""


class NotFound(FetchFailed):
    """The site does not have the record."""


class _TemporaryFailure(Exception):
    """A failure after which the request is retried. ``wait`` is the seconds that the site asks to wait, or 0."""

    def __init__(self, message: str, wait: float = 0) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True)
class Limits:
    """Limits of a request. A request that exceeds one of them fails."""

    connect: float = 10
    """Seconds to connect."""
    read: float = 20
    """Seconds between two chunks of a response."""
    total: float = 60
    """Seconds for a whole response."""
    size: int = 8 * 1024 * 1024
    """Bytes of a response."""
    tries: int = 5
    """Requests for the same record, including the first one."""
    wait: float = 120
    """The most seconds to wait before the next try. A site that asks for more gets no further request."""


@dataclass(frozen=True)
class Clock:
    """The clock of a client. Tests replace it, so that they do not sleep."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class Client:
    """Requests records from sites.

    ``user_agent`` names the project and a contact. ``allow_local`` allows hosts of the local network.
    """

    def __init__(
        self,
        user_agent: str,
        cache: ResponseCache,
        limits: Limits = Limits(),
        clock: Clock = Clock(),
        *,
        allow_local: bool = False,
    ) -> None:
        self._cache, self._limits, self._clock = cache, limits, clock
        self._allow_local = allow_local or bool(os.environ.get(ALLOW_LOCAL))
        self._http = httpx2.Client(
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip"},  # the only encoding that _body supports
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            # Every request opens its own connection, so the deadline and the check for public hosts see each of them.
            limits=httpx2.Limits(max_keepalive_connections=0),
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(
        self, address: str, pause: float, find_fault: Callable[[str], str], max_age: float = MAX_AGE,
        decode: Callable[[bytes], str] | None = None,
    ) -> str:  # fmt: skip
        """Return the text at the URL ``address``, from the cache or the site.

        ``pause`` is the minimum number of seconds between two requests to the host. ``find_fault`` returns what is
        wrong with a text, or '': only a text without faults is cached or returned. A cached text is used for
        ``max_age`` seconds. ``decode`` converts the bytes of the response to text, by default from UTF-8. Its
        exceptions are passed on.

        Temporary failures are retried with growing pauses. Raises ``FetchFailed``.
        """
        # A cached text is checked as well: a newer version of the program may require more.
        cached = self._cache.fresh(address, self._clock.now(), max_age)
        if cached is not None and not find_fault(cached):
            return cached
        for attempt in range(1, self._limits.tries + 1):
            try:
                text = self._fetch(address, pause, decode)
                if reason := find_fault(text):
                    raise FetchFailed(f"{_host(address)}: {reason}")
                self._cache.store(address, text, self._clock.now())
                return text
            except _TemporaryFailure as failure:
                wait = max(failure.wait, 2.0 ** (attempt - 1))
                if attempt == self._limits.tries or wait > self._limits.wait:
                    raise FetchFailed(_final_message(address, failure, attempt)) from None
                self._clock.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _fetch(self, address: str, pause: float, decode: Callable[[bytes], str] | None) -> str:
        """Return the text at an address, after redirects within its site."""
        requested = address
        for _ in range(_MAX_REDIRECTS + 1):
            result = self._request_after_pause(address, pause)
            if isinstance(result, bytes):
                return decode(result) if decode else _utf8(address, result)
            try:
                address = urljoin(address, result.address)
                is_same_site = _is_same_site(requested, address)
            except ValueError:
                raise FetchFailed(f"{_host(requested)}: it redirects to an invalid URL") from None
            if not is_same_site:
                raise FetchFailed(f"{_host(requested)}: it redirects to another site, {_host(address)}; not followed")
        raise FetchFailed(f"{_host(requested)}: too many redirects")

    def _request_after_pause(self, address: str, pause: float) -> "bytes | _Redirect":
        """Send a request at least ``pause`` seconds after the last one to the same host, by any process.

        Returns the body of the response, or the redirect.
        """
        queued = self._clock.now()
        with self._cache.locked(_host(address)) as lock:
            elapsed = self._clock.now() - lock.last_request()
            if 0 <= elapsed < pause:  # negative if the clock was set back
                self._clock.sleep(pause - elapsed)
            started = self._clock.now()
            lock.record_request(started)  # before the request, so that the request of a killed run counts
            try:
                return self._request(address)
            finally:
                log_duration(address, self._clock.now() - started, max(0.0, started - queued))

    def _request(self, address: str) -> "bytes | _Redirect":
        with Deadline(self._limits.total) as deadline:
            # The library reports each connection to ``trace``, so that the deadline and ``only_public`` can close it.
            trace = deadline.trace if self._allow_local else only_public(deadline.trace)
            try:
                if not self._allow_local and has_local_host(address):
                    raise NotPublic
                with self._http.stream("GET", address, extensions={"trace": trace}) as response:
                    result = self._read(response)
            except NotPublic:
                raise FetchFailed(f"{_host(address)}: it is not a public host; {ALLOW_LOCAL}=1 allows it") from None
            except httpx2.TimeoutException:
                raise _TemporaryFailure("no response in time") from None
            except httpx2.HTTPError as error:
                if _is_offline(error):
                    raise Offline(
                        f"{_host(address)} cannot be reached: there is no network connection, or no such host"
                    ) from None
                reason = f"the connection broke ({type(error).__name__})"
                raise _TemporaryFailure(_TIMEOUT_MESSAGE if deadline.passed else reason) from None
            except (httpx2.InvalidURL, ValueError) as error:  # ValueError for a redirect such as ``:a:b``
                raise FetchFailed(f"{_host(address)}: an invalid URL ({error})") from None
            if deadline.passed:  # a truncated body without Content-Length looks complete
                raise _TemporaryFailure(_TIMEOUT_MESSAGE)
            return result

    def _read(self, response: httpx2.Response) -> "bytes | _Redirect":
        """Return the body of a response, or the redirect. Raises an exception for other statuses and empty bodies."""
        status = response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return _Redirect(response.headers["location"])
        if status in (404, 410):
            raise NotFound(f"{response.url.host}: it has no such record")
        if status in _TEMPORARY_STATUS:
            wait = retry_after(response.headers.get("retry-after", ""), self._clock.now())
            raise _TemporaryFailure(f"it answered {status}", wait)
        if status != 200:
            raise FetchFailed(f"{response.url.host}: it answered {status}")
        body = self._body(response)
        if not body.strip():
            raise _TemporaryFailure("the response was empty")
        return body

    def _body(self, response: httpx2.Response) -> bytes:
        """Return the decompressed body, within the size limit. Raises for a compressed body that ends too early."""
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in ("identity", "gzip"):
            raise FetchFailed(f"{response.url.host}: it compressed the response as {coding}, which was not requested")
        body = bytearray()
        chunks = response.iter_raw()  # the library would decompress without a limit on the size
        for chunk in _decompressed(chunks, self._limits.size) if coding == "gzip" else chunks:
            body += chunk
            if len(body) > self._limits.size:
                raise FetchFailed(f"{response.url.host}: the response is larger than {self._limits.size:,} bytes")
        return bytes(body)


def _decompressed(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    """Decompress gzip data, which may consist of several members (RFC 1952, 2.2).

    No piece is longer than ``max_bytes`` + 1 bytes, so that the caller can stop above a limit of ``max_bytes``. Raises
    _TemporaryFailure for damaged or incomplete data.
    """
    decompressor = zlib.decompressobj(wbits=31)  # 31: the gzip format with the largest window
    has_data = False  # of the current member
    for chunk in chunks:
        rest = chunk
        while rest:
            if decompressor.eof:  # zeros may pad the end
                rest = rest.lstrip(b"\0")
                decompressor, has_data = zlib.decompressobj(wbits=31), False
                continue
            has_data = True
            try:
                yield decompressor.decompress(rest, max_bytes + 1)
            except zlib.error:
                raise _TemporaryFailure("the compressed response is damaged") from None
            rest = decompressor.unused_data
    if has_data and not decompressor.eof:
        raise _TemporaryFailure("the compressed response ends too early")


@dataclass(frozen=True)
class _Redirect:
    """A redirect to a URL, which may be relative."""

    address: str


def _is_offline(error: BaseException | None) -> bool:
    """Whether an error, or one that caused it, is a failed name lookup or a missing route."""
    while error is not None:
        if isinstance(error, socket.gaierror) or getattr(error, "errno", None) in _NO_ROUTE:
            return True
        if isinstance(error, httpx2.ConnectError) and any(text in str(error) for text in _UNRESOLVED):
            return True
        error = error.__cause__ or error.__context__
    return False


def log_duration(address: str, seconds: float, waited: float) -> None:
    """Log the ``seconds`` that a request took and ``waited`` before it was sent. Slow requests are logged as INFO."""
    slow = "slow: " if seconds >= _SLOW_SECONDS else ""
    _LOG.log(logging.INFO if slow else logging.DEBUG, "%s%s (%.1f s, waited %.1f s)", slow, address, seconds, waited)


def retry_after(header: str, now: float) -> float:
    """Return the seconds of a Retry-After header, which is a number or a date; 0 if it is past or unreadable."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:9])  # a number of more digits could become infinite
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):  # OverflowError for a time zone beyond the range of C integers
        return 0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.fromtimestamp(now, UTC)).total_seconds())


def _is_same_site(requested: str, address: str) -> bool:
    """Whether two URLs have the same scheme, host and port, or ``address`` only changes http to https."""
    before, after = urlsplit(requested), urlsplit(address)
    if (before.scheme, before.netloc) == (after.scheme, after.netloc):
        return True
    # With an explicit port, the https address is another service.
    upgraded = (before.scheme, after.scheme) == ("http", "https") and before.port is None and after.port is None
    return upgraded and before.hostname == after.hostname


def _utf8(address: str, body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise FetchFailed(f"{_host(address)}: the response is not UTF-8") from None


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _final_message(address: str, failure: _TemporaryFailure, tries: int) -> str:
    hint = f"; it asks to wait {failure.wait:,.0f} s, so try again later" if failure.wait else ""
    times = f"{tries} times" if tries > 1 else "once"
    return f"{_host(address)}: {failure}; tried {times}{hint}"
