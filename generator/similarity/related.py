"""Papers that tell of similar things, by the words of the digest's own texts (TF-IDF and cosine).

What was found for one state of the digest serves the next one: most papers are related as they were
(``remembered.py``), and the result is the same as without.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import count
from types import MappingProxyType

import msgspec

from generator.build.inputs import Inputs, query
from generator.build.task import Task, Value, plain_task
from generator.model.catalog import Catalog
from generator.model.paper import Status
from generator.model.record import record
from generator.model.settings import Settings
from generator.similarity.nearest import NONE, Nearest, finder_of, nearest
from generator.similarity.remembered import KEY, Known, known_from, taken_over, told
from generator.similarity.told import Compared, compared_text, whole_text
from generator.similarity.weights import LENGTH, Counts, both, counts_of, rows_of, weights_of

STATE = "related state"
"""The name of the value that one run leaves for the next."""

_SHOWN = frozenset({Status.PUBLISHED, Status.CORRECTED})


@record
class Relation:
    """A paper near another one: its id, how near it is (0 to 1), and the words that say why."""

    id: str
    nearness: float
    words: tuple[str, ...]


def related_name(paper_id: str) -> str:
    """The name of the value that tells what is near a paper."""
    return f"related {paper_id}"


def decoded(data: bytes) -> tuple[Relation, ...]:
    """The relations that are in such a value."""
    return tuple(Relation(id=name, nearness=nearness, words=words) for name, nearness, words in _decode(data))


class RelatedPapers:
    """The task that finds what is near each paper. ``state`` gives what the last run of it left, or None."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs, state: Callable[[], bytes | None]) -> None:
        self._catalog, self._settings, self._state = catalog, settings, state
        self.inputs = inputs
        inputs.register(self)

    @property
    def task(self) -> Task:
        """Yields a value for each paper, and one for the next run."""
        return plain_task("related papers", self._run, in_parent=True)

    @query
    def compared(self, paper_id: str) -> Compared | None:
        """The texts by which a paper is compared; None for one that was withdrawn, retracted or removed."""
        paper, own = self._catalog.papers[paper_id], self._settings.language
        return compared_text(paper, own) if paper.status in _SHOWN else None

    def _run(self) -> Iterator[Value]:
        texts = {name: self.compared(name) for name in sorted(self._catalog.papers)}
        found, state = related_since({name: text for name, text in texts.items() if text}, self._state())
        for name in texts:
            relations = found.get(name, ())
            yield Value(related_name(name), _encode([(one.id, one.nearness, one.words) for one in relations]))
        yield Value(STATE, state)


def related_papers(catalog: Catalog, own: str) -> Mapping[str, tuple[Relation, ...]]:
    """The nearest papers of each paper, the nearest first; equally near ones in the order of their ids.

    ``own`` is the digest's language. A paper that was withdrawn, retracted or removed is near none.
    """
    papers = (paper for paper in catalog.papers.values() if paper.status in _SHOWN)
    return related_since({paper.id: compared_text(paper, own) for paper in papers}, None)[0]


def related_since(
    texts: Mapping[str, Compared], before: bytes | None
) -> tuple[Mapping[str, tuple[Relation, ...]], bytes]:
    """The nearest ones of each text, by id, and what the next call may be given as ``before``.

    That must be what this program gave for any other texts, byte for byte: it is believed.
    """
    ids = sorted(texts)
    keys = [_key(texts[name]) for name in ids]
    last = known_from(before) if before else None
    counts = _counts([texts[name] for name in ids], keys, last)
    weights = weights_of(counts)
    if not weights.words:  # too few papers, so no word is in two of them
        return MappingProxyType({}), b""
    finder = finder_of(weights)
    found = taken_over(last, ids, weights, finder)
    for held, new in zip(found.nearest, nearest(weights, finder, found.missing), strict=True):
        held[found.missing] = new
    return _relations(ids, weights.words, found.nearest), told(Known(ids, keys, counts, found.nearest))


def _relations(ids: Sequence[str], words: Sequence[str], found: Nearest) -> Mapping[str, tuple[Relation, ...]]:
    def relation(other: int, nearness: int, why: Iterable[int]) -> Relation:
        shared = tuple(words[column] for column in why if column != NONE)
        return Relation(id=ids[other], nearness=round(nearness / LENGTH**2, 4), words=shared)

    rows = zip(found.others.tolist(), found.nearness.tolist(), found.words.tolist(), strict=True)
    return {
        name: tuple(relation(*one) for one in zip(*row, strict=True) if one[0] != NONE)
        for name, row in zip(ids, rows, strict=True)
    }


def _key(text: Compared) -> bytes:
    """What tells a text from others."""
    return blake2b(repr(tuple(text)).encode(), digest_size=KEY).digest()


def _counts(texts: Sequence[Compared], keys: Sequence[bytes], last: Known | None) -> Counts:
    """The words of each text, counted now where that was not done before."""
    row_of = {key: row for row, key in enumerate(last.keys)} if last else {}
    new = [text for text, key in zip(texts, keys, strict=True) if key not in row_of]
    counted = counts_of(map(whole_text, new))
    if not last:
        return counted
    numbers = count(len(last.keys))
    return rows_of(both(last.counts, counted), [row_of[key] if key in row_of else next(numbers) for key in keys])


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[tuple[str, float, tuple[str, ...]]]).decode
