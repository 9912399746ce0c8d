"""A catalog of 20,000 real papers, to measure search in a large digest (``bench/papers-20k.jsonl.gz``, optional)."""

import gzip
import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.entities import Edition, Series, Topic, VenueKind
from generator.model.paper import Author, Paper

_SENTENCE_BREAK = re.compile(r"(?<=[.!?])\s+")
_ADDED = date(2026, 1, 1)  # the data set has no such date
_TOPIC = "everything"


def large_catalog(file: Path) -> Catalog:
    """A catalog of the papers in ``file``, whose abstracts become the ``tldr`` and the summary."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    years_by_series: dict[str, set[int]] = defaultdict(set)
    for record in records:
        years_by_series[record["venue"]].add(int(record["year"]))
    series = tuple(
        Series(
            id=name,
            name=name.upper(),
            kind=VenueKind.CONFERENCE,
            editions=tuple(Edition(id=f"{name}-{year}", year=year) for year in sorted(years)),
        )
        for name, years in years_by_series.items()
    )
    topics = (Topic(id=_TOPIC, name={"": "Everything"}),)  # each paper needs one, and it should not help to find papers
    return build_catalog(Content(papers=tuple(map(_paper, records)), series=series, topics=topics))


def _paper(record: dict[str, str]) -> Paper:
    sentences = _SENTENCE_BREAK.split(" ".join((record.get("abstract") or "").split()))
    return Paper(
        # Keys of the data set contain slashes and capitals, which are not allowed in ids.
        id=re.sub(r"[^a-z0-9-]+", "-", record["key"].lower()),
        title=" ".join(record["title"].split()),
        authors=tuple(Author(name=name) for name in record["authors"]),
        venue=f"{record['venue']}-{record['year']}",
        topics=(_TOPIC,),
        tldr={"": sentences[0]} if sentences[0] else None,
        summary={"": " ".join(sentences[1:8])} if sentences[1:] else None,
        added=_ADDED,
    )
