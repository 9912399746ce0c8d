"""Find similar papers by the words of the digest's own texts (TF-IDF and cosine).

A row has the weights of a text's words (``weights.py``). Candidates are the texts with the best scores, which alone are
compared by all words (``nearest.py``).

Results of the previous build are reused if they still hold, so they are the same as computed anew. The nearest texts of
a text depend on its own row, and on the scores and rows of its candidates. A result holds unless the row of its text
changed, or one of its candidates, old or new, was added, removed or changed, or got another score.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from hashlib import blake2b
from itertools import chain, islice
from sys import intern
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from generator.build.executors import run_in_child
from generator.build.inputs import Inputs, query
from generator.build.task import Task, Value, plain_task
from generator.model.catalog import Catalog
from generator.model.paper import Status
from generator.model.record import record
from generator.model.settings import Settings
from generator.similarity.nearest import Nearest, Postings, Texts, nearest, postings_of, query_words, scores_of
from generator.similarity.weights import (
    ROW_LENGTH,
    ComparedTexts,
    Counts,
    Row,
    compared_texts,
    row_of,
    shared_idf_by_word,
    whole_text,
    words_of,
)

MAX_AFFECTED = 0.25  # share of the texts; if changes affect more, all texts are compared again
STATE = "related state"
"""The name of the value with the state for the next build."""

MAX_IN_THIS_PROCESS = 4_000
"""Up to this number, texts are compared in this process. The memory for more texts would not be freed afterwards."""
_KEY_BYTES = 16
COMPARED_STATUSES = frozenset({Status.PUBLISHED, Status.CORRECTED})


class State(NamedTuple):
    """What a build passes to the next one.

    ``keys`` are hashes of the texts, ``counts`` their words, and ``nearest`` their nearest texts, each by name of the
    text. ``idf`` is the inverse document frequency of each word.
    """

    keys: Mapping[str, bytes]
    counts: Mapping[str, Counts]
    idf: Mapping[str, int]
    nearest: Mapping[str, Nearest]


class _Stored(msgspec.Struct, array_like=True):
    """A serialized state. Words are replaced by their indexes in ``vocabulary``, because each occurs in many texts.

    ``words`` has the index of each word of each text. ``times`` has for each text the number of its words, then how
    often each word occurs. Both are arrays of 32-bit integers.
    """

    keys: dict[str, bytes]
    vocabulary: list[str]
    words: bytes
    times: bytes
    idf: dict[str, int]
    nearest: dict[str, Nearest]


def encode_state(state: State) -> bytes:
    """Serialize ``state`` in the byte order of this machine."""
    indexes: dict[str, int] = {}
    texts = state.counts.values()
    words = array("I", (indexes.setdefault(word, len(indexes)) for text in texts for word in text))
    times = array("I", chain.from_iterable((len(text), *text.values()) for text in texts))
    stored = _Stored(
        dict(state.keys), list(indexes), words.tobytes(), times.tobytes(), dict(state.idf), dict(state.nearest)
    )
    return msgspec.msgpack.encode(stored)


def decode_state(data: bytes) -> State:
    """Deserialize a state from ``encode_state``."""
    stored = msgspec.msgpack.decode(data, type=_Stored)
    # Interned as in ``words_of``, so that stored and new words are the same objects.
    words = map(list(map(intern, stored.vocabulary)).__getitem__, array("I", stored.words))
    times = iter(array("I", stored.times))
    counts = {
        name: dict(zip(islice(words, size := next(times)), islice(times, size), strict=True)) for name in stored.keys
    }
    return State(stored.keys, counts, stored.idf, stored.nearest)


def reusable_results(
    previous: State, keys: Mapping[str, bytes], idf: Mapping[str, int], new_rows: Mapping[str, Row]
) -> Mapping[str, Nearest]:
    """Return the results of the previous build that still hold, by name of the text.

    ``keys``, ``idf`` and ``new_rows`` are the current hashes of texts, IDF of words, and rows of texts.
    """
    changed = _changed(previous, keys, idf)
    if len(changed) > MAX_AFFECTED * len(keys):
        return {}
    # A row depends on the words of its text and on their IDF. If neither changed, the old row is the new one.
    old_rows = {
        name: row_of(previous.counts[name], previous.idf) if name in changed else new_rows[name]
        for name in previous.keys
    }
    words = _words_in(changed, old_rows, new_rows)
    old_postings, new_postings = _postings(old_rows, words), _postings(new_rows, words)
    # A word has a limited number of postings, so a changed text can displace another one, or make room for it.
    affected = changed | {name for word in words for name, _ in {*old_postings[word]} ^ {*new_postings[word]}}
    if len(affected) > MAX_AFFECTED * len(keys):
        return {}
    # An affected text may have been a candidate before the change, or be one now.
    postings_now = _postings(new_rows, _words_in(affected, old_rows, new_rows))
    postings_before = postings_now | old_postings  # the postings of other words are unchanged
    postings = [_restricted(lists, affected) for lists in (postings_before, postings_now)]
    return {
        name: previous.nearest[name]
        for name, row in new_rows.items()
        if name not in changed
        and not any(_is_candidate(row, lists, previous.nearest[name].min_score) for lists in postings)
    }


def _changed(previous: State, keys: Mapping[str, bytes], idf: Mapping[str, int]) -> set[str]:
    """Return the names of texts that were added or removed, or whose row changed."""
    words = {word for word, _ in previous.idf.items() ^ idf.items()}
    changed = {name for name, _ in previous.keys.items() ^ keys.items()}
    if words:
        changed |= {name for name, counts in previous.counts.items() if not words.isdisjoint(counts)}
    return changed


def _words_in(names: Set[str], *rows_by_name: Mapping[str, Row]) -> set[str]:
    """Return the words of these texts."""
    return set(chain.from_iterable(rows[name] for rows in rows_by_name for name in names & rows.keys()))


def _postings(rows: Mapping[str, Row], words: Set[str]) -> dict[str, list[tuple[str, int]]]:
    """Return the names of the texts in which each of ``words`` weighs most, with the weights."""
    names, postings = list(rows), postings_of(list(rows.values()), words)
    return {
        word: [(names[index], weight) for index, weight in zip(*postings.get(word, ((), ())), strict=True)]
        for word in words
    }


def _restricted(postings: Mapping[str, Sequence[tuple[str, int]]], names: Set[str]) -> Postings[str]:
    """Return the postings of the texts in ``names`` only."""
    restricted = ((word, [pair for pair in pairs if pair[0] in names]) for word, pairs in postings.items())
    return {word: tuple(zip(*pairs, strict=True)) for word, pairs in restricted if pairs}  # type: ignore[misc]


def _is_candidate(row: Row, postings: Postings[str], min_score: int) -> bool:
    """Whether a text in ``postings`` is a candidate for ``row``: its score is at least ``min_score``."""
    if postings.keys().isdisjoint(row):
        return False
    return any(score >= min_score for score in scores_of(row, postings).values())


@record
class Relation:
    """A similar paper: its id, its nearness (0 to 1), and the strongest shared words."""

    id: str
    nearness: float
    words: tuple[str, ...]


def relations_value_name(paper_id: str) -> str:
    """Return the name of the value with the relations of a paper."""
    return f"related {paper_id}"


def decode_relations(data: bytes) -> tuple[Relation, ...]:
    """Decode a value named by ``relations_value_name``."""
    return tuple(Relation(id=name, nearness=nearness, words=words) for name, nearness, words in _decode(data))


class RelatedPapers:
    """Finds the similar papers of each paper. ``state`` returns the state of the previous build, or None."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs, state: Callable[[], bytes | None]) -> None:
        self._catalog, self._settings, self._state = catalog, settings, state
        self.inputs = inputs
        inputs.register(self)

    @property
    def task(self) -> Task:
        """The task that yields a value for each paper, and the state for the next build."""
        return plain_task("related papers", self._run, in_parent=True)

    @query
    def compared(self, paper_id: str) -> ComparedTexts | None:
        """Return the texts of a paper for comparison, or None if it was withdrawn, retracted or removed."""
        paper, digest_language = self._catalog.papers[paper_id], self._settings.language
        return compared_texts(paper, digest_language) if paper.status in COMPARED_STATUSES else None

    def _run(self) -> Iterator[Value]:
        texts = {name: self.compared(name) for name in sorted(self._catalog.papers)}
        compute = partial(_encoded_relations, texts, self._state())
        relations, state = run_in_child(compute) if len(texts) > MAX_IN_THIS_PROCESS else compute()
        for name, data in zip(texts, relations, strict=True):
            yield Value(relations_value_name(name), data)
        yield Value(STATE, state)


def _encoded_relations(texts: Mapping[str, ComparedTexts | None], old_state: bytes | None) -> tuple[list[bytes], bytes]:
    """Return the encoded relations of each paper, and the state for the next build. Papers without texts have none."""
    related, state = update_related({name: text for name, text in texts.items() if text}, old_state)
    relations = (related.get(name, ()) for name in texts)
    return [
        _encode([(near.id, near.nearness, near.words) for near in nearest_texts]) for nearest_texts in relations
    ], state


def related_papers(catalog: Catalog, digest_language: str) -> Mapping[str, tuple[Relation, ...]]:
    """Return the nearest papers of each paper, nearest first; equally near ones in the order of their ids.

    Their texts in ``digest_language`` are compared. Papers that are withdrawn, retracted or removed are left out.
    """
    papers = (paper for paper in catalog.papers.values() if paper.status in COMPARED_STATUSES)
    return update_related({paper.id: compared_texts(paper, digest_language) for paper in papers}, None)[0]


def update_related(
    texts: Mapping[str, ComparedTexts], old_state: bytes | None
) -> tuple[Mapping[str, tuple[Relation, ...]], bytes]:
    """Return the nearest texts of each text, by id, and the state to pass to the next call as ``old_state``.

    ``old_state`` must come unchanged from an earlier call, for any texts: it is not validated.
    """
    texts = {name: texts[name] for name in sorted(texts)}
    previous = decode_state(old_state) if old_state else None
    keys = {name: _key(text) for name, text in texts.items()}
    counts = _counts(texts, keys, previous)
    idf = shared_idf_by_word(counts.values(), len(counts))
    rows = [row_of(words, idf) for words in counts.values()]
    reused = reusable_results(previous, keys, idf, dict(zip(texts, rows, strict=True))) if previous else {}
    missing = [index for index, name in enumerate(texts) if name not in reused]
    words = set(chain.from_iterable(query_words(rows[index]) for index in missing)) if reused else None
    computed = nearest(Texts(list(texts), rows, postings_of(rows, words)), missing)
    results = {name: reused[name] if name in reused else computed[index] for index, name in enumerate(texts)}
    return _relations(results), encode_state(State(keys, counts, idf, results))


def _relations(results: Mapping[str, Nearest]) -> Mapping[str, tuple[Relation, ...]]:
    return MappingProxyType(
        {
            name: tuple(
                Relation(id=other.name, nearness=round(other.nearness / ROW_LENGTH**2, 4), words=other.words)
                for other in result.near
            )
            for name, result in results.items()
        }
    )


def _key(text: ComparedTexts) -> bytes:
    """Return a hash of a text, which shows whether the text changed."""
    return blake2b(repr(tuple(text)).encode(), digest_size=_KEY_BYTES).digest()


def _counts(texts: Mapping[str, ComparedTexts], keys: Mapping[str, bytes], previous: State | None) -> dict[str, Counts]:
    """Return the words of each text. Those of unchanged texts come from the previous state."""
    unchanged = dict(previous.keys.items() & keys.items()) if previous else {}
    return {
        name: previous.counts[name] if previous and name in unchanged else words_of(whole_text(text))
        for name, text in texts.items()
    }


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[tuple[str, float, tuple[str, ...]]]).decode
