"""Reasons to read one paper after another: authors, topics, methods and terms that both have.

Two texts can be similar because of words that are unrelated to their subject. Such papers get no reason, and a paper
without a reason is not shown as related.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from generator.similarity.weights import COMMON_WORDS

# A word that begins with a letter, or a punctuation mark: the words before and after a mark are no phrase.
_WORD = re.compile(r"[^\W\d_][\w-]+|[.,;:!?()]")
_STEM_LENGTH = 6  # first letters of a word; its singular and plural have the same
_TERMS_SHOWN = 3
# Words of nearly every paper: two papers that share one need not be related.
_BROAD = frozenset(
    "accuracy achieve agent algorithm analysis approach benchmark better data dataset deep different effect effective "
    "efficient evaluate experiment framework general improve language large learn learning machine method model models "
    "network networks neural new paper performance problem propose result show simple small state strong study "
    "system task test trade-off train training work".split()
)
_BROAD_STEMS = frozenset(word[:_STEM_LENGTH] for word in _BROAD)


class Subject(NamedTuple):
    """The subject of a paper: its short texts, and the ids and names of its topics, methods and authors."""

    title: str
    tldr: str
    keywords: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]
    methods: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]


class Reason(NamedTuple):
    """What two papers have in common: all authors, at most one topic and one method, and up to three terms.

    People, topics and methods are names, terms are in lower case. Each part may be empty.
    """

    people: tuple[str, ...]
    topics: tuple[str, ...]
    methods: tuple[str, ...]
    terms: tuple[str, ...]


def reason(subject: Subject, other: Subject, words: Sequence[str]) -> Reason | None:
    """What the papers ``subject`` and ``other`` have in common; None if that is too little to relate them.

    ``words`` are the words that made the two papers similar, the strongest first.
    """
    people = _shared_names(subject.people, other.people)
    topics = _shared_names(subject.topics, other.topics)[:1]
    methods = _shared_names(subject.methods, other.methods)[:1]
    terms = tuple(_shared_terms(subject, other, words))
    # A common author or phrase is enough. A topic, a method or a single word needs one of the other two.
    has_phrase = any(" " in term for term in terms)
    if not (people or has_phrase or (topics and methods) or ((topics or methods) and terms)):
        return None
    # Terms that only repeat the name of the topic or method are not shown.
    named_stems = _stems(_WORD.findall(" ".join((*topics, *methods)).lower()))
    shown_terms = tuple(term for term in terms if not _stems(term.split()) <= named_stems)
    return Reason(people, topics, methods, shown_terms[:_TERMS_SHOWN])


def _shared_names(ours: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The names in ``others`` whose ids are also in ``ours``; both are ids with names."""
    ids = {record_id for record_id, _ in ours}
    return tuple(name for record_id, name in others if record_id in ids)


def _shared_terms(subject: Subject, other: Subject, words: Sequence[str]) -> Iterator[str]:
    """Phrases in the short texts of both that have one of ``words``, then ``words`` in the titles or keywords of both.

    No two terms share a stem.
    """
    used_stems: set[str] = set()
    phrases_of_subject = {stems for _, stems in _phrases(subject)}
    strong_stems = _stems(words)
    for phrase, stems in _phrases(other):
        if stems in phrases_of_subject and not strong_stems.isdisjoint(stems) and used_stems.isdisjoint(stems):
            used_stems.update(stems)
            yield phrase
    title_stems = _title_stems(subject) & _title_stems(other) - _BROAD_STEMS
    for word in words:
        stem = word[:_STEM_LENGTH]
        if stem in title_stems and stem not in used_stems:
            used_stems.add(stem)
            yield word


@lru_cache(maxsize=1000)  # each paper is compared with several others
def _phrases(subject: Subject) -> tuple[tuple[str, frozenset[str]], ...]:
    """Phrases of two adjacent words with their stems. Neither word is common, and at most one is broad."""
    return tuple(
        (" ".join(pair), stems)
        for text in (subject.title, *subject.keywords, subject.tldr)
        for pair in pairwise(_WORD.findall(text.lower()))
        if all(map(_is_distinctive, pair)) and not (stems := _stems(pair)) <= _BROAD_STEMS
    )


def _is_distinctive(word: str) -> bool:
    return len(word) > 1 and word not in COMMON_WORDS


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word[:_STEM_LENGTH] for word in words)


@lru_cache(maxsize=1000)
def _title_stems(subject: Subject) -> frozenset[str]:
    """The stems of the words in the title and the keywords."""
    return _stems(_WORD.findall(" ".join((subject.title, *subject.keywords)).lower()))
