"""Papers that tell of similar things, by the words of the digest's own texts (TF-IDF and cosine, scikit-learn)."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from generator.model.catalog import Catalog
from generator.model.paper import Status
from generator.model.record import record
from generator.similarity.told import WORD, whole_text

_MOST = 5
_WORDS_SHOWN = 3
_LEAST = 0.08  # of cosine; below it papers share no more than common words
_BLOCK = 500  # papers compared with all others at a time, which bounds the memory
_SHOWN = frozenset({Status.PUBLISHED, Status.CORRECTED})


@record
class Relation:
    """A paper near another one: its id, how near it is (0 to 1), and the words that say why."""

    id: str
    nearness: float
    words: tuple[str, ...]


def related_papers(catalog: Catalog, own: str) -> Mapping[str, tuple[Relation, ...]]:
    """The nearest papers of each paper, the nearest first; equally near ones in the order of their ids.

    ``own`` is the digest's language. A paper that was withdrawn, retracted or removed is near none.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # takes a second, for a build alone

    papers = [paper for paper in catalog.papers.values() if paper.status in _SHOWN]
    vectorizer = TfidfVectorizer(
        stop_words="english",
        sublinear_tf=True,
        min_df=2,
        max_df=0.2 if len(papers) > 20 else 1.0,
        token_pattern=WORD,
    )
    try:
        weights = vectorizer.fit_transform([whole_text(paper, own) for paper in papers])
    except ValueError:  # too few papers, so no word is in two of them
        return MappingProxyType({})
    words = vectorizer.get_feature_names_out()
    ids = [paper.id for paper in papers]
    return MappingProxyType(
        {ids[row]: tuple(_relations(ids, weights, words, row, near)) for row, near in _nearest(weights, ids)}
    )


def _nearest(weights: Any, ids: Sequence[str]) -> Iterator[tuple[int, list[tuple[float, int]]]]:
    """For each row its nearest others, as (nearness, row). Rounded, so that the last bits of a machine do not show."""
    for start in range(0, len(ids), _BLOCK):
        block = (weights[start : start + _BLOCK] @ weights.T).tocsr()
        for at in range(block.shape[0]):
            row, span = start + at, slice(block.indptr[at], block.indptr[at + 1])
            found = zip(block.data[span].tolist(), block.indices[span].tolist(), strict=True)
            near = [(round(value, 4), other) for value, other in found if value >= _LEAST and other != row]
            yield row, sorted(near, key=lambda pair: (-pair[0], ids[pair[1]]))[:_MOST]


def _relations(
    ids: Sequence[str], weights: Any, words: Sequence[str], row: int, near: Sequence[tuple[float, int]]
) -> Iterator[Relation]:
    for nearness, other in near:
        shared = weights[row].multiply(weights[other]).tocoo()
        found = sorted((-round(value, 6), words[column]) for value, column in zip(shared.data, shared.col, strict=True))
        yield Relation(id=ids[other], nearness=nearness, words=tuple(str(word) for _, word in found[:_WORDS_SHOWN]))
