"""Topics that a paper may belong to, learned from the papers that people have sorted (TF-IDF and cosine).

A topic stands in the middle of its papers and its own description; the nearest topics are suggested
(Rocchio classification: https://nlp.stanford.edu/IR-book/html/htmledition/rocchio-classification-1.html).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import mul
from random import Random

from generator.model.localized import in_language
from generator.model.paper import Paper
from generator.model.record import record
from generator.model.topic import Topic
from generator.similarity.texts import compared_text, whole_text
from generator.similarity.weights import row_of, word_values, words_of

MOST = 3
_LEAST = 0.05  # of cosine; below it a topic shares no more than common words
_FOLDS = 10


@record
class Suggestion:
    """A place among the nearest topics: the topics there, several if they are equally near, and how near (0 to 1)."""

    topics: tuple[str, ...]
    nearness: float


@record
class Accuracy:
    """Shares of papers whose primary topic was suggested first, among the first three, and by the commonest topics."""

    first: float
    among_three: float
    commonest_first: float
    commonest_three: float


def suggestions(
    texts: Sequence[str], papers: Sequence[Paper], topics: Sequence[Topic], own: str
) -> list[tuple[Suggestion, ...]]:
    """For each text the nearest topics, the nearest first: three, or more where the last of them are equally near.

    Learned from ``papers`` by their first topic, and from the ``topics``' own words in the digest's ``own`` language.
    A topic that only holds others, and no paper, is never suggested. Empty where a text shares no word with any.
    """
    known = [(paper.topics[0], whole_text(compared_text(paper, own))) for paper in papers if paper.topics]
    known += [(topic.id, _described(topic, own)) for topic in _leaves(topics, {name for name, _ in known})]
    counts = [words_of(text) for _, text in known]
    values = word_values(counts, len(counts))
    middles: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, _), words in zip(known, counts, strict=True):
        middles[name].update(row_of(words, values))
    lengths = {name: _length(middle) for name, middle in middles.items()}
    return [tuple(_places(_nearness(row_of(words_of(text), values), middles, lengths))) for text in texts]


def _nearness(
    row: Mapping[str, int], middles: Mapping[str, Mapping[str, int]], lengths: Mapping[str, float]
) -> dict[str, float]:
    """The cosine between a text and the middle of each topic."""
    length = _length(row)
    return {
        name: sum([weight * middle[word] for word, weight in row.items() if word in middle]) / (length * lengths[name])
        for name, middle in middles.items()
    }


def _length(row: Mapping[str, int]) -> float:
    return math.sqrt(sum(map(mul, row.values(), row.values()))) or 1.0


def accuracy(
    papers: Sequence[Paper], topics: Sequence[Topic], own: str, text: Callable[[Paper], str], seed: int
) -> Accuracy:
    """How often the first topic of papers is suggested by ``text`` of them, each by what the others teach.

    Ten-fold cross-validation. A topic among several that are equally near counts as a draw from these.
    Raises ``ValueError`` if there are fewer than ten papers with a topic.
    """
    known = sorted((paper for paper in papers if paper.topics), key=lambda paper: paper.id)
    if len(known) < _FOLDS:
        raise ValueError(f"{len(known)} papers have a topic; {_FOLDS} are needed")
    hits = [0.0] * 4
    Random(seed).shuffle(known)  # noqa: S311 - deals papers to folds
    for fold in range(_FOLDS):
        pupils = known[fold::_FOLDS]
        teachers = [paper for number, paper in enumerate(known) if number % _FOLDS != fold]
        common = [name for name, _ in Counter(paper.topics[0] for paper in teachers).most_common(MOST)]
        suggested = suggestions([text(paper) for paper in pupils], teachers, topics, own)
        for paper, places in zip(pupils, suggested, strict=True):
            topic = paper.topics[0]
            scores = chance(places, topic, 1), chance(places, topic, MOST), topic == common[0], topic in common
            hits = [sum(pair) for pair in zip(hits, scores, strict=True)]
    first, three, commonest_first, commonest_three = (hit / len(known) for hit in hits)
    return Accuracy(first=first, among_three=three, commonest_first=commonest_first, commonest_three=commonest_three)


def chance(places: Sequence[Suggestion], topic: str, most: int) -> float:
    """How likely ``topic`` is among the first ``most``, if topics that are equally near are drawn by lot."""
    for place in places:
        if topic in place.topics:
            return min(1.0, most / len(place.topics))
        most -= len(place.topics)
        if most <= 0:
            break
    return 0.0


def _described(topic: Topic, own: str) -> str:
    texts = (topic.name, topic.description, topic.scope_note)
    return "\n".join(in_language(text, own, own) for text in texts if text)


def _leaves(topics: Sequence[Topic], used: set[str]) -> list[Topic]:
    parents = {topic.parent for topic in topics}
    return [topic for topic in topics if topic.id in used or topic.id not in parents]


def _places(nearness: dict[str, float]) -> Iterator[Suggestion]:
    """The nearest topics; those whose nearness is shown by the same two digits are equally near."""
    groups: dict[float, list[str]] = {}
    for name, value in sorted(nearness.items()):
        groups.setdefault(round(value, 2), []).append(name)
    left = MOST
    for value, names in sorted(groups.items(), reverse=True):
        if value < _LEAST or left <= 0:
            return
        yield Suggestion(topics=tuple(names), nearness=value)
        left -= len(names)
