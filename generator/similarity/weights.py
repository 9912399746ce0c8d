"""The weight of each word in each text, in integers (TF-IDF).

Sums of integers are the same on every machine. The number of texts with a word counts in powers of two only, so adding
a text changes few rows. A row has the length ``LENGTH``, so the dot product of two rows is ``LENGTH ** 2`` times their
cosine.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from operator import mul
from sys import intern

from generator.similarity.texts import COMMON_WORDS

LENGTH = 1 << 12
_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_ONCE = 1024  # term frequency of a word that occurs once; it grows by this for each factor of e
_RARE, _RARER = 10, 7  # document frequency: the value of a word in nearly all texts, and the gain for each halving
_QUARTER = 3  # halvings; words with fewer are too common to be useful
_SMALL = 20  # up to this number of texts, no word is too common

Counts = Mapping[str, int]
"""How often each word occurs in a text, in the order of the text."""

Row = Mapping[str, int]
"""The weights of the words of a text."""


def words_of(text: str) -> Counts:
    """Count the words in ``text``, without stop words."""
    counts = Counter(map(intern, _WORD.findall(text.lower())))  # interned words are compared by identity
    for word in COMMON_WORDS & counts.keys():
        del counts[word]
    return counts


def word_values(counts: Iterable[Counts], texts: int) -> dict[str, int]:
    """Return the value of each word among ``texts`` texts."""
    return {word: _value(number, texts) for word, number in _texts_of(counts).items()}


def shared_values(counts: Iterable[Counts], texts: int) -> dict[str, int]:
    """Return the value of each word, without words of a single text and words of about a quarter of the texts."""
    least = _RARE + _RARER * _QUARTER if texts > _SMALL else 0
    return {
        word: value
        for word, number in _texts_of(counts).items()
        if number > 1 and (value := _value(number, texts)) >= least
    }


def row_of(counts: Counts, values: Mapping[str, int]) -> Row:
    """The words of a text weighted by ``values`` and scaled to ``LENGTH``. Words without a value are left out."""
    weights = {word: _times(times) * values[word] for word, times in counts.items() if word in values}
    length = math.isqrt(sum(map(mul, weights.values(), weights.values()))) or 1
    return {word: weight * LENGTH // length for word, weight in weights.items()}


def _texts_of(counts: Iterable[Counts]) -> Counter[str]:
    """The number of texts in which each word occurs."""
    texts: Counter[str] = Counter()
    for words in counts:
        texts.update(words.keys())
    return texts


def _value(number: int, texts: int) -> int:
    return _RARE + _RARER * (texts.bit_length() - number.bit_length())


@cache
def _times(times: int) -> int:
    return round(_ONCE * (1 + math.log(times)))
