"""How much each word says about each text, in whole numbers (TF-IDF).

Whole numbers add up to the same on every machine. How common a word is counts by powers of two only, so a text more or
less changes few rows. A row is as long as ``LENGTH``, so the product of two is ``LENGTH ** 2`` times their cosine.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from operator import mul
from sys import intern

from generator.similarity.common_words import COMMON_WORDS

LENGTH = 1 << 12
_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_ONCE = 1024  # what a word counts that occurs once; it counts as much again each time it occurs e times as often
_RARE, _RARER = 10, 7  # what a word counts by its texts: the first if it is in nearly all, and for each halving
_QUARTER = 3  # halvings, at least so many for a word that says anything
_SMALL = 20  # texts, among which no word is too common

Counts = Mapping[str, int]
"""How often each word occurs in a text, in the order of the text."""

Row = Mapping[str, int]
"""The weights of the words of a text."""


def words_of(text: str) -> Counts:
    """The words in ``text``, without the common ones that say nothing."""
    counts = Counter(map(intern, _WORD.findall(text.lower())))  # equal words are one object, quick to look up
    for word in COMMON_WORDS & counts.keys():
        del counts[word]
    return counts


def word_values(counts: Iterable[Counts], texts: int) -> dict[str, int]:
    """What each word counts among so many texts."""
    return {word: _value(number, texts) for word, number in _texts_of(counts).items()}


def shared_values(counts: Iterable[Counts], texts: int) -> dict[str, int]:
    """What each word counts, without words that only one text has, and those that a quarter of the texts have."""
    least = _RARE + _RARER * _QUARTER if texts > _SMALL else 0
    return {
        word: value
        for word, number in _texts_of(counts).items()
        if number > 1 and (value := _value(number, texts)) >= least
    }


def row_of(counts: Counts, values: Mapping[str, int]) -> Row:
    """The words of a text weighted by their ``values`` and brought to ``LENGTH``; others are left out."""
    weights = {word: _times(times) * values[word] for word, times in counts.items() if word in values}
    length = math.isqrt(sum(map(mul, weights.values(), weights.values()))) or 1
    return {word: weight * LENGTH // length for word, weight in weights.items()}


def _texts_of(counts: Iterable[Counts]) -> Counter[str]:
    """In how many texts each word occurs."""
    texts: Counter[str] = Counter()
    for words in counts:
        texts.update(words.keys())
    return texts


def _value(number: int, texts: int) -> int:
    return _RARE + _RARER * (texts.bit_length() - number.bit_length())


@cache
def _times(times: int) -> int:
    return round(_ONCE * (1 + math.log(times)))
