"""Queries on the papers of a built site, local or published. Independent of the protocol that transports them."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NotRequired, TypedDict

import msgspec
from rapidfuzz import process

from generator.text.slug import SLUG, folded

ReadFile = Callable[[str], str]
"""Returns the text at a path below the site's root. Raises OSError or FetchFailed."""
Record = dict[str, Any]
"""A JSON object: a line of ``papers.jsonl``, or the result of a query."""
CITATION_FILES = {"bibtex": "cite.bib", "ris": "cite.ris", "csl-json": "cite.json"}
# A word in a title says more about a paper than one in its text.
_WEIGHTS = {"title": 6, "authors": 4, "keywords": 3, "topics": 3, "tldr": 2, "text": 1}
_DAMAGED = "papers.jsonl of the site is damaged; build the site again"
_SHORT_FIELDS = ("id", "url", "title", "authors", "venue", "topics", "published", "status")
_MAX_RESULTS = 50


class _Venue(TypedDict):
    series: str
    edition: str
    name: str
    full_name: str


class _Named(TypedDict):
    name: str


class _Identified(TypedDict):
    id: str


class _Topic(_Named, _Identified):
    pass


class _Texts(TypedDict, total=False):
    tldr: str
    summary: str
    significance: str


class _UsedFields(TypedDict):
    """The fields of a paper's record that queries use. The site may be another's, so their types are checked."""

    id: str
    title: str
    venue: _Venue
    other_titles: NotRequired[list[str]]
    authors: NotRequired[list[_Named]]
    keywords: NotRequired[list[str]]
    topics: NotRequired[list[_Topic]]
    tags: NotRequired[list[_Identified]]
    texts: NotRequired[list[_Texts]]
    aliases: NotRequired[list[str]]


class LookupFailed(Exception):
    """There is no such paper, venue, topic or format, and the message suggests similar ones; or the site is damaged."""


class SiteRecords:
    """The records of a site, read on first use. Venues and topics are found without regard to case."""

    def __init__(self, read: ReadFile) -> None:
        self._read = read

    @cached_property
    def papers(self) -> dict[str, Record]:
        """All papers' records by id, in the order of the file. Raises LookupFailed if the file is damaged."""
        try:
            rows = [json.loads(line) for line in self._read("papers.jsonl").splitlines() if line.strip()]
            msgspec.convert(rows, list[_UsedFields])  # only to check the types: it drops all other fields
        except (ValueError, RecursionError):  # msgspec's ValidationError is a ValueError
            raise LookupFailed(_DAMAGED) from None
        return {row["id"]: row for row in rows}

    @cached_property
    def _aliases(self) -> dict[str, str]:
        """The current id for each earlier id of a paper."""
        return {alias: paper_id for paper_id, record in self.papers.items() for alias in record.get("aliases", ())}

    @cached_property
    def _word_weights(self) -> dict[str, Counter[str]]:
        """The weight of each word of a paper, by the paper's id."""
        return {paper_id: _weights_of_words(record) for paper_id, record in self.papers.items()}

    def paper(self, paper_id: str) -> Record:
        """Return a paper's record by its current or an earlier id. Raises LookupFailed."""
        record = self.papers.get(self._aliases.get(paper_id, paper_id))
        if record is None:
            raise LookupFailed(_not_found("paper", paper_id, self.papers))
        return record

    def search(self, query: str, venue: str = "", topic: str = "", year: int = 0, limit: int = 10) -> list[Record]:
        """Return up to ``limit`` papers in short form, the best matches first.

        An empty query matches all papers of the venue, topic and year. If papers contain all words of the query, papers
        with only some of these words are left out. Empty filters and year 0 match every paper.
        """
        words = {folded(word) for word in query.split()} - {""}
        candidate_ids = [
            paper_id
            for paper_id, record in self.papers.items()
            if _passes_filters(record, venue.lower(), topic.lower(), year)
        ]
        weights_by_id = {
            paper_id: [_weight(self._word_weights[paper_id], word) for word in words] for paper_id in candidate_ids
        }
        with_all_words = {paper_id: sum(weights) for paper_id, weights in weights_by_id.items() if all(weights)}
        with_some = {paper_id: sum(weights) for paper_id, weights in weights_by_id.items() if any(weights)}
        scores = with_all_words or with_some
        result_ids = sorted(scores, key=lambda paper_id: (-scores[paper_id], paper_id)) if words else candidate_ids
        return [short_form(self.papers[paper_id]) for paper_id in result_ids[: _bounded(limit)]]

    def venue(self, venue_id: str, limit: int = 50) -> Record:
        """Return a series or an edition by id or name: its name, ``count`` of papers, and up to ``limit`` papers.

        The papers are in short form. Raises LookupFailed.
        """
        requested = venue_id.lower()
        papers = [record for record in self.papers.values() if requested in _venue_names(record)]
        if not papers:
            venue_names = sorted({name for record in self.papers.values() for name in _venue_names(record)})
            raise LookupFailed(_not_found("venue", venue_id, venue_names))
        venue = papers[0]["venue"]
        # An edition without a year has the name of its series, which may have other editions: then the series is meant.
        is_series = requested in (venue["series"], _series_name(venue))
        is_edition = not is_series and requested in (venue["edition"], venue["name"].lower())
        return {
            "id": venue["edition"] if is_edition else venue["series"],
            "name": venue["name"] if is_edition else venue["full_name"],
            "count": len(papers),
            "papers": _first(papers, limit),
        }

    def topic(self, topic_id: str, limit: int = 50) -> Record:
        """Return a topic by id or name: its id, name, ``count`` of papers, and up to ``limit`` papers in short form.

        Raises LookupFailed.
        """
        requested = topic_id.lower()
        papers = [record for record in self.papers.values() if requested in _topic_names(record)]
        if not papers:
            topic_ids = sorted({topic["id"] for record in self.papers.values() for topic in record.get("topics", ())})
            raise LookupFailed(_not_found("topic", topic_id, topic_ids))
        names_by_id = {topic["id"]: topic["name"] for record in papers for topic in record["topics"]}
        matching_id = next(key for key, name in names_by_id.items() if requested in (key, name.lower()))
        return {
            "id": matching_id,
            "name": names_by_id[matching_id],
            "count": len(papers),
            "papers": _first(papers, limit),
        }

    def citation(self, paper_id: str, form: str = "bibtex") -> str:
        """Return a paper's citation in a format of `CITATION_FILES`. Raises LookupFailed."""
        if form not in CITATION_FILES:
            raise LookupFailed(_not_found("citation format", form, CITATION_FILES))
        current_id = self.paper(paper_id)["id"]
        if not SLUG.fullmatch(current_id):  # it becomes part of a path
            raise LookupFailed(_DAMAGED)
        return self._read(f"papers/{current_id}/{CITATION_FILES[form]}")

    def related(self, paper_id: str, limit: int = 5) -> list[Record]:
        """Return the papers that share most with a paper, in short form. Raises LookupFailed.

        The field ``shared`` of each is a list of common features, such as ``topic kites``.
        """
        paper = self.paper(paper_id)
        features = _features(paper)
        paper_counts = Counter(feature for record in self.papers.values() for feature in _features(record))
        scored: list[tuple[float, str, list[str]]] = []  # score, id and common features of each paper
        for record in self.papers.values():
            common = features & _features(record)
            if record["id"] != paper["id"] and common:  # a feature that few papers share weighs more
                score = sum(1 / paper_counts[feature] for feature in common)
                scored.append((score, record["id"], sorted(common)))
        scored.sort(key=lambda row: (-row[0], row[1]))
        return [
            {**short_form(self.papers[other_id]), "shared": common} for _, other_id, common in scored[: _bounded(limit)]
        ]


def short_form(record: Record) -> Record:
    """Return the short form of a record, for lists."""
    summary = {name: record[name] for name in _SHORT_FIELDS if name in record}
    summary["authors"] = [author["name"] for author in record.get("authors", ())][:10]
    summary["venue"] = record["venue"]["name"]
    summary["topics"] = [topic["id"] for topic in record.get("topics", ())]
    texts = record.get("texts") or [{}]
    return {**summary, "tldr": texts[0].get("tldr", ""), "written_by": record.get("text_written_by", "")}


def _first(records: list[Record], limit: int) -> list[Record]:
    """Return the first records in short form. Unlike in a search, agents may list all papers of a venue or topic."""
    return [short_form(record) for record in records[: max(1, limit)]]


def _bounded(limit: int) -> int:
    """Return the number of results for a ``limit``, which may be any number: from 1 to `_MAX_RESULTS`."""
    return max(1, min(limit, _MAX_RESULTS))


def _weights_of_words(record: Record) -> Counter[str]:
    """Return the weight of each word of a record: that of the most important part that contains the word."""
    texts = record.get("texts", ())
    parts = {
        "title": " ".join((record["title"], *record.get("other_titles", ()))),
        "authors": " ".join(author["name"] for author in record.get("authors", ())),
        "keywords": " ".join(record.get("keywords", ())),
        "topics": " ".join(topic["name"] for topic in record.get("topics", ())),
        "tldr": " ".join(text.get("tldr", "") for text in texts),
        "text": " ".join(text.get(field, "") for text in texts for field in ("summary", "significance")),
    }
    weights: Counter[str] = Counter()
    for part, text in parts.items():
        # ``folded`` leaves nothing of a word that is only punctuation.
        for word in {folded(word) for word in text.replace("-", " ").split()} - {""}:
            weights[word] = max(weights[word], _WEIGHTS[part])
    return weights


def _weight(word_weights: Counter[str], word: str) -> int:
    """Return twice the weight of a word, or once the weight of the best longer word that begins with it."""
    exact = 2 * word_weights[word]
    return exact or max(
        # Words of up to three letters begin too many other words.
        (weight for longer, weight in word_weights.items() if len(word) > 3 and longer.startswith(word)),
        default=0,
    )


def _passes_filters(record: Record, venue: str, topic: str, year: int) -> bool:
    return (
        (not venue or venue in _venue_names(record))
        and (not topic or topic in _topic_names(record))
        and (not year or record["venue"].get("year") == year)
    )


def _venue_names(record: Record) -> set[str]:
    """Return the ids and names of a record's venue in lower case: ``iclr``, ``iclr-2026``, ``iclr 2026``."""
    venue = record["venue"]
    return {venue["series"], venue["edition"], venue["name"].lower(), _series_name(venue)} - {""}


def _series_name(venue: Record) -> str:
    """Return the name of the series of a record's venue in lower case."""
    return str(venue["name"]).removesuffix(f" {venue.get('year')}").lower()


def _topic_names(record: Record) -> set[str]:
    """Return the ids and names of a record's topics in lower case."""
    return {name for topic in record.get("topics", ()) for name in (topic["id"], topic["name"].lower())}


def _features(record: Record) -> set[str]:
    """Return the features that papers can share, in the form that agents see: ``topic kites``, ``author Ada Byron``."""
    return {
        *(f"topic {topic['id']}" for topic in record.get("topics", ())),
        *(f"tag {tag['id']}" for tag in record.get("tags", ())),
        *(f"author {author['name']}" for author in record.get("authors", ())),
        *(f"keyword {word.lower()}" for word in record.get("keywords", ())),
    }


def _not_found(kind: str, requested: str, known: Iterable[str]) -> str:
    """Return a message with up to three similar names. ``score_cutoff`` is the least similarity, in percent."""
    similar = [name for name, _, _ in process.extract(requested, list(known), limit=3, score_cutoff=60)]
    return f"there is no {kind} {requested[:80]!r}" + (f"; did you mean {', '.join(similar)}?" if similar else "")
