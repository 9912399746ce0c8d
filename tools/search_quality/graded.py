"""How well search ranks relevant papers, and whether identifiers and names lead to their pages.

Graded queries are queries for which the relevance of papers was graded, from the entries and before any result was
seen. The field ``relevant`` of a query has grades by the id of a paper: 2 if a reader wants it, 1 if it helps. Other
papers have grade 0. The queries of ``relevance.json`` were used to develop the ranking. Those of ``held_out.json`` were
not: only their figures were computed, so these estimate the quality for new queries.

``root`` is the URL of the served site, without a final slash.
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

GRADED_QUERIES = tuple(Path(__file__).with_name(name) for name in ("relevance.json", "held_out.json"))
MIN_NDCG = 0.9
"""The least nDCG@10 of all queries in a file."""

MAX_WITHOUT_RESULTS = 0.02
"""The largest share of queries that find nothing."""

MIN_FOUND_FIRST = {"identifier": 1.0, "name": 0.98}
"""The least share of identifiers and names whose paper or page is the first result. Initials can fit two people."""

MIN_NDCG_BY_KIND = {
    "topical": 0.95,
    "natural": 0.65,  # questions and sentences in everyday words
    "synonym": 0.9,
    "morph": 0.9,  # other forms of words: ``pruned networks`` for pruning
    "method": 0.88,
    "people": 0.97,
    "venue": 0.95,
    "typo": 0.9,
    "german": 0.88,
    "symbol": 0.97,  # Greek letters, formulas and signs: ``σ-GPT``
}
"""The least nDCG@10 of each kind of query in a file that is given with ``--graded``."""

_CUTOFF = 10  # results that nDCG@10 takes into account
_BATCH = 400  # texts in one call to the browser
_FIND_PAPERS = """async ([root, queries, count]) => {
  const { findPapers, paper } = await import(root + "/assets/javascripts/search-engine.js");
  const idsByQuery = [];
  for (const text of queries) {
    const papers = await Promise.all((await findPapers(text)).numbers.slice(0, count).map(paper));
    idsByQuery.push(papers.map(({ url }) => url.split("/")[2]));
  }
  return idsByQuery;
}"""
_FIND_PAGES = """async ([root, names]) => {
  const { entities } = await import(root + "/assets/javascripts/search-entities.js");
  const paths = [];
  for (const name of names) paths.push((await entities(name))[0]?.path ?? "");
  return paths;
}"""


class Target(NamedTuple):
    """What a reader types, and what has to be the first result."""

    kind: str
    """``identifier`` or ``name``."""
    text: str
    wanted: str
    """The id of a paper for an identifier, the path of a page for a name."""


class GradedFigures(NamedTuple):
    """Figures of a file of graded queries."""

    ndcg: dict[str, float]
    """nDCG@10 of each kind of query, and of ``all``."""
    without_results: float
    """The share of queries that find nothing."""


def ndcg(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@10 of the results ``ids``: 1 if the ten best papers are in the best order, 0 if no result has a grade."""

    def discounted_gain(result_grades: Sequence[int]) -> float:
        return sum((2.0**grade - 1) / log2(index + 2) for index, grade in enumerate(result_grades[:_CUTOFF]))

    best = discounted_gain(sorted(grades.values(), reverse=True))
    return discounted_gain([grades.get(paper, 0) for paper in ids]) / best if best else 0


def graded_figures(page: Page, root: str, file: Path) -> GradedFigures:
    """Run the graded queries of a file. ``page`` shows any page of the site."""
    queries: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    ids_by_query = page.evaluate(_FIND_PAPERS, [root, [query["query"] for query in queries], _CUTOFF])
    values_by_kind: dict[str, list[float]] = defaultdict(list)
    for query, ids in zip(queries, ids_by_query, strict=True):
        for kind in (query["kind"], "all"):
            values_by_kind[kind].append(ndcg(ids, query["relevant"]))
    return GradedFigures(
        {kind: mean(values) for kind, values in values_by_kind.items()}, mean(not ids for ids in ids_by_query)
    )


def identifiers(catalog: Catalog) -> Iterator[Target]:
    """The id of every entry, and every identifier with its URL."""
    for paper in catalog.papers.values():
        yield Target("identifier", paper.id, paper.id)
        for kind, value in paper.identifiers.items():
            yield Target("identifier", value, paper.id)
            yield Target("identifier", public_address(kind, value), paper.id)
            if kind == "arxiv":  # readers paste versions, and addresses of PDFs
                yield Target("identifier", f"{value}v3", paper.id)
                yield Target("identifier", f"https://arxiv.org/pdf/{value}v1.pdf", paper.id)


def names(catalog: Catalog) -> Iterator[Target]:
    """The names of series, editions, topics, people and institutions, also their full and other names."""
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
    """Names of people: as written, with the family name first, without accents, and with an initial (A. Byron).

    The form with an initial is left out if two people have the same.
    """
    names_by_author = {author.id: split_name(author.name) for author in catalog.authors.values()}
    with_initial = {id_: f"{name.given[:1]}. {name.family}" for id_, name in names_by_author.items() if name.given}
    people_by_initial = Counter(map(folded, with_initial.values()))
    for author in catalog.authors.values():
        name = names_by_author[author.id]
        texts = [author.name, f"{name.family} {name.given}", folded(author.name)]
        short_name = with_initial.get(author.id, "")
        if short_name and people_by_initial[folded(short_name)] == 1:
            texts.append(short_name)
        for text in texts:
            yield Target("name", text, f"{site_paths.author(author.id)}/")


def are_found_first(page: Page, root: str, targets: Sequence[Target]) -> list[bool]:
    """Whether the first result of each target is the wanted one. All targets have the same kind."""
    first_results: list[str] = []
    for start in range(0, len(targets), _BATCH):
        batch = targets[start : start + _BATCH]
        texts = [target.text for target in batch]
        if batch[0].kind == "name":
            first_results += page.evaluate(_FIND_PAGES, [root, texts])
        else:
            first_results += [ids[0] if ids else "" for ids in page.evaluate(_FIND_PAPERS, [root, texts, 1])]
    return [target.wanted == result for target, result in zip(targets, first_results, strict=True)]
