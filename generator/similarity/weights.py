"""Texts as rows of whole numbers, a column a word: how telling each word is of each text (TF-IDF).

Whole numbers add up to the same on every machine. How common a word is counts by powers of two only, so a text more or
less changes few rows. A row is as long as ``LENGTH``, so the product of two is ``LENGTH ** 2`` times their cosine.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.similarity.common_words import COMMON_WORDS

if TYPE_CHECKING:
    from scipy.sparse import csr_array

LENGTH = 1 << 12
_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_ONCE = 1024  # what a word counts that stands once; it counts as much again each time it stands e times as often
_RARE, _RARER = 10, 7  # what a word counts by its texts: the first if it stands in nearly all, and for each halving
_SMALL = 20  # texts, among which no word is too common


class Weights(NamedTuple):
    """A row for each text, a column for each word; words are in order. ``texts_of`` counts the texts of each word."""

    rows: "csr_array"
    words: Sequence[str]
    texts_of: Any


def words_in(text: str) -> list[str]:
    """What counts as words of a text, each as often as it stands there."""
    return [word for word in _WORD.findall(text.lower()) if word not in COMMON_WORDS]


def weights_of(texts: Iterable[str]) -> Weights:
    """The weights of the words in ``texts``, but of words that only one has, and those that a quarter of them have."""
    import numpy  # takes a fifth of a second
    from scipy.sparse import csr_array

    counts = [Counter(words_in(text)) for text in texts]
    texts_of = Counter(word for held in counts for word in held)
    common = len(counts).bit_length() - 3 if len(counts) > _SMALL else _SMALL
    words = sorted(word for word, number in texts_of.items() if number > 1 and number.bit_length() <= common)
    columns = {word: column for column, word in enumerate(words)}
    starts, places, times = [0], [], []
    for held in counts:
        known = sorted((columns[word], number) for word, number in held.items() if word in columns)
        places += [column for column, _ in known]
        times += [number for _, number in known]
        starts.append(len(places))
    found = csr_array((numpy.array(times, dtype=numpy.int64), places, starts), shape=(len(counts), len(words)))
    numbers = numpy.array([texts_of[word] for word in words], dtype=numpy.int64)
    return Weights(_weighted(found, numbers, len(counts)), words, numbers)


def _weighted(found: "csr_array", texts_of: Any, texts: int) -> "csr_array":
    """How often each word stands in each text, weighted, and each row brought to ``LENGTH``."""
    import numpy
    from scipy.sparse import csr_array

    most = int(found.data.max(initial=1))
    often = numpy.array([0, *(round(_ONCE * (1 + math.log(times))) for times in range(1, most + 1))])
    halvings = texts.bit_length() - numpy.frexp(texts_of.astype(float))[1]  # of which frexp gives the bit length
    weight = often[found.data] * (_RARE + _RARER * halvings)[found.indices]
    row_of = numpy.repeat(numpy.arange(texts), numpy.diff(found.indptr))
    squares = numpy.zeros(texts, dtype=numpy.int64)
    numpy.add.at(squares, row_of, weight * weight)
    length = numpy.maximum(numpy.sqrt(squares).astype(numpy.int64), 1)
    return csr_array((weight * LENGTH // length[row_of], found.indices, found.indptr), shape=found.shape)
