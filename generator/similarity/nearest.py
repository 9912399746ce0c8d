"""Which texts are nearest to a text, and the words that say why.

Not every text is compared with every other, so that twice as many take about twice as long: the heaviest words of a
text lead to the texts in which they weigh most, and the best of these are compared by all words. Of 20,000 papers this
finds 96 of 100 of the nearest.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Container, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import NamedTuple, TypeVar

from generator.build.executors import cores, run_parallel
from generator.similarity.weights import LENGTH, Row

_MOST = 5
_WORDS_SHOWN = 3
_LEAST = LENGTH * LENGTH * 8 // 100  # below it texts share no more than common words
ASKING = 24  # words of a text through which others are found
ANSWERING = 255  # texts that are found through a word
CANDIDATES = 48
_MANY = 500  # texts, from which on several processes share the work

Key = TypeVar("Key")  # what a text is known by: its place, or its name
Answers = Mapping[str, tuple[Sequence[Key], Sequence[int]]]
"""For each word the texts in which it weighs most, and how much. Arrays, which are small and quick."""


class Near(NamedTuple):
    """A text near another one, how near it is, and the words that say so."""

    name: str
    nearness: int
    words: tuple[str, ...]


class Nearest(NamedTuple):
    """The texts near a text, the nearest first. ``bar`` is how well another must answer to be compared by all words."""

    near: tuple[Near, ...]
    bar: int


class Texts(NamedTuple):
    """Texts in the order of their names, with their words and what each word answers with."""

    names: Sequence[str]
    rows: Sequence[Row]
    answers: Answers[int]


def answers_of(rows: Sequence[Row], words: Container[str] | None = None) -> Answers[int]:
    """What each word answers with, or each of ``words``; of equally heavy texts the first ones."""
    texts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, row in enumerate(rows):
        for word, weight in row.items():
            if words is None or word in words:
                texts[word].append((place, weight))
    return {word: _heaviest(pairs) for word, pairs in texts.items()}


def _heaviest(pairs: list[tuple[int, int]]) -> tuple[Sequence[int], Sequence[int]]:
    if len(pairs) > ANSWERING:
        pairs.sort(key=itemgetter(1), reverse=True)  # keeps the order of equals
        del pairs[ANSWERING:]
    places, weights = zip(*pairs, strict=True)
    return array("I", places), array("I", weights)


def answered(row: Row, answers: Answers[Key]) -> dict[Key, int]:
    """How well each text answers the heaviest words of ``row``."""
    scores: dict[Key, int] = {}
    score = scores.get
    for word in heaviest(row):
        if word in answers:
            keys, weights = answers[word]
            for key, product in zip(keys, map(row[word].__mul__, weights), strict=True):
                scores[key] = score(key, 0) + product
    return scores


def heaviest(row: Row) -> list[str]:
    """The words of a text through which others are found."""
    return sorted(row, key=row.__getitem__, reverse=True)[:ASKING]


def nearest(texts: Texts, places: Sequence[int]) -> dict[int, Nearest]:
    """What is near the text at each place; several processes share them if they are many. Raises WorkerLost."""
    shares = cores() if len(places) > _MANY else 1
    functions = [partial(_nearest_of, texts, places[number::shares]) for number in range(shares)]
    return {place: near for part in run_parallel(functions, shares) for place, near in part.items()}


def _nearest_of(texts: Texts, places: Sequence[int]) -> dict[int, Nearest]:
    return {place: _nearest(place, texts) for place in places}


def _nearest(place: int, texts: Texts) -> Nearest:
    rows = texts.rows
    row = rows[place]
    scores = answered(row, texts.answers)
    scores.pop(place, None)
    candidates, bar = _best(scores)
    compared = sorted((-nearness, other) for other in candidates if (nearness := _product(row, rows[other])) >= _LEAST)
    near = (Near(texts.names[other], -less, _strongest(row, rows[other])) for less, other in compared[:_MOST])
    return Nearest(tuple(near), bar)


def _best(scores: Mapping[int, int]) -> tuple[Collection[int], int]:
    """The best candidates, of equally good ones the first, and how good the last of them is."""
    if len(scores) <= CANDIDATES:
        return scores.keys(), 1
    bar = sorted(scores.values(), reverse=True)[CANDIDATES - 1]
    better = [place for place, score in scores.items() if score > bar]
    equal = sorted(place for place, score in scores.items() if score == bar)
    return better + equal[: CANDIDATES - len(better)], bar


def _product(row: Row, other: Row) -> int:
    return sum([row[word] * other[word] for word in row.keys() & other.keys()])


def _strongest(row: Row, other: Row) -> tuple[str, ...]:
    shared = sorted((-weight * other[word], word) for word, weight in row.items() if word in other)
    return tuple(word for _, word in shared[:_WORDS_SHOWN])
