"""Papers that tell of similar things, by the words of the digest's own texts (TF-IDF and cosine).

What was found for one state of the digest serves the next one: most papers are related as they were
(``remembered.py``), and the result is the same as without.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import count
from types import MappingProxyType

from generator.model.catalog import Catalog
from generator.model.made_from import as_bytes
from generator.model.paper import Paper, Status
from generator.model.record import record
from generator.model.values import in_language
from generator.similarity.nearest import NONE, Nearest, finder_of, nearest
from generator.similarity.remembered import KEY, Known, known_from, taken_over, told
from generator.similarity.told import whole_text
from generator.similarity.weights import LENGTH, Counts, both, counts_of, rows_of, weights_of

_SHOWN = frozenset({Status.PUBLISHED, Status.CORRECTED})


@record
class Relation:
    """A paper near another one: its id, how near it is (0 to 1), and the words that say why."""

    id: str
    nearness: float
    words: tuple[str, ...]


class Relations(Mapping[str, tuple[Relation, ...]]):
    """The relations of each of ``shown``, made when they are asked for; ``found`` are those of ``ids``, in order."""

    def __init__(self, shown: Iterable[str], ids: Sequence[str], words: Sequence[str], found: Nearest) -> None:
        row_of = {name: row for row, name in enumerate(ids)}
        self._row_of = {name: row_of[name] for name in shown if name in row_of}
        self._ids, self._words = ids, words
        self._found = found.others.tolist(), found.nearness.tolist(), found.words.tolist()

    def __getitem__(self, name: str) -> tuple[Relation, ...]:
        row = self._row_of[name]
        found = zip(*(held[row] for held in self._found), strict=True)
        return tuple(self._relation(*one) for one in found if one[0] != NONE)

    def __iter__(self) -> Iterator[str]:
        return iter(self._row_of)

    def __len__(self) -> int:
        return len(self._row_of)

    def _relation(self, other: int, nearness: int, why: Iterable[int]) -> Relation:
        words = tuple(self._words[column] for column in why if column != NONE)
        return Relation(id=self._ids[other], nearness=round(nearness / LENGTH**2, 4), words=words)


def related_papers(catalog: Catalog, own: str) -> Mapping[str, tuple[Relation, ...]]:
    """The nearest papers of each paper, the nearest first; equally near ones in the order of their ids.

    ``own`` is the digest's language. A paper that was withdrawn, retracted or removed is near none.
    """
    return related_since(catalog, own, None)[0]


def related_since(catalog: Catalog, own: str, before: bytes | None) -> tuple[Mapping[str, tuple[Relation, ...]], bytes]:
    """The same, and what the next call may be given as ``before``: what this program gave for any other catalogue.

    It must be just that, byte for byte: it is believed.
    """
    papers = sorted((p for p in catalog.papers.values() if p.status in _SHOWN), key=lambda paper: paper.id)
    ids = [paper.id for paper in papers]
    keys = [_key(paper, own) for paper in papers]
    last = known_from(before) if before else None
    counts = _counts(papers, keys, own, last)
    weights = weights_of(counts)
    if not weights.words:  # too few papers, so no word is in two of them
        return MappingProxyType({}), b""
    finder = finder_of(weights)
    found = taken_over(last, ids, weights, finder)
    for held, new in zip(found.nearest, nearest(weights, finder, found.missing), strict=True):
        held[found.missing] = new
    shown = Relations(catalog.papers, ids, weights.words, found.nearest)
    return shown, told(Known(ids, keys, counts, found.nearest))


def _key(paper: Paper, own: str) -> bytes:
    """What tells the text of a paper from others."""
    texts = paper.title, in_language(paper.tldr, own, own), in_language(paper.summary, own, own), paper.keywords
    return blake2b(as_bytes(texts), digest_size=KEY).digest()


def _counts(papers: Sequence[Paper], keys: Sequence[bytes], own: str, last: Known | None) -> Counts:
    """The words of each paper, counted now where that was not done before."""
    row_of = {key: row for row, key in enumerate(last.keys)} if last else {}
    new = [paper for paper, key in zip(papers, keys, strict=True) if key not in row_of]
    counted = counts_of(whole_text(paper, own) for paper in new)
    if not last:
        return counted
    numbers = count(len(last.keys))
    return rows_of(both(last.counts, counted), [row_of[key] if key in row_of else next(numbers) for key in keys])
