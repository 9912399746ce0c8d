"""The journal of requests to a model and their answers, written before and after each request. Has no network code.

The key of a request is the hash of its body. A request without an answer may have been billed, so it is repeated only
at a person's request.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.build.safe_files import read_at_most, write_whole

_MAX_ENTRY_SIZE = 16 * 1024 * 1024  # bytes; answers have some kilobytes
_DAY = 24 * 3600.0
_BYTES_PER_TOKEN = 3  # a low figure, so that the estimate is an upper bound


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
    """A request in the journal: its time, its cost (an upper bound until it is answered), and its answer or None."""

    when: float
    cost: float
    answer: str | None


@dataclass
class Journal:
    """Requests and answers in a folder, one file per request. ``now`` returns the time in seconds since 1970."""

    folder: Path
    price: Price | None = None
    now: Any = time.time
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
        """Record that a request is about to be sent."""
        self.sent.append(key)
        self._write(key, {"when": self.now(), "cost": self.estimate(body)})

    def forget(self, key: str) -> None:
        """Delete the entry of a request that the server refused: it costs nothing."""
        self._file(key).unlink(missing_ok=True)

    def discard_answer(self, key: str) -> None:
        """Record the cost of an unusable answer, and allow the request to be repeated."""
        if entry := self.entry(key):
            # Under another key, so that its cost still counts for the budget of the day.
            self._write(f"{key}-lost{len(self.sent)}", {"when": entry.when, "cost": entry.cost, "answer": ""})
        self.forget(key)

    def finish(self, key: str, answer: str) -> None:
        """Store the answer to a request."""
        self._write(key, {"when": self.now(), "cost": self._cost(answer), "answer": answer})

    def estimate(self, body: bytes) -> float:
        """Return the maximum cost of a request."""
        if self.price is None:
            return 0.0
        request = _mapping(_json(body))
        # The model may write as many tokens as the request allows; newer models of OpenAI use the first name.
        output = request.get("max_completion_tokens") or request.get("max_tokens") or 0
        return self.price.cost(len(body) // _BYTES_PER_TOKEN, int(output))

    def spent(self) -> float:
        """Return the cost of the requests of the last 24 hours. Those without an answer count with their maximum."""
        return sum(entry.cost for _, entry in self._all() if entry.when > self.now() - _DAY)

    def unanswered(self) -> list[str]:
        """Return the keys of requests that were sent and have no answer."""
        return [key for key, entry in self._all() if entry.answer is None]

    def _cost(self, answer: str) -> float:
        usage = _mapping(_mapping(_json(answer.encode())).get("usage"))
        if self.price is None:
            return 0.0
        return self.price.cost(_count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))

    def _all(self) -> Iterator[tuple[str, JournalEntry]]:
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            if entry := _read(path):
                yield path.stem, entry

    def _write(self, key: str, record: dict[str, Any]) -> None:
        write_whole(self._file(key), json.dumps(record, ensure_ascii=False).encode(), self.folder)

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def is_answer(text: str) -> bool:
    """Whether a text is a valid response of the API, with a message of the model."""
    choices = _mapping(_json(text.encode())).get("choices")
    if not isinstance(choices, list) or not choices:
        return False
    return isinstance(_mapping(_mapping(choices[0]).get("message")).get("content"), str)


def is_cut(text: str) -> bool:
    """Whether the model stopped at the maximum number of tokens."""
    choices = _mapping(_json(text.encode())).get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return _mapping(first).get("finish_reason") == "length"


def _read(path: Path) -> JournalEntry | None:
    try:
        stored = json.loads(read_at_most(path, _MAX_ENTRY_SIZE))
        answer = stored.get("answer")
        return JournalEntry(float(stored["when"]), float(stored["cost"]), answer if isinstance(answer, str) else None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0
