"""Is a page still there? Asked politely: the head alone where a site allows it, one request at a time a host.

What an answer means: https://www.rfc-editor.org/rfc/rfc9110#name-status-codes. A site that refuses a machine, or is
ill for a moment, tells nothing about the page, so such an answer is no verdict.
"""

import ipaddress
import json
import socket
from dataclasses import asdict, dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

import httpx2

from generator.fetch.cache import Cache
from generator.fetch.client import Clock, Limits, told_time
from generator.fetch.deadline import Deadline

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_EVER = frozenset({301, 308})
_GONE = frozenset({404, 410})
_HOPS_MOST = 5


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
    told: str
    when: float
    since: float
    to: str = ""


class Prober:
    """Looks after pages and remembers what it found. With ``inside`` it also asks hosts of the local network."""

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
        held = self._cache.held(_key(address))
        try:
            told = json.loads(held[0]) if held else {}
            return Finding(**{**told, "verdict": Verdict(told["verdict"])})
        except (ValueError, TypeError, KeyError):
            return None

    def look(self, address: str) -> Finding:
        """Ask for the page now, and remember what was found."""
        verdict, told, to = self._verdict(address)
        now = self._clock.now()
        before = self.known(address)
        since = before.since if before and before.verdict is verdict else now
        finding = Finding(verdict, told, now, since, to)
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
                here = urljoin(here, answer.to)
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
        if isinstance(answer, _Answer) and (answer.status < 400):
            return answer
        if isinstance(answer, _NoAnswer) and answer.verdict is Verdict.GONE:
            return answer
        return self._ask("GET", address)

    def _refused(self, address: str) -> "_NoAnswer | None":
        """Why an address is not asked: an entry is a stranger's text, and could name a host behind the firewall."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return _NoAnswer(Verdict.UNSURE, "it is no address of the web")
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or 0, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return _NoAnswer(Verdict.GONE, "there is no such host")
        inside = any(not ipaddress.ip_address(str(each[4][0]).partition("%")[0]).is_global for each in found)
        return _NoAnswer(Verdict.UNSURE, "its host is not public; not asked") if inside and not self._inside else None

    def _ask(self, method: str, address: str) -> "_Answer | _NoAnswer":
        turned = self._clock.now()
        with self._cache.turn(urlsplit(address).netloc) as turn:
            since = self._clock.now() - turn.last()
            if 0 <= since < self._pause:
                self._clock.sleep(self._pause - since)
            asked = self._clock.now()
            turn.taken(asked)
            with Deadline(self._limits.total) as deadline:
                try:
                    with self._http.stream(method, address, extensions={"trace": deadline.trace}) as response:
                        return _Answer(response.status_code, response.headers.get("location", ""))
                except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
                    return _NoAnswer(Verdict.UNSURE, f"no answer ({type(error).__name__})")
                finally:
                    told_time(address, self._clock.now() - asked, max(0.0, asked - turned))


@dataclass(frozen=True)
class _Answer:
    status: int
    to: str


@dataclass(frozen=True)
class _NoAnswer:
    verdict: Verdict
    why: str


def _key(address: str) -> str:
    return f"probe {address}"
