"""Is a page still there? Asked politely: the head alone where a site allows it, one request at a time a host.

What an answer means: https://www.rfc-editor.org/rfc/rfc9110#name-status-codes. A site that refuses a machine, or is
ill for a moment, tells nothing about the page, so such an answer is no verdict.
"""

import json
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import httpx2

from generator.fetch.cache import Cache
from generator.fetch.client import Clock, Limits, log_duration
from generator.fetch.deadline import Deadline
from generator.fetch.public import NotPublic, is_public, only_public
from generator.fetch.sites import pause_of

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_EVER = frozenset({301, 308})
_GONE = frozenset({404, 410})
_WAIT = frozenset({429, 503})
_HOPS_MOST = 5
_NO_SUCH_HOST = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""What the resolver knows for certain; every other failure is its own."""


class Verdict(StrEnum):
    """What became of a page."""

    THERE = "there"
    MOVED = "moved"
    GONE = "gone"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Finding:
    """What was found at an address. ``when`` and ``since`` are seconds since 1970: of the last look, and of the first
    that had this verdict. ``to`` is where a page moved for ever, or ''."""

    verdict: Verdict
    reason: str
    when: float
    since: float
    to: str = ""


def asked_to_wait(finding: Finding) -> bool:
    """Whether a page was not seen because its host asked to wait: look again soon."""
    return finding.reason in (_RESTING.why, *(f"it answers {status}" for status in _WAIT))


def has_network(addresses: Iterable[str]) -> bool:
    """Whether the host of any of ``addresses`` can be looked up, or a proxy does that."""
    if getproxies():
        return True
    for address in addresses:
        with suppress(OSError, UnicodeError):
            socket.getaddrinfo(urlsplit(address).hostname, 443)
            return True
    return False


class Prober:
    """Looks for pages and caches the findings. With ``inside`` it also asks hosts of the local network.

    A host that asks to wait is left alone for as long as the prober lives: that is for the rest of a run.
    """

    def __init__(
        self,
        user_agent: str,
        cache: Cache,
        limits: Limits,
        clock: Clock,
        *,
        pause: float = 1,
        inside: bool = False,
    ) -> None:
        self._cache, self._limits, self._clock, self._pause, self._inside = cache, limits, clock, pause, inside
        self._resting: set[str] = set()
        self._http = httpx2.Client(
            headers={"User-Agent": user_agent},
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            limits=httpx2.Limits(max_keepalive_connections=0),
        )

    def __enter__(self) -> "Prober":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def known(self, address: str) -> Finding | None:
        """What was found at the last look, however long ago."""
        cached = self._cache.stored(_key(address))
        try:
            fields = json.loads(cached[0]) if cached else {}
            return Finding(**{**fields, "verdict": Verdict(fields["verdict"])})
        except (ValueError, TypeError, KeyError):
            return None

    def look(self, address: str) -> Finding:
        """Ask for the page now, and remember what was found."""
        verdict, reason, to = self._verdict(address)
        now = self._clock.now()
        before = self.known(address)
        since = before.since if before and before.verdict is verdict else now
        finding = Finding(verdict, reason, now, since, to)
        self._cache.keep(_key(address), json.dumps(asdict(finding)), now)
        return finding

    def _verdict(self, address: str) -> tuple[Verdict, str, str]:
        here, for_ever = address, True
        for _ in range(_HOPS_MOST + 1):
            answer = self._answer(here)
            if isinstance(answer, _NoAnswer):
                return answer.verdict, answer.why, ""
            if answer.status in _REDIRECTS and answer.to:
                for_ever = for_ever and answer.status in _FOR_EVER
                try:
                    here = urljoin(here, answer.to)
                except ValueError:
                    return Verdict.UNSURE, "it sends to no address of the web", ""
                continue
            if answer.status in _GONE:
                return Verdict.GONE, f"it answers {answer.status}", ""
            if not 200 <= answer.status < 300:
                return Verdict.UNSURE, f"it answers {answer.status}", ""
            if here != address and for_ever:
                return Verdict.MOVED, "it has moved for ever", here
            return Verdict.THERE, "it is there", ""
        return Verdict.UNSURE, "it sends on and on", ""

    def _answer(self, address: str) -> "_Answer | _NoAnswer":
        """The answer to HEAD, or to GET where HEAD does not give a page: many sites treat it badly."""
        if refused := self._refused(address):
            return refused
        answer = self._ask("HEAD", address)
        return self._ask("GET", address) if answer.doubtful else answer

    def _refused(self, address: str) -> "_NoAnswer | None":
        """Why an address is not asked, or None."""
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError:
            return _NO_ADDRESS
        if parts.scheme not in ("http", "https") or not host:
            return _NO_ADDRESS
        try:
            addresses = socket.getaddrinfo(host, port or 0, type=socket.SOCK_STREAM)
        except (OSError, ValueError) as error:
            denied = isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_HOST
            return _NO_HOST if denied else _NOT_RESOLVED
        inside = any(not is_public(str(found_address[4][0])) for found_address in addresses)
        return _NOT_PUBLIC if inside and not self._inside else None

    def _ask(self, method: str, address: str) -> "_Answer | _NoAnswer":
        turned, parts = self._clock.now(), urlsplit(address)
        pause = max(self._pause, pause_of(parts.hostname or ""))
        with self._cache.turn(parts.netloc) as turn:
            if parts.netloc in self._resting:
                return _RESTING
            since = self._clock.now() - turn.last()
            if 0 <= since < pause:
                self._clock.sleep(pause - since)
            started = self._clock.now()
            turn.record(started)
            with Deadline(self._limits.total) as deadline:
                trace = deadline.trace if self._inside else only_public(deadline.trace)
                try:
                    with self._http.stream(method, address, extensions={"trace": trace}) as response:
                        if response.status_code in _WAIT:
                            self._resting.add(parts.netloc)
                        return _Answer(response.status_code, response.headers.get("location", ""))
                except NotPublic:
                    return _NOT_PUBLIC
                except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
                    return _NoAnswer(Verdict.UNSURE, f"no answer ({type(error).__name__})", doubtful=True)
                finally:
                    log_duration(address, self._clock.now() - started, max(0.0, started - turned))


@dataclass(frozen=True)
class _Answer:
    status: int
    to: str

    @property
    def doubtful(self) -> bool:
        """Whether GET may give more than HEAD did."""
        return self.status >= 400 and self.status not in _WAIT


@dataclass(frozen=True)
class _NoAnswer:
    """``doubtful`` as for an answer."""

    verdict: Verdict
    why: str
    doubtful: bool = False


_NO_ADDRESS = _NoAnswer(Verdict.UNSURE, "it is no address of the web")
_NO_HOST = _NoAnswer(Verdict.GONE, "there is no such host")
_NOT_RESOLVED = _NoAnswer(Verdict.UNSURE, "its host could not be looked up")
_NOT_PUBLIC = _NoAnswer(Verdict.UNSURE, "its host is not public; not asked")
_RESTING = _NoAnswer(Verdict.UNSURE, "its host asked to wait; not asked")


def _key(address: str) -> str:
    return f"probe {address}"
