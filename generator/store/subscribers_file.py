"""The list of subscribers of the mailings: a plain file that the maintainer keeps outside the repository.

A line is an address. Topics and venues after it limit the papers in its mailings: ``ada@example.org topic:vision``.
Empty lines and what follows ``#`` are ignored.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.build.safe_files import read_at_most
from generator.model.period import Subscription
from generator.model.problem import Problem
from generator.model.record import record

MAX_BYTES = 64 * 1024 * 1024  # bytes; enough for a million addresses

# Stricter than RFC 5321: no quoted local parts, no address literals, only ASCII.
_ADDRESS = re.compile(
    r"(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_OPTION = re.compile(r"(topic|venue):([a-z0-9-]{1,80})")  # ``topic:vision`` or ``venue:iclr``


@record
class Subscriber:
    """A subscriber, and the papers that they asked for. ``line`` is the line in the file, counted from 1."""

    address: str
    subscription: Subscription = Subscription()
    line: int = 0


def is_address(text: str) -> bool:
    """Whether ``text`` is a plain mail address, safe in a header and in an SMTP command."""
    # RFC 5321, 4.5.3.1.3: a path has at most 256 octets, two of them the angle brackets.
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def read_subscribers(path: Path) -> tuple[tuple[Subscriber, ...], tuple[Problem, ...]]:
    """The subscribers in ``path`` in order, and the problems of its lines. Raises OSError if it cannot be read."""
    subscribers: dict[str, Subscriber] = {}
    problems: list[Problem] = []
    text = read_at_most(path, MAX_BYTES, pipes=True).decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        faults = list(_faults(words, subscribers))
        problems += [
            Problem(code="E501", message=message, hint=hint, path=str(path), line=number) for message, hint in faults
        ]
        if not faults:
            # By RFC 5321 only the host ignores case, but in practice ``Ada@`` and ``ada@`` reach one person.
            subscribers[words[0].lower()] = Subscriber(
                address=words[0], subscription=_subscription(words[1:]), line=number
            )
    return tuple(subscribers.values()), tuple(problems)


def _faults(words: list[str], known: dict[str, Subscriber]) -> Iterator[tuple[str, str]]:
    """Problems of a line, each with a hint. Messages name no address, since logs of commands may be public."""
    address, *options = words
    if not is_address(address):
        yield "the line does not begin with a mail address", "Write name@host, then topic:ID or venue:ID if wanted."
    elif address.lower() in known:
        yield f"the address is also in line {known[address.lower()].line}", "Delete one of the two lines."
    for option in options:
        if not _OPTION.fullmatch(option):
            yield f"{option} is neither a topic nor a venue", "Write topic:ID or venue:ID."


def _subscription(options: list[str]) -> Subscription:
    pairs = [option.split(":", 1) for option in options]
    return Subscription(
        topics=tuple(name for kind, name in pairs if kind == "topic"),
        venues=tuple(name for kind, name in pairs if kind == "venue"),
    )
