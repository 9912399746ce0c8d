"""The journal of requests to a model and of their responses, written before and after each request.

The key of a request is the hash of its body. A request without a response may have been billed, so it is repeated only
if a person asks for it. This module sends no requests.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from generator.build.safe_files import read_at_most, write_whole

_MAX_ENTRY_SIZE = 16 * 1024 * 1024  # bytes; responses have some kilobytes
_DAY = 24 * 3600.0
_BYTES_PER_TOKEN = 3  # tokens usually have more, so the estimate is an upper bound


@dataclass(frozen=True)
class Price:
    """US dollars for a million tokens of input and of output."""

    input: float
    output: float

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        """Return the cost of a request in US dollars."""
        return (self.input * input_tokens + self.output * output_tokens) / 1e6


@dataclass(frozen=True)
class JournalEntry:
    """A request in the journal: its time in seconds since 1970, its cost in US dollars, and the body of its response.

    Without a response, ``response`` is None. The cost is an upper bound, unless the response counts its tokens. An
    unusable response is stored as ''. In files, the field of the response is ``answer``.
    """

    when: float
    cost: float
    response: str | None


@dataclass
class Journal:
    """Requests and responses in a folder, one file per request. ``now`` returns the time in seconds since 1970."""

    folder: Path
    price: Price | None = None
    now: Callable[[], float] = time.time
    sent: list[str] = field(default_factory=list)
    """The keys of the requests of this run."""

    def key(self, body: bytes) -> str:
        """Return the key of a request."""
        # The body has the model, its options and the texts: a changed prompt is another request.
        return hashlib.sha256(body).hexdigest()[:32]

    def entry(self, key: str) -> JournalEntry | None:
        """Return the entry of a request, or None."""
        return _read(self._file(key))

    def begin(self, key: str, body: bytes) -> None:
        """Record a request that is about to be sent."""
        self.sent.append(key)
        self._write(key, {"when": self.now(), "cost": self.estimate(body)})

    def forget(self, key: str) -> None:
        """Delete the entry of a request. Use it if the request is free: the server refused it or was not reached."""
        self._file(key).unlink(missing_ok=True)

    def discard_response(self, key: str) -> None:
        """Record that a response is unusable, so that the request can be repeated. Its cost still counts."""
        if entry := self.entry(key):
            # Under another key, its cost still counts for the budget of the day. The number is the next free one, so
            # that a request whose response was discarded twice counts twice.
            numbered_keys = (f"{key}-lost{number}" for number in count(1))
            free_key = next(other_key for other_key in numbered_keys if not self._file(other_key).exists())
            self._write(free_key, {"when": entry.when, "cost": entry.cost, "answer": ""})
        self.forget(key)

    def finish(self, key: str, response: str) -> None:
        """Store the response to a request. If it does not count its tokens, the maximum cost of the request stays."""
        cost = self._cost(response)
        if cost is None:
            entry = self.entry(key)
            cost = entry.cost if entry else 0.0
        self._write(key, {"when": self.now(), "cost": cost, "answer": response})

    def estimate(self, body: bytes) -> float:
        """Return the maximum cost of a request in US dollars, or 0 without a price."""
        if self.price is None:
            return 0.0
        request = _mapping(_json(body))
        # The limit of tokens that the model may write; newer models of OpenAI use the first name.
        max_output = request.get("max_completion_tokens") or request.get("max_tokens") or 0
        return self.price.cost(len(body) // _BYTES_PER_TOKEN, int(max_output))

    def spent(self) -> float:
        """Return the cost of the requests of the last 24 hours in US dollars; if it is unknown, the maximum cost."""
        return sum(entry.cost for _, entry in self._entries() if entry.when > self.now() - _DAY)

    def unanswered(self) -> list[str]:
        """Return the keys of requests that were sent and have no response."""
        return [key for key, entry in self._entries() if entry.response is None]

    def _cost(self, response: str) -> float | None:
        """Return the cost of a response in US dollars; None if it does not count its tokens."""
        if self.price is None:
            return 0.0
        usage = _mapping(_mapping(_json(response.encode())).get("usage"))
        input_tokens, output_tokens = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
        if input_tokens is None or output_tokens is None:
            return None
        return self.price.cost(input_tokens, output_tokens)

    def _entries(self) -> Iterator[tuple[str, JournalEntry]]:
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            if entry := _read(path):
                yield path.stem, entry

    def _write(self, key: str, record: dict[str, Any]) -> None:
        write_whole(self._file(key), json.dumps(record, ensure_ascii=False).encode(), self.folder)

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def has_message(response: str) -> bool:
    """Whether a response is valid and contains a message of the model."""
    choices = _mapping(_json(response.encode())).get("choices")
    if not isinstance(choices, list) or not choices:
        return False
    return isinstance(_mapping(_mapping(choices[0]).get("message")).get("content"), str)


def is_truncated(response: str) -> bool:
    """Whether the model stopped at the maximum number of tokens."""
    choices = _mapping(_json(response.encode())).get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return _mapping(first).get("finish_reason") == "length"


def _read(path: Path) -> JournalEntry | None:
    try:
        stored = json.loads(read_at_most(path, _MAX_ENTRY_SIZE))
        response = stored.get("answer")
        response = response if isinstance(response, str) else None
        return JournalEntry(float(stored["when"]), float(stored["cost"]), response)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None
