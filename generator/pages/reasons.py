"""Reasons to read a paper after another one: people, topics, methods and phrases that both have.

Two texts can be similar because of words that are unrelated to their subject. Such a pair gets no reason, and a paper
without a reason is not shown as related.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from generator.similarity.weights import COMMON_WORDS

_WORD = re.compile(r"[^\W\d_][\w-]+|[.,;:!?()]")
_STEM = 6  # first letters, so that singular and plural are one word
_TERMS = 3  # terms that are shown
# Words of nearly every paper. Two papers that share one need not be related.
_BROAD = frozenset(
    "accuracy achieve agent algorithm analysis approach benchmark better data dataset deep different effect effective "
    "efficient evaluate experiment framework general improve language large learn learning machine method model models "
    "network networks neural new paper performance problem propose result show simple small state strong study "
    "system task test trade-off train training work".split()
)
_BROAD_STEMS = frozenset(word[:_STEM] for word in _BROAD)


class Subject(NamedTuple):
    """The subject of a paper: its short texts, and its topics, methods and authors by id with their names."""

    title: str
    tldr: str
    keywords: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]
    methods: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]


class Reason(NamedTuple):
    """What two papers have in common. Each part may be empty."""

    people: tuple[str, ...]
    topics: tuple[str, ...]
    methods: tuple[str, ...]
    terms: tuple[str, ...]


def reason(ours: Subject, theirs: Subject, words: Sequence[str]) -> Reason | None:
    """Why the paper ``theirs`` is related to ``ours``; None if nothing convincing is found.

    ``words`` are the words that made the two similar, the strongest first.
    """
    people = _shared(ours.people, theirs.people)
    topics = _shared(ours.topics, theirs.topics)[:1]
    methods = _shared(ours.methods, theirs.methods)[:1]
    terms = tuple(_terms(ours, theirs, words))
    is_near = (topics and methods) or ((topics or methods) and terms) or any(" " in term for term in terms)
    if not (people or is_near):
        return None
    named = _stems(_WORD.findall(" ".join((*topics, *methods)).lower()))
    distinctive = tuple(term for term in terms if not _stems(term.split()) <= named)
    return Reason(people, topics, methods, distinctive[:_TERMS])


def _shared(ours: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    ids = {key for key, _ in ours}
    return tuple(name for key, name in theirs if key in ids)


def _terms(ours: Subject, theirs: Subject, words: Sequence[str]) -> Iterator[str]:
    """Phrases of two words in the short texts of both, then single words in the titles or keywords of both."""
    used_stems: set[str] = set()
    known = {stems for _, stems in _pairs(ours)}
    strong = _stems(words)
    for pair, stems in _pairs(theirs):
        if stems in known and not strong.isdisjoint(stems) and used_stems.isdisjoint(stems):
            used_stems.update(stems)
            yield " ".join(pair)
    heads = _head_stems(ours) & _head_stems(theirs) - _BROAD_STEMS
    for word in words:
        stem = word[:_STEM]
        if stem in heads and stem not in used_stems:
            used_stems.add(stem)
            yield word


@lru_cache(maxsize=1000)  # a paper is compared with each of its related papers, and they with it
def _pairs(subject: Subject) -> tuple[tuple[tuple[str, str], frozenset[str]], ...]:
    """Pairs of adjacent words with a meaning of their own, with stems: neither is common, and at most one is broad."""
    return tuple(
        (pair, stems)
        for text in (subject.title, *subject.keywords, subject.tldr)
        for pair in pairwise(_WORD.findall(text.lower()))
        if all(map(_is_distinctive, pair)) and not (stems := _stems(pair)) <= _BROAD_STEMS
    )


def _is_distinctive(word: str) -> bool:
    return len(word) > 1 and word not in COMMON_WORDS


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words)


@lru_cache(maxsize=1000)
def _head_stems(subject: Subject) -> frozenset[str]:
    return _stems(_WORD.findall(" ".join((subject.title, *subject.keywords)).lower()))
