"""The optional 20,000 real papers (``bench/papers-20k.jsonl.gz`` of the folder of sources) as a catalog."""

import gzip
import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.entities import Edition, Series, Topic, VenueKind
from generator.model.paper import Author, Paper

SENTENCE = re.compile(r"(?<=[.!?])\s+")
DAY = date(2026, 1, 1)
TOPIC = "everything"


def large_catalog(file: Path) -> Catalog:
    """A catalog of the papers in ``file``. Their abstracts stand for the digest's texts."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    years: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        years[row["venue"]].add(int(row["year"]))
    series = tuple(
        Series(
            id=name,
            name=name.upper(),
            kind=VenueKind.CONFERENCE,
            editions=tuple(Edition(id=f"{name}-{year}", year=year) for year in sorted(years_of_series)),
        )
        for name, years_of_series in years.items()
    )
    topics = (Topic(id=TOPIC, name={"": "Everything"}),)  # one for all, so that no topic names the venue
    return build_catalog(Content(papers=tuple(map(_paper, rows)), series=series, topics=topics))


def _paper(row: dict[str, str]) -> Paper:
    sentences = SENTENCE.split(" ".join((row.get("abstract") or "").split()))
    return Paper(
        # Keys of the data set contain slashes and capitals, which ids must not.
        id=re.sub(r"[^a-z0-9-]+", "-", row["key"].lower()),
        title=" ".join(row["title"].split()),
        authors=tuple(Author(name=name) for name in row["authors"]),
        venue=f"{row['venue']}-{row['year']}",
        topics=(TOPIC,),
        tldr={"": sentences[0]} if sentences[0] else None,
        summary={"": " ".join(sentences[1:8])} if sentences[1:] else None,
        added=DAY,
    )
