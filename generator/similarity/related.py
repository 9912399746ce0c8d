"""Find similar papers by the words of the digest's own texts (TF-IDF and cosine).

The result of the previous build is reused where it still holds (``state.py``). The result is the same as without reuse.
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
"""The name of the value with the state for the next run."""

_KEY_BYTES = 16
_SHOWN = frozenset({Status.PUBLISHED, Status.CORRECTED})


@record
class Relation:
    """A similar paper: its id, its nearness (0 to 1), and the strongest shared words."""

    id: str
    nearness: float
    words: tuple[str, ...]


def related_name(paper_id: str) -> str:
    """The name of the value with the relations of a paper."""
    return f"related {paper_id}"


def decoded(data: bytes) -> tuple[Relation, ...]:
    """Decode a value named by ``related_name``."""
    return tuple(Relation(id=name, nearness=nearness, words=words) for name, nearness, words in _decode(data))


class RelatedPapers:
    """The task that finds the similar papers of each paper. ``state`` returns the state of the last run, or None."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs, state: Callable[[], bytes | None]) -> None:
        self._catalog, self._settings, self._state = catalog, settings, state
        self.inputs = inputs
        inputs.register(self)

    @property
    def task(self) -> Task:
        """The task: it yields a value for each paper, and the state for the next run."""
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
            yield Value(related_name(name), _encode([(near.id, near.nearness, near.words) for near in relations]))
        yield Value(STATE, state)


def related_papers(catalog: Catalog, own: str) -> Mapping[str, tuple[Relation, ...]]:
    """Return the nearest papers of each paper, nearest first; equally near ones in the order of their ids.

    ``own`` is the digest's language. Papers that are withdrawn, retracted or removed are left out.
    """
    papers = (paper for paper in catalog.papers.values() if paper.status in _SHOWN)
    return related_since({paper.id: compared_text(paper, own) for paper in papers}, None)[0]


def related_since(
    texts: Mapping[str, Compared], before: bytes | None
) -> tuple[Mapping[str, tuple[Relation, ...]], bytes]:
    """Return the nearest texts of each text, by id, and the state to pass to the next call as ``before``.

    ``before`` must come unchanged from an earlier call, for any texts: it is not validated.
    """
    texts = {name: texts[name] for name in sorted(texts)}
    last = decoded_state(before) if before else None
    keys = {name: _key(text) for name, text in texts.items()}
    counts = _counts(texts, keys, last)
    values = shared_values(counts.values(), len(counts))
    rows = [row_of(words, values) for words in counts.values()]
    reused = still_nearest(last, keys, values, dict(zip(texts, rows, strict=True))) if last else {}
    missing = [place for place, name in enumerate(texts) if name not in reused]
    words = set(chain.from_iterable(heaviest(rows[place]) for place in missing)) if reused else None
    computed = nearest(Texts(list(texts), rows, answers_of(rows, words)), missing)
    near = {name: reused[name] if name in reused else computed[place] for place, name in enumerate(texts)}
    return _relations(near), encoded(State(keys, counts, values, near))


def _relations(near: Mapping[str, Nearest]) -> Mapping[str, tuple[Relation, ...]]:
    return MappingProxyType(
        {
            name: tuple(
                Relation(id=other.name, nearness=round(other.nearness / LENGTH**2, 4), words=other.words)
                for other in neighbours.near
            )
            for name, neighbours in near.items()
        }
    )


def _key(text: Compared) -> bytes:
    """A hash of a text, to detect changes."""
    return blake2b(repr(tuple(text)).encode(), digest_size=_KEY_BYTES).digest()


def _counts(texts: Mapping[str, Compared], keys: Mapping[str, bytes], last: State | None) -> dict[str, Counts]:
    """The words of each text; counts of unchanged texts come from the last state."""
    same = dict(last.keys.items() & keys.items()) if last else {}
    return {
        name: last.counts[name] if last and name in same else words_of(whole_text(text)) for name, text in texts.items()
    }


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[tuple[str, float, tuple[str, ...]]]).decode
