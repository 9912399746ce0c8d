"""What one run found, as bytes for the next one, and what of it still holds.

What is near a text follows from its own words, from how well other texts answer it, and from the words of those that
answer best. So it stays as it was unless its own row changed, or another one that changed, came, went, or answers
otherwise, was among those compared with it or answers well enough now to be.
"""

from array import array
from collections.abc import Mapping, Sequence, Set
from itertools import chain, islice
from sys import intern
from typing import NamedTuple

import msgspec

from generator.similarity.nearest import Answers, Nearest, Texts, answered, answers_of
from generator.similarity.weights import Counts, Row, row_of

FEW = 4  # one in so many texts; if more are touched, all are compared anew


class State(NamedTuple):
    """Of each text by its name: a key of what it says, its words, what is near; and what each word counts."""

    keys: Mapping[str, bytes]
    counts: Mapping[str, Counts]
    values: Mapping[str, int]
    nearest: Mapping[str, Nearest]


class _Stored(msgspec.Struct, array_like=True):
    """A state whose words are numbers, since each occurs in many texts."""

    keys: dict[str, bytes]
    vocabulary: list[str]
    words: bytes
    times: bytes
    values: dict[str, int]
    nearest: dict[str, Nearest]


def encoded(state: State) -> bytes:
    """``state`` as bytes for this machine."""
    number_of: dict[str, int] = {}
    texts = state.counts.values()
    words = array("I", (number_of.setdefault(word, len(number_of)) for text in texts for word in text))
    times = array("I", chain.from_iterable((len(text), *text.values()) for text in texts))
    stored = _Stored(
        dict(state.keys), list(number_of), words.tobytes(), times.tobytes(), dict(state.values), dict(state.nearest)
    )
    return msgspec.msgpack.encode(stored)


def decoded_state(data: bytes) -> State:
    """What was ``encoded``."""
    stored = msgspec.msgpack.decode(data, type=_Stored)
    words = map(list(map(intern, stored.vocabulary)).__getitem__, array("I", stored.words))
    times = iter(array("I", stored.times))
    counts = {
        name: dict(zip(islice(words, size := next(times)), islice(times, size), strict=True)) for name in stored.keys
    }
    return State(stored.keys, counts, stored.values, stored.nearest)


def still_nearest(
    last: State, keys: Mapping[str, bytes], values: Mapping[str, int], texts: Texts
) -> Mapping[str, Nearest]:
    """What was near each text and is so now, when ``texts`` have these ``keys`` and words these ``values``."""
    changed = _changed(last, keys, values)
    if len(changed) * FEW > len(keys):
        return {}
    now = dict(zip(texts.names, texts.rows, strict=True))
    before = {name: row_of(last.counts[name], last.values) if name in changed else now[name] for name in last.keys}
    words = _words_of(changed, before, now)
    old = _named(answers_of(list(before.values()), words), words, list(before))
    new = _named(texts.answers, words, texts.names)
    touched = changed | {name for word in words for name, _ in {*old[word]} ^ {*new[word]}}
    if len(touched) * FEW > len(keys):
        return {}
    new = _named(texts.answers, _words_of(touched, before, now), texts.names)
    answers = [_limited(both, touched) for both in (new | old, new)]
    return {
        name: last.nearest[name]
        for name, row in now.items()
        if name not in changed and not any(_reached(row, some, last.nearest[name].bar) for some in answers)
    }


def _changed(last: State, keys: Mapping[str, bytes], values: Mapping[str, int]) -> set[str]:
    """The texts whose row is another than it was, is new, or is no more."""
    words = {word for word, _ in last.values.items() ^ values.items()}
    changed = {name for name, _ in last.keys.items() ^ keys.items()}
    if words:
        changed |= {name for name, counts in last.counts.items() if not words.isdisjoint(counts)}
    return changed


def _words_of(names: Set[str], *rows: Mapping[str, Row]) -> set[str]:
    return set(chain.from_iterable(some[name] for some in rows for name in names & some.keys()))


def _named(answers: Answers[int], words: Set[str], names: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """What each of ``words`` answers with, by name."""
    found = {word: answers.get(word, ((), ())) for word in words}
    return {
        word: [(names[place], weight) for place, weight in zip(*texts, strict=True)] for word, texts in found.items()
    }


def _limited(answers: Mapping[str, Sequence[tuple[str, int]]], names: Set[str]) -> Answers[str]:
    """The answers with these ``names`` alone."""
    kept = ((word, [text for text in texts if text[0] in names]) for word, texts in answers.items())
    return {word: tuple(zip(*texts, strict=True)) for word, texts in kept if texts}  # type: ignore[misc]


def _reached(row: Row, answers: Answers[str], bar: int) -> bool:
    """Whether a text that was touched answers ``row`` well enough to be compared with it."""
    return not answers.keys().isdisjoint(row) and any(value >= bar for value in answered(row, answers).values())
