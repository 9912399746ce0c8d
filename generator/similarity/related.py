"""Papers about similar things, by the words of the digest's own texts (TF-IDF and cosine).

What was found for one state of the digest serves the next one: most papers are related as they were (``state.py``), and
the result is the same as without.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from itertools import chain
from types import MappingProxyType

import msgspec

from generator.build.inputs import Inputs, query
from generator.build.task import Task, Value, plain_task
from generator.model.catalog import Catalog
from generator.model.paper import Status
from generator.model.record import record
from generator.model.settings import Settings
from generator.similarity.nearest import Nearest, Texts, answers_of, heaviest, nearest
from generator.similarity.state import State, decoded_state, encoded, still_nearest
from generator.similarity.texts import Compared, compared_text, whole_text
from generator.similarity.weights import LENGTH, Counts, row_of, shared_values, words_of

STATE = "related state"
"""The name of the value that one run leaves for the next."""

_KEY_BYTES = 16
_SHOWN = frozenset({Status.PUBLISHED, Status.CORRECTED})


@record
class Relation:
    """A paper near another one: its id, how near it is (0 to 1), and the words that say why."""

    id: str
    nearness: float
    words: tuple[str, ...]


def related_name(paper_id: str) -> str:
    """The name of the value that holds what is near a paper."""
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
        related, state = related_since({name: text for name, text in texts.items() if text}, self._state())
        for name in texts:
            relations = related.get(name, ())
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
    texts = {name: texts[name] for name in sorted(texts)}
    last = decoded_state(before) if before else None
    keys = {name: _key(text) for name, text in texts.items()}
    counts = _counts(texts, keys, last)
    values = shared_values(counts.values(), len(counts))
    rows = [row_of(words, values) for words in counts.values()]
    known = still_nearest(last, keys, values, dict(zip(texts, rows, strict=True))) if last else {}
    missing = [place for place, name in enumerate(texts) if name not in known]
    words = set(chain.from_iterable(heaviest(rows[place]) for place in missing)) if known else None
    new = nearest(Texts(list(texts), rows, answers_of(rows, words)), missing)
    near = {name: known[name] if name in known else new[place] for place, name in enumerate(texts)}
    return _relations(near), encoded(State(keys, counts, values, near))


def _relations(near: Mapping[str, Nearest]) -> Mapping[str, tuple[Relation, ...]]:
    return MappingProxyType(
        {
            name: tuple(
                Relation(id=one.name, nearness=round(one.nearness / LENGTH**2, 4), words=one.words)
                for one in nearest_ones.near
            )
            for name, nearest_ones in near.items()
        }
    )


def _key(text: Compared) -> bytes:
    """What distinguishes a text from others."""
    return blake2b(repr(tuple(text)).encode(), digest_size=_KEY_BYTES).digest()


def _counts(texts: Mapping[str, Compared], keys: Mapping[str, bytes], last: State | None) -> dict[str, Counts]:
    """The words of each text, counted now where that was not done before."""
    same = dict(last.keys.items() & keys.items()) if last else {}
    return {
        name: last.counts[name] if last and name in same else words_of(whole_text(text)) for name, text in texts.items()
    }


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[tuple[str, float, tuple[str, ...]]]).decode
