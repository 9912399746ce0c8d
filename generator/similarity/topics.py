"""Suggest topics for a paper, learned from the papers that have topics (TF-IDF and cosine).

The row of a text has the weights of its words (``row_of``). A topic is the centroid of the rows of its papers and of
its own description; the nearest topics are suggested
(Rocchio classification: https://nlp.stanford.edu/IR-book/html/htmledition/rocchio-classification-1.html).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import mul
from random import Random

from generator.model.entities import Topic
from generator.model.localized import in_digest_language
from generator.model.paper import Paper
from generator.model.record import record
from generator.similarity.weights import compared_texts, idf_by_word, row_of, whole_text, words_of

MAX_SUGGESTIONS = 3
_MIN_NEARNESS = 0.05  # cosine; below it, a topic shares only common words
_FOLDS = 10  # parts of the papers, each tested with the topics learned from the others


@record
class Suggestion:
    """A rank among the nearest topics: a topic, or several that are equally near, and their nearness (0 to 1)."""

    topics: tuple[str, ...]
    nearness: float


@record
class Accuracy:
    """Shares of papers (0 to 1) whose first topic is suggested first, or among the first three.

    ``commonest_first`` and ``commonest_three`` are the shares if the commonest topics were always suggested.
    """

    first: float
    among_three: float
    commonest_first: float
    commonest_three: float


def suggestions(
    texts: Sequence[str], papers: Sequence[Paper], topics: Sequence[Topic], digest_language: str
) -> list[tuple[Suggestion, ...]]:
    """Return at most three topics for each text, nearest first; more if the last ones are equally near.

    Topics are learned from the first topic of each of ``papers``, and from names and descriptions of ``topics`` in
    ``digest_language``. A topic with subtopics but no papers is never suggested, nor is one that shares only common
    words with the text.
    """
    examples = [
        (paper.topics[0], whole_text(compared_texts(paper, digest_language))) for paper in papers if paper.topics
    ]
    examples += [
        (topic.id, _topic_text(topic, digest_language))
        for topic in _suggested(topics, {topic_id for topic_id, _ in examples})
    ]
    counts = [words_of(text) for _, text in examples]
    idf = idf_by_word(counts, len(counts))
    centroids: dict[str, Counter[str]] = defaultdict(Counter)
    for (topic_id, _), words in zip(examples, counts, strict=True):
        centroids[topic_id].update(row_of(words, idf))
    lengths = {topic_id: _length(centroid) for topic_id, centroid in centroids.items()}
    return [tuple(_ranks(_nearness(row_of(words_of(text), idf), centroids, lengths))) for text in texts]


def _nearness(
    row: Mapping[str, int], centroids: Mapping[str, Mapping[str, int]], lengths: Mapping[str, float]
) -> dict[str, float]:
    """Return the cosine between a text and the centroid of each topic."""
    length = _length(row)
    return {
        topic_id: sum([weight * centroid[word] for word, weight in row.items() if word in centroid])
        / (length * lengths[topic_id])
        for topic_id, centroid in centroids.items()
    }


def _length(row: Mapping[str, int]) -> float:
    return math.sqrt(sum(map(mul, row.values(), row.values()))) or 1.0  # not 0, because callers divide by it


def accuracy(
    papers: Sequence[Paper], topics: Sequence[Topic], digest_language: str, text: Callable[[Paper], str], seed: int
) -> Accuracy:
    """Measure how often the first topic of a paper is suggested for its ``text``, by ten-fold cross-validation.

    A topic among several equally near ones counts with its chance in a random draw.
    Raises ``ValueError`` if there are fewer than ten papers with a topic.
    """
    papers_with_topic = sorted((paper for paper in papers if paper.topics), key=lambda paper: paper.id)
    if len(papers_with_topic) < _FOLDS:
        raise ValueError(f"{len(papers_with_topic)} papers have a topic; {_FOLDS} are needed")
    hits = [0.0] * 4  # the sums of the scores below
    Random(seed).shuffle(papers_with_topic)  # noqa: S311 - assigns papers to folds reproducibly
    for fold in range(_FOLDS):
        tested = papers_with_topic[fold::_FOLDS]
        training = [paper for number, paper in enumerate(papers_with_topic) if number % _FOLDS != fold]
        common = [
            topic_id for topic_id, _ in Counter(paper.topics[0] for paper in training).most_common(MAX_SUGGESTIONS)
        ]
        suggested = suggestions([text(paper) for paper in tested], training, topics, digest_language)
        for paper, ranks in zip(tested, suggested, strict=True):
            topic = paper.topics[0]
            scores = (
                chance(ranks, topic, 1),
                chance(ranks, topic, MAX_SUGGESTIONS),
                topic == common[0],
                topic in common,
            )
            hits = [sum(pair) for pair in zip(hits, scores, strict=True)]
    first, three, commonest_first, commonest_three = (hit / len(papers_with_topic) for hit in hits)
    return Accuracy(first=first, among_three=three, commonest_first=commonest_first, commonest_three=commonest_three)


def chance(ranks: Sequence[Suggestion], topic: str, count: int) -> float:
    """Return the probability that ``topic`` is among the first ``count`` if equally near topics are shuffled."""
    for rank in ranks:
        if topic in rank.topics:
            return min(1.0, count / len(rank.topics))
        count -= len(rank.topics)
        if count <= 0:
            break
    return 0.0


def _topic_text(topic: Topic, digest_language: str) -> str:
    """Return name, description and scope note of a topic as one text."""
    texts = (topic.name, topic.description, topic.scope_note)
    return "\n".join(in_digest_language(text, digest_language) for text in texts if text)


def _suggested(topics: Sequence[Topic], with_papers: set[str]) -> list[Topic]:
    """Return the topics that may be suggested: those in ``with_papers``, and those without subtopics."""
    parents = {topic.parent for topic in topics}
    return [topic for topic in topics if topic.id in with_papers or topic.id not in parents]


def _ranks(nearness: dict[str, float]) -> Iterator[Suggestion]:
    """Yield the nearest topics. Topics are equally near if their nearness has the same two decimals, as displayed."""
    groups: dict[float, list[str]] = {}
    for topic_id, value in sorted(nearness.items()):
        groups.setdefault(round(value, 2), []).append(topic_id)
    remaining = MAX_SUGGESTIONS
    for value, topic_ids in sorted(groups.items(), reverse=True):
        if value < _MIN_NEARNESS or remaining <= 0:
            return
        yield Suggestion(topics=tuple(topic_ids), nearness=value)
        remaining -= len(topic_ids)
