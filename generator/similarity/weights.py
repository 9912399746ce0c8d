"""Texts as rows of whole numbers, a column a word: how telling each word is of each text (TF-IDF).

Whole numbers add up to the same on every machine. How common a word is counts by powers of two only, so a text more or
less changes few rows. A row is as long as ``LENGTH``, so the product of two is ``LENGTH ** 2`` times their cosine.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress, count
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.similarity.common_words import COMMON_WORDS

if TYPE_CHECKING:
    from scipy.sparse import csr_array

LENGTH = 1 << 12
_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_ONCE = 1024  # what a word counts that stands once; it counts as much again each time it stands e times as often
_RARE, _RARER = 10, 7  # what a word counts by its texts: the first if it stands in nearly all, and for each halving
_SMALL = 20  # texts, among which no word is too common


class Counts(NamedTuple):
    """How often each word stands in each text, a row each; a column for each word, in order."""

    rows: "csr_array"
    words: Sequence[str]


class Weights(NamedTuple):
    """A row for each text, a column for each word; words are in order. ``texts_of`` counts the texts of each word."""

    rows: "csr_array"
    words: Sequence[str]
    texts_of: Any


def counts_of(texts: Iterable[str]) -> Counts:
    """The words in ``texts``, but for common ones that tell nothing."""
    import numpy  # takes a fifth of a second
    from scipy.sparse import csr_array

    number_of: dict[str, int] = defaultdict(count().__next__)
    places: list[int] = []
    starts = [0]
    for text in texts:
        places += map(number_of.__getitem__, _WORD.findall(text.lower()))
        starts.append(len(places))
    words = sorted(number_of)
    at = numpy.empty(len(words), dtype=numpy.int32)
    at[[number_of[word] for word in words]] = numpy.arange(len(words))
    found = numpy.array(places, dtype=numpy.int32)
    told = (numpy.ones(len(found), dtype=numpy.int32), at[found], numpy.array(starts, dtype=numpy.int32))
    rows = csr_array(told, shape=(len(starts) - 1, len(words)))
    rows.sum_duplicates()  # and sorts
    told_of = numpy.array([word not in COMMON_WORDS for word in words], dtype=bool)
    return _of_words(Counts(rows, words), told_of)


def both(first: Counts, then: Counts) -> Counts:
    """The rows of two, one after the other."""
    from scipy.sparse import vstack

    known = set(first.words)
    words = sorted([*first.words, *(word for word in then.words if word not in known)])
    rows = [_spread(counts, words) for counts in (first, then)]
    return Counts(vstack(rows, format="csr"), words)


def rows_of(counts: Counts, numbers: Any) -> Counts:
    """The rows with these ``numbers``, in their order, and the words that stand in them."""
    import numpy

    rows = counts.rows[numbers]
    return _of_words(Counts(rows, counts.words), numpy.bincount(rows.indices, minlength=len(counts.words)) > 0)


def weights_of(counts: Counts) -> Weights:
    """The weights of the words, but of words that only one text has, and those that a quarter of them have."""
    import numpy

    texts = counts.rows.shape[0]
    texts_of = numpy.bincount(counts.rows.indices, minlength=len(counts.words))
    common = texts.bit_length() - 3 if texts > _SMALL else _SMALL
    kept = (texts_of > 1) & (_bit_lengths(texts_of) <= common)
    rows, words = _of_words(counts, kept)
    return Weights(_weighted(rows, texts_of[kept]), words, texts_of[kept])


def _of_words(counts: Counts, kept: Any) -> Counts:
    """The columns of the words that are ``kept``."""
    import numpy
    from scipy.sparse import csr_array

    rows = counts.rows
    held = kept[rows.indices]
    before = numpy.concatenate(([0], numpy.cumsum(held)))
    places = (numpy.cumsum(kept) - 1).astype(numpy.int32)[rows.indices[held]]
    words = list(compress(counts.words, kept))
    told = (rows.data[held], places, before[rows.indptr].astype(numpy.int32))
    return Counts(csr_array(told, shape=(rows.shape[0], len(words))), words)


def _spread(counts: Counts, words: Sequence[str]) -> "csr_array":
    """The same rows with a column for each of ``words``, which hold those of ``counts``."""
    from scipy.sparse import csr_array

    rows = counts.rows
    places = columns_in(counts.words, words)[rows.indices]
    return csr_array((rows.data, places, rows.indptr), shape=(rows.shape[0], len(words)))


def columns_in(words: Sequence[str], others: Sequence[str]) -> Any:
    """The place of each of ``words`` in ``others``, -1 where it is not there; both are in order."""
    import numpy

    if words == others:
        return numpy.arange(len(words), dtype=numpy.int32)
    place = {word: at for at, word in enumerate(others)}
    return numpy.array([place.get(word, -1) for word in words], dtype=numpy.int32)


def _bit_lengths(numbers: Any) -> Any:
    import numpy

    return numpy.frexp(numbers.astype(float))[1]


def _weighted(found: "csr_array", texts_of: Any) -> "csr_array":
    """How often each word stands in each text, weighted, and each row brought to ``LENGTH``."""
    import numpy
    from scipy.sparse import csr_array

    texts = found.shape[0]
    most = int(found.data.max(initial=1))
    often = numpy.array([0, *(round(_ONCE * (1 + math.log(times))) for times in range(1, most + 1))])
    halvings = texts.bit_length() - _bit_lengths(texts_of)
    weight = often[found.data] * (_RARE + _RARER * halvings)[found.indices]
    held = numpy.diff(found.indptr)
    sums = numpy.concatenate(([0], numpy.cumsum(weight * weight)))
    squares = sums[found.indptr[1:]] - sums[found.indptr[:-1]]
    length = numpy.maximum(numpy.sqrt(squares).astype(numpy.int64), 1)
    brought = (weight * LENGTH // numpy.repeat(length, held)).astype(numpy.int32)  # two of them multiplied fit as well
    return csr_array((brought, found.indices, found.indptr), shape=found.shape)
