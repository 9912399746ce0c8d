"""Graded queries, and whether identifiers and names lead to their pages.

``relevance.json`` and ``held_out.json`` were written and graded from the entries before any result was seen. The first
was in view while the ranking was tuned; of the second only the figures are read, so they predict those of
other queries. ``relevant`` gives grades, 2 for what a reader wants and 1 for what helps; the others have grade 0.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from playwright.sync_api import Page

from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.search.folding import folded
from generator.search.records import institution_names
from generator.text.identifiers import public_address
from generator.text.names import split_name

OWN = tuple(Path(__file__).with_name(name) for name in ("relevance.json", "held_out.json"))
MIN_FIGURES = {"all": 0.9, "without results": 0.02, "identifier": 1.0, "name": 0.98}
MIN_NDCG = {
    "topical": 0.95,
    "natural": 0.65,
    "synonym": 0.9,
    "morph": 0.9,
    "method": 0.88,
    "people": 0.97,
    "venue": 0.95,
    "typo": 0.9,
    "german": 0.88,
    "symbol": 0.97,
}
"""What each kind of query reaches in a file that is given with ``--graded``."""

_FIRST = 10
_BATCH = 400  # texts in one call to the browser
_FIND = """async ([root, queries, most]) => {
  const { findPapers, paper } = await import(root + "/assets/javascripts/search-engine.js");
  const out = [];
  for (const text of queries) {
    const papers = await Promise.all((await findPapers(text)).numbers.slice(0, most).map(paper));
    out.push(papers.map((one) => one.url.split("/")[2]));
  }
  return out;
}"""
_PLACES = """async ([root, names]) => {
  const { entities } = await import(root + "/assets/javascripts/search-entities.js");
  const out = [];
  for (const name of names) out.push((await entities(name))[0]?.path ?? "");
  return out;
}"""


class Target(NamedTuple):
    """``text`` as a reader types it for the paper or the page ``wanted``."""

    kind: str
    text: str
    wanted: str


def ndcg(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@10 of a list of papers."""

    def discounted_gain(results: Sequence[int]) -> float:
        return sum((2.0**grade - 1) / log2(rank + 2) for rank, grade in enumerate(results[:_FIRST]))

    best = discounted_gain(sorted(grades.values(), reverse=True))
    return discounted_gain([grades.get(paper, 0) for paper in ids]) / best if best else 0


def graded(page: Page, root: str, file: Path) -> dict[str, float]:
    """nDCG@10 by kind of query and of all, and the share of queries without results. ``page`` shows the site."""
    queries: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    results = page.evaluate(_FIND, [root, [query["query"] for query in queries], _FIRST])
    scores: dict[str, list[float]] = defaultdict(list)
    for query, ids in zip(queries, results, strict=True):
        for kind in (query["kind"], "all"):
            scores[kind].append(ndcg(ids, query["relevant"]))
    return {
        **{kind: mean(values) for kind, values in scores.items()},
        "without results": mean(not ids for ids in results),
    }


def identifiers(catalog: Catalog) -> Iterator[Target]:
    """Every identifier, its address, and every entry id."""
    for paper in catalog.papers.values():
        yield Target("identifier", paper.id, paper.id)
        for kind, value in paper.identifiers.items():
            yield Target("identifier", value, paper.id)
            yield Target("identifier", public_address(kind, value), paper.id)
            if kind == "arxiv":  # readers paste versions, and addresses of PDFs
                yield Target("identifier", f"{value}v3", paper.id)
                yield Target("identifier", f"https://arxiv.org/pdf/{value}v1.pdf", paper.id)


def names(catalog: Catalog) -> Iterator[Target]:
    """Names of series, editions, topics, people and institutions, also their full and other names."""
    for series in catalog.series.values():
        if catalog.papers_in_series(series.id):
            series_names = filter(None, (series.name, series.full_name))
            yield from (Target("name", name, f"{site_paths.series(series.id)}/") for name in series_names)
    for entry in catalog.editions.values():
        if catalog.papers_by_edition.get(entry.edition.id) and entry.edition.year:
            yield Target("name", entry.name, f"{site_paths.edition(entry)}/")
    for topic in catalog.topics.values():
        yield from (Target("name", name, f"{site_paths.topic(topic.id)}/") for name in topic.name.values())
    yield from _people(catalog)
    for institution in catalog.institutions.values():
        for name in institution_names(catalog, institution.id):
            yield Target("name", name, f"{site_paths.institution(institution.id)}/")


def _people(catalog: Catalog) -> Iterator[Target]:
    """People in both orders, without accents, and by initials where no other has the same."""
    named = {author.id: split_name(author.name) for author in catalog.authors.values()}
    # Initials count only if nobody else has the same.
    initials = {author_id: f"{name.given[:1]}. {name.family}" for author_id, name in named.items() if name.given}
    shared = Counter(map(folded, initials.values()))
    for author in catalog.authors.values():
        name = named[author.id]
        texts = [author.name, f"{name.family} {name.given}", folded(author.name)]
        short = initials.get(author.id, "")
        if short and shared[folded(short)] == 1:
            texts.append(short)
        for text in texts:
            yield Target("name", text, f"{site_paths.author(author.id)}/")


def reached(page: Page, root: str, targets: Sequence[Target]) -> list[bool]:
    """Whether each target's paper or page comes first."""
    results: list[str] = []
    for start in range(0, len(targets), _BATCH):
        batch = targets[start : start + _BATCH]
        texts = [target.text for target in batch]
        if batch[0].kind == "name":
            results += page.evaluate(_PLACES, [root, texts])
        else:
            results += [ids[0] if ids else "" for ids in page.evaluate(_FIND, [root, texts, 1])]
    return [target.wanted == first for target, first in zip(targets, results, strict=True)]
