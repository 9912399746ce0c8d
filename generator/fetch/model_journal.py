"""The journal of requests to a model and of its answers, written before a request is sent and after. Knows no network.

The key of a request is the hash of its body. A request without an answer may have been paid for, so it is sent again
only if a person asks for it.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.build.safe_files import read_at_most, write_whole

_SIZE_MOST = 16 * 1024 * 1024
_DAY = 24 * 3600.0
_CHARACTERS = 3  # of a request that are a token, at the least


@dataclass(frozen=True)
class Price:
    """US dollars for a million tokens of input and of output."""

    input: float
    output: float

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        """The cost of a request."""
        return (self.input * input_tokens + self.output * output_tokens) / 1e6


@dataclass(frozen=True)
class JournalEntry:
    """A request in the journal: when it was sent, what it costs at most or did cost, and its answer or None."""

    when: float
    cost: float
    answer: str | None


@dataclass
class Journal:
    """Requests and answers in a folder, a file each. ``now`` is the time in seconds since 1970."""

    folder: Path
    price: Price | None = None
    now: Any = time.time
    sent: list[str] = field(default_factory=list)
    """Keys of the requests that this run sent."""

    def key(self, body: bytes) -> str:
        """The key of a request."""
        return hashlib.sha256(body).hexdigest()[:32]

    def entry(self, key: str) -> JournalEntry | None:
        """The entry of a request, or None."""
        return _read(self._file(key))

    def begin(self, key: str, body: bytes) -> None:
        """Note that a request is sent now."""
        self.sent.append(key)
        self._write(key, {"when": self.now(), "cost": self.estimate(body)})

    def forget(self, key: str) -> None:
        """Note that the server refused a request, so that it costs nothing."""
        self._file(key).unlink(missing_ok=True)

    def lose(self, key: str) -> None:
        """Note that a request was paid for an answer that nobody can use."""
        if entry := self.entry(key):
            self._write(f"{key}-lost{len(self.sent)}", {"when": entry.when, "cost": entry.cost, "answer": ""})
        self.forget(key)

    def end(self, key: str, answer: str) -> None:
        """Keep the answer to a request."""
        self._write(key, {"when": self.now(), "cost": self._cost(answer), "answer": answer})

    def estimate(self, body: bytes) -> float:
        """What a request costs at most."""
        if self.price is None:
            return 0.0
        request = _mapping(_json(body))
        output = request.get("max_completion_tokens") or request.get("max_tokens") or 0
        return self.price.cost(len(body) // _CHARACTERS, int(output))

    def spent(self) -> float:
        """What the requests of the last day cost, those without an answer at their most."""
        return sum(entry.cost for _, entry in self._all() if entry.when > self.now() - _DAY)

    def unanswered(self) -> list[str]:
        """The keys of requests that were sent and have no answer."""
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
    """Whether a text is a whole answer of the interface: a message of the model, whatever it says."""
    choices = _mapping(_json(text.encode())).get("choices")
    if not isinstance(choices, list) or not choices:
        return False
    return isinstance(_mapping(_mapping(choices[0]).get("message")).get("content"), str)


def is_cut(text: str) -> bool:
    """Whether the model stopped because it had written as much as it may."""
    choices = _mapping(_json(text.encode())).get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return _mapping(first).get("finish_reason") == "length"


def _read(path: Path) -> JournalEntry | None:
    try:
        stored = json.loads(read_at_most(path, _SIZE_MOST))
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
