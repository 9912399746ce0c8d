"""Which texts are nearest to a text, and the words that say why.

Not every text is compared with every other, so that twice as many take about twice as long: the most telling words of
a text lead to those texts of which they tell most, and the best found so are compared by all words. Of 20,000 papers
this finds 96 of 100 of the nearest.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from generator.build.executors import cores, run_parallel
from generator.similarity.weights import LENGTH, Weights

MOST = 5
WORDS_SHOWN = 3
NONE = -1
"""Stands where there are fewer."""

_LEAST = LENGTH * LENGTH * 8 // 100  # below it texts share no more than common words
_TELLING = 24  # words of a text through which others are found
_TOLD = 255  # texts that are found through a word
_CANDIDATES = 48
_BLOCK = 500  # texts compared with all others at a time, which bounds the memory


class Finder(NamedTuple):
    """Which words ask for others like a text, a row each, and which texts a word answers with, a row each."""

    asking: Any
    answering: Any


class Nearest(NamedTuple):
    """Of some texts, a row each: the nearest others first, how near they are, and the columns of the words that say so.

    ``bars`` is how well another must answer to be compared by all words; ``NONE`` if every one that answers is.
    """

    others: Any
    nearness: Any
    words: Any
    bars: Any


def finder_of(weights: Weights) -> Finder:
    """The rows with their most telling words alone, and what each word answers with."""
    rows = weights.rows
    return Finder(_heaviest(row_of(rows), rows.data, rows.indices, _TELLING, rows.shape), answering_of(weights))


def answering_of(weights: Weights) -> Any:
    """The columns with the rows alone of which they tell most."""
    rows = weights.rows
    return _heaviest(rows.indices, rows.data, row_of(rows), _TOLD, rows.shape[::-1])


def nearest(weights: Weights, finder: Finder, rows: Any) -> Nearest:
    """The nearest ones of these ``rows``; several processes share them if they are many. Raises WorkerLost."""
    import numpy

    blocks = [rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK)]
    shares = [blocks[at :: cores()] for at in range(min(cores(), len(blocks)))]
    done = run_parallel([partial(_of_blocks, weights, finder, share) for share in shares], cores())
    found = [nothing(0), *chain.from_iterable(zip_longest(*done))]
    parts = [part for part in found if part is not None]
    return Nearest(*(numpy.concatenate(held) for held in zip(*parts, strict=True)))


def nothing(texts: int) -> Nearest:
    """Nothing found yet for so many texts."""
    import numpy

    shapes = (texts, MOST), (texts, MOST), (texts, MOST, WORDS_SHOWN), (texts,)
    return Nearest(*(numpy.full(shape, NONE, dtype=numpy.int32) for shape in shapes))


def _heaviest(groups: Any, weights: Any, others: Any, most: int, shape: tuple[int, int]) -> Any:
    """At most ``most`` members of each group, of equally heavy ones those with the least ``others``; a row a group."""
    import numpy
    from scipy.sparse import csr_array

    order = (groups.astype(numpy.int64) * (LENGTH + 1) + (LENGTH - weights)) * shape[1] + others
    order.sort()  # tells all of a member, so nothing else need be moved
    group, rest = numpy.divmod(order, (LENGTH + 1) * shape[1])
    kept = _places(group) < most
    lightness, other = numpy.divmod(rest[kept], shape[1])
    told = (LENGTH - lightness).astype(numpy.int32), (group[kept], other.astype(numpy.int32))
    return csr_array(told, shape=shape)


def _places(groups: Any) -> Any:
    """Which member of its group each one is; those of a group follow each other, in order."""
    import numpy

    held = numpy.bincount(groups)
    return numpy.arange(len(groups)) - (numpy.cumsum(held) - held)[groups]


def row_of(table: Any) -> Any:
    """The row of each member of a table, in the order in which it holds them."""
    import numpy

    return numpy.repeat(numpy.arange(table.shape[0]), numpy.diff(table.indptr))


def _of_blocks(weights: Weights, finder: Finder, blocks: Sequence[Any]) -> list[Nearest]:
    return [_of_block(weights, finder, rows) for rows in blocks]


def _of_block(weights: Weights, finder: Finder, rows: Any) -> Nearest:
    """The nearest ones of each row of a block, whose candidates are compared with it by all words."""
    import numpy

    found = nothing(len(rows))
    candidates = list(_candidates(finder, rows, found.bars))
    at = numpy.repeat(numpy.arange(len(rows)), [len(others) for others in candidates])
    others = numpy.concatenate(candidates)
    shared = (weights.rows[rows[at]] * weights.rows[others]).tocsr()
    values = shared.sum(axis=1)
    order = numpy.lexsort((others, -values, at))
    order = order[values[order] >= _LEAST]
    place = _places(at[order])
    order, place = order[place < MOST], place[place < MOST]
    found.others[at[order], place] = others[order]
    found.nearness[at[order], place] = values[order]
    found.words[at[order], place] = _strongest(shared[order])
    return found


def _candidates(finder: Finder, rows: Any, bars: Any) -> Iterator[Any]:
    """For each row of a block the others that seem nearest, at most ``_CANDIDATES``; notes in ``bars`` how near."""
    import numpy

    near = (finder.asking[rows] @ finder.answering).tocsr()
    for at, row in enumerate(rows):
        span = slice(near.indptr[at], near.indptr[at + 1])
        others, values = near.indices[span].astype(numpy.int64), near.data[span]
        if len(others) <= _CANDIDATES:
            yield others[others != row]
            continue
        order = (values.astype(numpy.int64) + 1) * near.shape[1] - others  # of equal ones the first
        order[others == row] = -1
        best = numpy.argpartition(order, -_CANDIDATES)[-_CANDIDATES:]
        bars[at] = values[best].min()
        yield others[best[order[best] > 0]]


def _strongest(shared: Any) -> Any:
    """The columns of each row that weigh most, of equal ones the first in order."""
    import numpy

    rows = row_of(shared)
    order = numpy.lexsort((shared.indices, -shared.data, rows))
    place = _places(rows[order])
    order, place = order[place < WORDS_SHOWN], place[place < WORDS_SHOWN]
    found = numpy.full((shared.shape[0], WORDS_SHOWN), NONE, dtype=numpy.int32)
    found[rows[order], place] = shared.indices[order]
    return found
