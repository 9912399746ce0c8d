"""Store the result of one run for the next one, and decide which parts of it still hold.

The nearest texts of a text depend on its own row, on the scores of other texts, and on the rows of the best candidates.
The stored result therefore holds unless the row of the text changed, or a text that was added, removed or changed, or
whose score changed, was among its candidates or is now.
"""

from array import array
from collections.abc import Mapping, Sequence, Set
from itertools import chain, islice
from sys import intern
from typing import NamedTuple

import msgspec

from generator.similarity.nearest import Answers, Nearest, answered, answers_of
from generator.similarity.weights import Counts, Row, row_of

FEW = 4  # if more than one in FEW texts is affected, all are compared again


class State(NamedTuple):
    """By name of each text: a hash, its words and its nearest texts; and the value of each word."""

    keys: Mapping[str, bytes]
    counts: Mapping[str, Counts]
    values: Mapping[str, int]
    nearest: Mapping[str, Nearest]


class _Stored(msgspec.Struct, array_like=True):
    """A serialized state. Words are replaced by numbers, since each occurs in many texts."""

    keys: dict[str, bytes]
    vocabulary: list[str]
    words: bytes
    times: bytes
    values: dict[str, int]
    nearest: dict[str, Nearest]


def encoded(state: State) -> bytes:
    """Serialize ``state`` in the byte order of this machine."""
    number_of: dict[str, int] = {}
    texts = state.counts.values()
    words = array("I", (number_of.setdefault(word, len(number_of)) for text in texts for word in text))
    times = array("I", chain.from_iterable((len(text), *text.values()) for text in texts))
    stored = _Stored(
        dict(state.keys), list(number_of), words.tobytes(), times.tobytes(), dict(state.values), dict(state.nearest)
    )
    return msgspec.msgpack.encode(stored)


def decoded_state(data: bytes) -> State:
    """Deserialize a state from ``encoded``."""
    stored = msgspec.msgpack.decode(data, type=_Stored)
    # Interned as in ``words_of``, so that stored and new words are the same objects.
    words = map(list(map(intern, stored.vocabulary)).__getitem__, array("I", stored.words))
    times = iter(array("I", stored.times))
    counts = {
        name: dict(zip(islice(words, size := next(times)), islice(times, size), strict=True)) for name in stored.keys
    }
    return State(stored.keys, counts, stored.values, stored.nearest)


def still_nearest(
    last: State, keys: Mapping[str, bytes], values: Mapping[str, int], now: Mapping[str, Row]
) -> Mapping[str, Nearest]:
    """Return the stored results that still hold, given the current ``keys``, word ``values`` and rows ``now``."""
    changed = _changed(last, keys, values)
    if len(changed) * FEW > len(keys):
        return {}
    before = {name: row_of(last.counts[name], last.values) if name in changed else now[name] for name in last.keys}
    words = _words_of(changed, before, now)
    old, new = _answers(before, words), _answers(now, words)
    touched = changed | {name for word in words for name, _ in {*old[word]} ^ {*new[word]}}
    if len(touched) * FEW > len(keys):
        return {}
    new = _answers(now, _words_of(touched, before, now))
    answers = [_limited(both, touched) for both in (new | old, new)]
    return {
        name: last.nearest[name]
        for name, row in now.items()
        if name not in changed and not any(_reached(row, some, last.nearest[name].bar) for some in answers)
    }


def _changed(last: State, keys: Mapping[str, bytes], values: Mapping[str, int]) -> set[str]:
    """The texts whose row changed, was added or was removed."""
    words = {word for word, _ in last.values.items() ^ values.items()}
    changed = {name for name, _ in last.keys.items() ^ keys.items()}
    if words:
        changed |= {name for name, counts in last.counts.items() if not words.isdisjoint(counts)}
    return changed


def _words_of(names: Set[str], *rows_by_name: Mapping[str, Row]) -> set[str]:
    return set(chain.from_iterable(rows[name] for rows in rows_by_name for name in names & rows.keys()))


def _answers(rows: Mapping[str, Row], words: Set[str]) -> dict[str, list[tuple[str, int]]]:
    """The names of the texts in which each of ``words`` weighs most, and the weights."""
    names, answers = list(rows), answers_of(list(rows.values()), words)
    return {
        word: [(names[place], weight) for place, weight in zip(*answers.get(word, ((), ())), strict=True)]
        for word in words
    }


def _limited(answers: Mapping[str, Sequence[tuple[str, int]]], names: Set[str]) -> Answers[str]:
    """The answers restricted to ``names``."""
    limited = ((word, [text for text in texts if text[0] in names]) for word, texts in answers.items())
    return {word: tuple(zip(*texts, strict=True)) for word, texts in limited if texts}  # type: ignore[misc]


def _reached(row: Row, answers: Answers[str], bar: int) -> bool:
    """Whether an affected text is or was a candidate for ``row``: its score reaches the bar."""
    return not answers.keys().isdisjoint(row) and any(value >= bar for value in answered(row, answers).values())
