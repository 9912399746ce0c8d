"""The records of a built site, local or published, read from its JSON. Independent of any protocol."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from rapidfuzz import process

from generator.text.slug import SLUG, folded

ReadFile = Callable[[str], str]
"""Reads the text at a path below the site's root. Raises OSError or FetchFailed."""
Record = dict[str, Any]
CITATIONS = {"bibtex": "cite.bib", "ris": "cite.ris", "csl-json": "cite.json"}
# A word in a title says more about a paper than one in its text.
_WEIGHTS = {"title": 6, "authors": 4, "keywords": 3, "topics": 3, "tldr": 2, "text": 1}
_DAMAGED = "papers.jsonl of the site is damaged; build the site again"
_SHORT_FIELDS = ("id", "url", "title", "authors", "venue", "topics", "published", "status")
_MAX_RESULTS = 50


class LookupFailed(Exception):
    """There is no such record, and the message suggests similar names; or the file of the records is damaged."""


class SiteRecords:
    """The records of a site, read on first use."""

    def __init__(self, read: ReadFile) -> None:
        self._read = read

    @cached_property
    def papers(self) -> dict[str, Record]:
        """All papers' records by id, in the order of the file. Raises LookupFailed if the file is damaged."""
        try:
            rows = [json.loads(line) for line in self._read("papers.jsonl").splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise LookupFailed(_DAMAGED) from None
        if not all(isinstance(row, dict) and row.keys() >= {"id", "title", "venue"} for row in rows):
            raise LookupFailed(_DAMAGED)
        return {str(row["id"]): row for row in rows}

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return {alias: paper for paper, record in self.papers.items() for alias in record.get("aliases", ())}

    @cached_property
    def _words(self) -> dict[str, Counter[str]]:
        """The weight of each word in each paper."""
        return {paper: _word_weights(record) for paper, record in self.papers.items()}

    def paper(self, paper_id: str) -> Record:
        """Return a paper's record by its current or an earlier id. Raises LookupFailed."""
        record = self.papers.get(self._aliases.get(paper_id, paper_id))
        if record is None:
            raise LookupFailed(_no_such("paper", paper_id, self.papers))
        return record

    def search(self, query: str, venue: str = "", topic: str = "", year: int = 0, limit: int = 10) -> list[Record]:
        """Return the best matches in short form. A paper with all words of the query excludes those with only some."""
        words = {folded(word) for word in query.split()} - {""}
        candidates = {
            paper: record
            for paper, record in self.papers.items()
            if _matches(record, venue.lower(), topic.lower(), year)
        }
        scores = {paper: [_weight(self._words[paper], word) for word in words] for paper in candidates}
        with_all_words = {paper: sum(weights) for paper, weights in scores.items() if all(weights)}
        matches = with_all_words or {paper: sum(weights) for paper, weights in scores.items() if any(weights)}
        best = sorted(matches, key=lambda paper: (-matches[paper], paper)) if words else list(candidates)
        return [short_form(self.papers[paper]) for paper in best[: _number(limit)]]

    def venue(self, venue_id: str, limit: int = 50) -> Record:
        """Return a series or an edition with its papers. Raises LookupFailed."""
        wanted = venue_id.lower()
        papers = [record for record in self.papers.values() if wanted in _venues(record)]
        if not papers:
            venue_ids = sorted({name for record in self.papers.values() for name in _venues(record)})
            raise LookupFailed(_no_such("venue", venue_id, venue_ids))
        venue = papers[0]["venue"]
        name = venue["name"] if wanted == venue["edition"] else venue["full_name"]
        return {"id": wanted, "name": name, "count": len(papers), "papers": list(map(short_form, papers[:limit]))}

    def topic(self, topic_id: str, limit: int = 50) -> Record:
        """Return a topic with its papers, by id or name. Raises LookupFailed."""
        wanted = topic_id.lower()
        papers = [record for record in self.papers.values() if wanted in _topics(record)]
        if not papers:
            topic_ids = sorted({topic["id"] for record in self.papers.values() for topic in record.get("topics", ())})
            raise LookupFailed(_no_such("topic", topic_id, topic_ids))
        names = {topic["id"]: topic["name"] for record in papers for topic in record["topics"]}
        matching_id = next(key for key, name in names.items() if wanted in (key, name.lower()))
        return {
            "id": matching_id,
            "name": names[matching_id],
            "count": len(papers),
            "papers": list(map(short_form, papers[:limit])),
        }

    def citation(self, paper_id: str, form: str = "bibtex") -> str:
        """Return a paper's citation. Raises LookupFailed."""
        if form not in CITATIONS:
            raise LookupFailed(_no_such("form of citations", form, CITATIONS))
        current_id = str(self.paper(paper_id)["id"])
        assert SLUG.fullmatch(current_id)  # it becomes part of a path
        return self._read(f"papers/{current_id}/{CITATIONS[form]}")

    def related(self, paper_id: str, limit: int = 5) -> list[Record]:
        """Return the papers that share most with a paper, each with what it shares. Raises LookupFailed."""
        paper = self.paper(paper_id)
        features = _features(paper)
        counts = Counter(feature for record in self.papers.values() for feature in _features(record))
        scored = []
        for record in self.papers.values():
            common = features & _features(record)
            if record["id"] != paper["id"] and common:  # a feature that few papers share weighs more
                scored.append((sum(1 / counts[feature] for feature in common), record["id"], sorted(common)))
        scored.sort(key=lambda row: (-row[0], row[1]))
        return [
            {**short_form(self.papers[other_id]), "shared": common} for _, other_id, common in scored[: _number(limit)]
        ]


def short_form(record: Record) -> Record:
    """Return the short form of a record, for lists."""
    summary = {name: record[name] for name in _SHORT_FIELDS if name in record}
    summary["authors"] = [author["name"] for author in record.get("authors", ())][:10]
    summary["venue"] = record["venue"]["name"]
    summary["topics"] = [topic["id"] for topic in record.get("topics", ())]
    texts = record.get("texts") or [{}]
    return {**summary, "tldr": texts[0].get("tldr", ""), "written_by": record.get("text_written_by", "")}


def _number(limit: int) -> int:
    """Return how many results to give. An agent may ask for any number, also for none."""
    return max(1, min(limit, _MAX_RESULTS))


def _word_weights(record: Record) -> Counter[str]:
    """Return the weight of each word of a record: that of its most important part."""
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


def _weight(words: Counter[str], word: str) -> int:
    """Return the weight of a word. A word that only begins longer words weighs half."""
    exact = 2 * words[word]  # doubled, so that half of it is a whole number
    return exact or max(
        # Words of up to three letters begin too many other words.
        (weight for known, weight in words.items() if len(word) > 3 and known.startswith(word)),
        default=0,
    )


def _matches(record: Record, venue: str, topic: str, year: int) -> bool:
    return (
        (not venue or venue in _venues(record))
        and (not topic or topic in _topics(record))
        and (not year or record["venue"].get("year") == year)
    )


def _venues(record: Record) -> set[str]:
    """Return the names by which an agent may ask for a record's venue: ids, ``iclr 2026``, ``iclr``."""
    venue = record["venue"]
    return {venue["series"], venue["edition"], venue["name"].lower(), venue["name"].rpartition(" ")[0].lower()} - {""}


def _topics(record: Record) -> set[str]:
    return {name for topic in record.get("topics", ()) for name in (topic["id"], topic["name"].lower())}


def _features(record: Record) -> set[str]:
    """Return what papers can have in common. The names are shown to agents as they are."""
    return {
        *(f"topic {topic['id']}" for topic in record.get("topics", ())),
        *(f"tag {tag['id']}" for tag in record.get("tags", ())),
        *(f"author {author['name']}" for author in record.get("authors", ())),
        *(f"keyword {word.lower()}" for word in record.get("keywords", ())),
    }


def _no_such(kind: str, wanted: str, known: Iterable[str]) -> str:
    near = [name for name, _, _ in process.extract(wanted, list(known), limit=3, score_cutoff=60)]
    return f"there is no {kind} {wanted[:80]!r}" + (f"; did you mean {', '.join(near)}?" if near else "")
