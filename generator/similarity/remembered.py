"""What was found for one state of the texts and holds for the next one too.

What is near a text follows from its own words, from how well other texts answer it, and from the words of those that
answer best. So it stays as it was unless its own row changed, or another one that changed, came, went, or answers
otherwise, was among those compared with it or answers well enough now to be.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from generator.similarity.nearest import NONE, Finder, Nearest, answering_of, nothing, row_of
from generator.similarity.weights import LENGTH, Counts, Weights, columns_in, weights_of

KEY = 16
"""Bytes that tell a text apart."""

_FEW = 4  # one in so many texts; if more are touched, all are looked at anew
_LINE = "\n"  # stands in no name and no word


class Known(NamedTuple):
    """The texts of a digest by their names, in order; what tells each text apart; their words, and what is near."""

    names: Sequence[str]
    keys: Sequence[bytes]
    counts: Counts
    nearest: Nearest


class Taken(NamedTuple):
    """What is near each text, but for those in the rows ``missing``."""

    nearest: Nearest
    missing: Any


def told(known: Known) -> bytes:
    """``known`` as bytes."""
    import numpy

    rows, file = known.counts.rows, BytesIO()
    texts = {"names": _LINE.join(known.names).encode(), "keys": b"".join(known.keys)}
    texts["vocabulary"] = _LINE.join(known.counts.words).encode()
    arrays = {name: numpy.frombuffer(text, dtype=numpy.uint8) for name, text in texts.items()}
    arrays |= {"times": rows.data, "places": rows.indices, "starts": rows.indptr}
    numpy.savez(file, allow_pickle=False, **arrays, **known.nearest._asdict())
    return file.getvalue()


def known_from(data: bytes) -> Known:
    """What was ``told``."""
    import numpy
    from scipy.sparse import csr_array

    with numpy.load(BytesIO(data), allow_pickle=False) as file:
        arrays = dict(file)
    names, words = (_lines(arrays[name].tobytes().decode()) for name in ("names", "vocabulary"))
    keys = arrays["keys"].tobytes()
    told_of = arrays["times"], arrays["places"], arrays["starts"]
    counts = Counts(csr_array(told_of, shape=(len(names), len(words))), words)
    found = Nearest(*(arrays[name] for name in Nearest._fields))
    return Known(names, [keys[at : at + KEY] for at in range(0, len(keys), KEY)], counts, found)


def taken_over(last: Known | None, names: Sequence[str], weights: Weights, finder: Finder) -> Taken:
    """What is near each text of these ``names``, in order, as far as it is what it was at ``last``."""
    import numpy

    found, everything = nothing(len(names)), numpy.arange(len(names))
    if last is None:
        return Taken(found, everything)
    old = weights_of(last.counts)
    rows, columns = columns_in(last.names, names), columns_in(old.words, weights.words)
    gone = rows == NONE
    rows[gone] = len(names) + numpy.arange(numpy.count_nonzero(gone))
    texts = len(names) + int(numpy.count_nonzero(gone))
    changed = _changed(old.rows, weights.rows, rows, columns, texts)
    answering = _moved(answering_of(old), columns, rows, (len(weights.words), texts))
    touched = changed.copy()
    touched[_differing(answering, finder.answering)[1]] = True
    if numpy.count_nonzero(touched) * _FEW > texts:
        return Taken(found, everything)
    for held, known in zip(found, last.nearest, strict=True):
        held[rows[~gone]] = known[~gone]
    stale = changed[: len(names)]
    for answers in (answering, finder.answering):
        stale |= _reached(finder.asking, answers, found.bars, touched)
    for place, held in ((rows, found.others), (columns, found.words)):
        held[held != NONE] = place[held[held != NONE]]
    return Taken(found, numpy.flatnonzero(stale))


def _moved(table: Any, rows: Any, columns: Any, shape: tuple[int, int]) -> Any:
    """``table`` with its rows and columns at other places, in the same order; those at ``NONE`` are left out."""
    import numpy
    from scipy.sparse import csr_array

    row, column = rows[row_of(table)], columns[table.indices]
    kept = (row != NONE) & (column != NONE)
    starts = numpy.concatenate(([0], numpy.cumsum(numpy.bincount(row[kept], minlength=shape[0]))))
    return csr_array((table.data[kept], column[kept], starts), shape=shape)


def _changed(old: Any, now: Any, rows: Any, columns: Any, texts: int) -> Any:
    """Whether each row is another than it was, is new, or is no more."""
    import numpy

    changed = numpy.ones(texts, dtype=bool)
    stayed = rows < now.shape[0]
    changed[rows[stayed]] = numpy.diff(old.indptr)[stayed] != numpy.diff(now.indptr)[rows[stayed]]
    before = _moved(old, rows, columns, (texts, now.shape[1]))
    differing, _ = _differing(before[: now.shape[0]], now)
    changed[differing] = True
    return changed


def _differing(first: Any, second: Any) -> tuple[Any, Any]:
    """The rows and the columns of what stands in one table and not in the other, which have equally many rows."""
    import numpy

    tables, rows = (first, second), [row_of(first), row_of(second)]
    same = numpy.diff(first.indptr) == numpy.diff(second.indptr)
    (row, *here), (_, *there) = (
        (held[same[held]], table.indices[same[held]], table.data[same[held]])
        for table, held in zip(tables, rows, strict=True)
    )
    same[row[(here[0] != there[0]) | (here[1] != there[1])]] = False
    width = max(first.shape[1], second.shape[1], 1)
    others = []
    for table, held in zip(tables, rows, strict=True):
        other = ~same[held]
        others.append((held[other] * width + table.indices[other]) * (LENGTH + 1) + table.data[other])
    in_one = numpy.setxor1d(others[0], others[1], assume_unique=True)
    return numpy.divmod(in_one // (LENGTH + 1), width)


def _reached(asking: Any, answering: Any, bars: Any, touched: Any) -> Any:
    """Whether a text that was ``touched`` answers each one that asks well enough to be compared with it."""
    import numpy

    near = (asking @ answering[:, numpy.flatnonzero(touched[: answering.shape[1]])]).tocsr()
    row = row_of(near)
    reached = numpy.zeros(near.shape[0], dtype=bool)
    reached[row[near.data >= bars[row]]] = True
    return reached


def _lines(text: str) -> list[str]:
    return text.split(_LINE) if text else []
