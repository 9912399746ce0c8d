"""Checks whether pages still exist, and finds copies of them in the Internet Archive.

Pages are checked by HEAD requests where a site supports them, one request per host at a time. If a site rejects
automated requests or fails temporarily, the state of the page is not known, and the verdict is ``unsure``.

Status codes: https://www.rfc-editor.org/rfc/rfc9110#name-status-codes.
"""

import json
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import getproxies

import httpx2

from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, Clock, Limits, log_duration
from generator.fetch.public import Deadline, NotPublic, is_local_host, only_public
from generator.fetch.sites import pause_of

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})  # status codes of permanent redirects
_GONE = frozenset({404, 410})  # status codes of pages that no longer exist
_TOO_MANY_REQUESTS = frozenset({429, 503})  # status codes with which a host asks for fewer requests
_MAX_REDIRECTS = 5  # redirects; more are a loop
_NO_SUCH_HOST = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""Errors of the resolver for a host that does not exist. All other errors are failures of the resolver."""
ARCHIVE_API = "https://archive.org/wayback/available?url="
ARCHIVE_PAUSE = 2.0  # seconds between two requests to the Internet Archive
_COPIES = "https://web.archive.org/web/"  # the beginning of the URL of each copy


class Verdict(StrEnum):
    """The state of a page."""

    THERE = "there"
    MOVED = "moved"
    GONE = "gone"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Finding:
    """The result for an address. Times are in seconds since 1970.

    ``when`` is the time of the last check, and ``since`` of the first check with this verdict. ``to`` is the new
    address of a page that moved permanently, or ''.
    """

    verdict: Verdict
    reason: str
    when: float
    since: float
    to: str = ""


def host_asked_to_wait(finding: Finding) -> bool:
    """Whether a page was not checked because its host asked to wait. The caller should check it again soon."""
    return finding.reason in (_HOST_ASKED_TO_WAIT.reason, *(f"it answers {status}" for status in _TOO_MANY_REQUESTS))


def has_network(addresses: Iterable[str]) -> bool:
    """Whether the host of any of ``addresses`` can be resolved, or a proxy resolves hosts."""
    if getproxies():  # behind a proxy, this machine may be unable to resolve public names
        return True
    for address in addresses:
        with suppress(OSError, UnicodeError):
            socket.getaddrinfo(urlsplit(address).hostname, 443)
            return True
    return False


class Prober:
    """Checks pages and caches the results. It sends no further requests to a host that asks to wait.

    ``pause`` is the minimum number of seconds between two requests to a host. ``allow_local`` allows hosts of the local
    network.
    """

    def __init__(
        self,
        user_agent: str,
        cache: ResponseCache,
        limits: Limits,
        clock: Clock,
        *,
        pause: float = 1,
        allow_local: bool = False,
    ) -> None:
        self._cache, self._limits, self._clock, self._pause = cache, limits, clock, pause
        self._allow_local = allow_local
        self._throttling_hosts: set[str] = set()
        self._http = httpx2.Client(
            headers={"User-Agent": user_agent},
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            limits=httpx2.Limits(max_keepalive_connections=0),
        )

    def __enter__(self) -> "Prober":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def last_finding(self, address: str) -> Finding | None:
        """Return the result of the last check, whatever its age."""
        cached = self._cache.stored(_cache_key(address))
        try:
            fields = json.loads(cached.text) if cached else {}
            return Finding(**{**fields, "verdict": Verdict(fields["verdict"])})
        except (ValueError, TypeError, KeyError):
            return None

    def check(self, address: str) -> Finding:
        """Check a page now, and store the result."""
        verdict, reason, to = self._verdict(address)
        now = self._clock.now()
        last = self.last_finding(address)
        since = last.since if last and last.verdict is verdict else now
        finding = Finding(verdict, reason, now, since, to)
        self._cache.store(_cache_key(address), json.dumps(asdict(finding)), now)
        return finding

    def _verdict(self, address: str) -> tuple[Verdict, str, str]:
        """Return the verdict about a page, the reason, and the new address of a page that moved, or ''."""
        current, is_permanent = address, True
        for _ in range(_MAX_REDIRECTS + 1):
            response = self._request(current)
            if isinstance(response, _NoResponse):
                return response.verdict, response.reason, ""
            if response.status in _REDIRECTS and response.location:
                is_permanent = is_permanent and response.status in _PERMANENT
                try:
                    current = urljoin(current, response.location)
                except ValueError:
                    return Verdict.UNSURE, "it redirects to an invalid URL", ""
                continue
            if response.status in _GONE:
                return Verdict.GONE, f"it answers {response.status}", ""
            if not 200 <= response.status < 300:
                return Verdict.UNSURE, f"it answers {response.status}", ""
            if current != address and is_permanent:  # a temporary redirect on the way makes the target temporary
                return Verdict.MOVED, "it has moved permanently", current
            return Verdict.THERE, "it is there", ""
        return Verdict.UNSURE, "too many redirects", ""

    def _request(self, address: str) -> "_Response | _NoResponse":
        """Return the response to HEAD, or to GET if HEAD fails: many sites do not support HEAD correctly."""
        if no_response := self._reason_not_to_request(address):
            return no_response
        response = self._request_after_pause("HEAD", address)
        return self._request_after_pause("GET", address) if response.may_succeed_with_get else response

    def _reason_not_to_request(self, address: str) -> "_NoResponse | None":
        """Return the reason for not requesting an address, or None."""
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError:
            return _NO_ADDRESS
        if parts.scheme not in ("http", "https") or not host:
            return _NO_ADDRESS
        try:
            is_local = is_local_host(host, port)
        except (OSError, ValueError) as error:
            does_not_exist = isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_HOST
            return _NO_HOST if does_not_exist else _NOT_RESOLVED
        return _NOT_PUBLIC if is_local and not self._allow_local else None

    def _request_after_pause(self, method: str, address: str) -> "_Response | _NoResponse":
        queued, parts = self._clock.now(), urlsplit(address)
        pause = max(self._pause, pause_of(parts.hostname or ""))
        with self._cache.locked(parts.netloc) as lock:
            # Checked inside the lock: another thread may just have added the host.
            if parts.netloc in self._throttling_hosts:
                return _HOST_ASKED_TO_WAIT
            elapsed = self._clock.now() - lock.last_request()
            if 0 <= elapsed < pause:  # negative if the clock was set back
                self._clock.sleep(pause - elapsed)
            started = self._clock.now()
            lock.record_request(started)
            with Deadline(self._limits.total) as deadline:
                trace = deadline.trace if self._allow_local else only_public(deadline.trace)
                try:
                    with self._http.stream(method, address, extensions={"trace": trace}) as response:
                        if response.status_code in _TOO_MANY_REQUESTS:
                            self._throttling_hosts.add(parts.netloc)
                        return _Response(response.status_code, response.headers.get("location", ""))
                except NotPublic:
                    return _NOT_PUBLIC
                except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
                    return _NoResponse(
                        Verdict.UNSURE, f"no response ({type(error).__name__})", may_succeed_with_get=True
                    )
                finally:
                    log_duration(address, self._clock.now() - started, max(0.0, started - queued))


@dataclass(frozen=True)
class _Response:
    """A response: its status code, and the target of a redirect or ''."""

    status: int
    location: str

    @property
    def may_succeed_with_get(self) -> bool:
        """Whether GET may succeed where HEAD failed."""
        return self.status >= 400 and self.status not in _TOO_MANY_REQUESTS


@dataclass(frozen=True)
class _NoResponse:
    """The result of a check without a response. ``may_succeed_with_get`` has the same meaning as in ``_Response``."""

    verdict: Verdict
    reason: str
    may_succeed_with_get: bool = False


_NO_ADDRESS = _NoResponse(Verdict.UNSURE, "it is not a web address")
_NO_HOST = _NoResponse(Verdict.GONE, "there is no such host")
_NOT_RESOLVED = _NoResponse(Verdict.UNSURE, "its host could not be looked up")
_NOT_PUBLIC = _NoResponse(Verdict.UNSURE, "its host is not public; not checked")
_HOST_ASKED_TO_WAIT = _NoResponse(Verdict.UNSURE, "its host asked to wait; not checked")


def _cache_key(address: str) -> str:
    """Return the key under which the result for an address is cached."""
    return f"probe {address}"


def copies_url(address: str) -> str:
    """Return the URL of the Internet Archive's list of copies of an address. Sends no request."""
    return f"{_COPIES}*/{address}"


def newest_copy(address: str, client: Client, api: str = ARCHIVE_API) -> str | None:
    """Return the URL of the newest copy of an address, or None. Raises FetchFailed if the archive does not respond.

    https://archive.org/help/wayback_api.php
    """
    text = client.get(api + quote(address, safe=""), ARCHIVE_PAUSE, _fault_in_copies)
    closest = json.loads(text)["archived_snapshots"].get("closest", {})
    # The API returns http:// addresses. Only an address of the archive itself is proposed to people.
    copy = str(closest.get("url", "")).replace("http://", "https://", 1) if closest.get("available") is True else ""
    return copy if copy.startswith(_COPIES) else None


def _fault_in_copies(text: str) -> str:
    """Return what is wrong with a response of the archive, or ''."""
    try:
        copies = json.loads(text)["archived_snapshots"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "the response does not list copies"
    closest = copies.get("closest", {}) if isinstance(copies, dict) else None
    return "" if isinstance(closest, dict) else "the response does not list copies"
