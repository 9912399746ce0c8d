"""Read the list of subscribers of the mailings, a plain file that the maintainer keeps outside the repository.

A line is an address. Topics and venues after it limit the papers in its mailings: ``ada@example.org topic:vision``.
Empty lines and comments (``#``) are ignored.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.build.safe_files import read_at_most
from generator.model.period import Subscription
from generator.model.problem import Problem
from generator.model.record import record

MAX_BYTES = 64 * 1024 * 1024  # bytes; enough for a million addresses
# Characters. A path has at most 256 octets, two of which are angle brackets (RFC 5321, 4.5.3.1.3).
_MAX_ADDRESS = 254
# Stricter than RFC 5321: no quoted local parts, no address literals, only ASCII. The first group limits the local part,
# before ``@``, to 64 characters.
_ADDRESS = re.compile(
    r"(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_OPTION = re.compile(r"(topic|venue):([a-z0-9-]{1,80})")  # ``topic:vision`` or ``venue:iclr``


@record
class Subscriber:
    """A subscriber, and the topics and venues that they chose. ``line`` is the line in the file, from 1."""

    address: str
    subscription: Subscription = Subscription()
    line: int = 0


def is_address(text: str) -> bool:
    """Whether ``text`` is a plain mail address, which is safe in a header and in an SMTP command."""
    return len(text) <= _MAX_ADDRESS and _ADDRESS.fullmatch(text) is not None


def read_subscribers(path: Path) -> tuple[tuple[Subscriber, ...], tuple[Problem, ...]]:
    """The subscribers in the file at ``path``, in order, and the problems of its lines.

    Raises OSError if the file cannot be read.
    """
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
            # In practice, ``Ada@`` and ``ada@`` reach one person, although RFC 5321 ignores case only in the host.
            subscribers[words[0].lower()] = Subscriber(
                address=words[0], subscription=_subscription(words[1:]), line=number
            )
    return tuple(subscribers.values()), tuple(problems)


def _faults(words: list[str], subscribers: dict[str, Subscriber]) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint for each fault of a line. They contain no address, since logs may be public."""
    address, *options = words
    if not is_address(address):
        yield "the line does not begin with a mail address", "Write name@host, then topic:ID or venue:ID if wanted."
    elif address.lower() in subscribers:
        yield f"the address is also in line {subscribers[address.lower()].line}", "Delete one of the two lines."
    for number, option in enumerate(options, start=2):
        if not _OPTION.fullmatch(option):
            yield f"word {number} is neither a topic nor a venue", "Write topic:ID or venue:ID."


def _subscription(options: list[str]) -> Subscription:
    pairs = [option.split(":", 1) for option in options]
    return Subscription(
        topics=tuple(name for kind, name in pairs if kind == "topic"),
        venues=tuple(name for kind, name in pairs if kind == "venue"),
    )
