"""``make search-quality``: measure how well search finds papers, and what the first search of a reader costs.

    python -m tools.search_quality SITE [--graded FILE] [--large FILE] [--most N] [--most-large N] [--misses]

The queries run in a browser, on the built site and on a copy with the search data of 20,000 papers:

- graded queries: nDCG@10, whether relevant papers come first (``graded.py``),
- identifiers and names: whether their paper or page comes first (``graded.py``),
- queries for a known paper: MRR@10, how far up the paper comes (``queries.py``),
- first searches: the bytes that the browser loads, and the time until the first result (``measure.py``).

The large copy is measured only with the last two. The exit code is 1 if a figure is worse than its limit; times have no
limit, because they vary. docs/search.md explains the measures.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from generator.build.output import write_file
from generator.model.catalog import Catalog, build_catalog
from generator.model.settings import Settings
from generator.search.all import search_files
from generator.store.load import load
from tools.chromium import chromium
from tools.search_quality import graded
from tools.search_quality.corpus import large_catalog
from tools.search_quality.measure import (
    LARGE_MIN_SCORES,
    MIN_SCORES,
    find_ranks,
    measure_first_search,
    scores_by_kind,
)
from tools.search_quality.queries import KINDS, Query, queries
from tools.web_server import serve_site

LARGE_SETTINGS = Settings(name="", description="", site_url="https://large.example/", repository="", language="en")
SEED = 3  # the same queries in every run, so that figures of two versions can be compared
FIRST_SEARCHES = {"words": 8, "title": 4}
"""How many first searches are measured with random queries of a kind. Each opens a browser context of its own."""

MOST_COMMON = 4  # further first searches of each of these kinds, with the most common words


class Limits(NamedTuple):
    """The limits for the queries for known papers and the first searches of a site."""

    min_scores: dict[str, float]
    """The least MRR@10 of each kind of query."""
    max_bytes: int
    """The most bytes of a first search."""


LIMITS = Limits(MIN_SCORES, 150_000)
LARGE_LIMITS = Limits(LARGE_MIN_SCORES, 320_000)


def main() -> int:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tools.search_quality", description="Measure search in a browser.")
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("--graded", type=Path, metavar="FILE", help="also measure the graded queries in FILE")
    parser.add_argument(
        "--large",
        type=Path,
        metavar="FILE",
        help="also measure search in the 20,000 papers of FILE (papers-20k.jsonl.gz)",
    )
    parser.add_argument(
        "--most", type=int, default=1000, metavar="N", help="run up to N queries of each kind (default: 1000)"
    )
    parser.add_argument(
        "--most-large", type=int, default=300, metavar="N", help="the same for the 20,000 papers (default: 300)"
    )
    parser.add_argument("--misses", action="store_true", help="list the queries whose paper is not the first result")
    arguments = parser.parse_args()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        catalog = build_catalog(load(Path("content")).content)
        passed = measure_relevance(browser, arguments.site, catalog, arguments.graded)
        passed &= measure_known_items(browser, arguments.site, catalog, LIMITS, arguments.most, arguments.misses)
        if arguments.large and arguments.large.is_file():
            catalog = large_catalog(arguments.large)
            site = large_site(arguments.site, catalog, Path(folder) / "site")
            passed &= measure_known_items(browser, site, catalog, LARGE_LIMITS, arguments.most_large, arguments.misses)
        browser.close()
    return 0 if passed else 1


def measure_relevance(browser: Browser, site: Path, catalog: Catalog, other_file: Path | None) -> bool:
    """Measure graded queries, identifiers and names, and print the figures. Returns whether they are within the limits.

    ``other_file`` contains graded queries besides those of this project.
    """
    passed = True
    with serve_site(site) as root:
        page = browser.new_page()
        page.goto(f"{root}/about/")
        for file in (*graded.GRADED_QUERIES, other_file):
            if file and file.is_file():
                figures = graded.graded_figures(page, root, file)
                print(f"{file}: nDCG@10 " + ", ".join(f"{kind} {value:.3f}" for kind, value in figures.ndcg.items()))
                print(f"{file}: {figures.without_results:.1%} of the queries have no results")
                min_ndcg = graded.MIN_NDCG_BY_KIND if file == other_file else {}
                passed &= all(figures.ndcg[kind] >= limit for kind, limit in min_ndcg.items() if kind in figures.ndcg)
                passed &= figures.ndcg["all"] >= graded.MIN_NDCG
                passed &= figures.without_results <= graded.MAX_WITHOUT_RESULTS
        for targets in (list(graded.identifiers(catalog)), list(graded.names(catalog))):
            kind = targets[0].kind
            share, limit = mean(graded.are_found_first(page, root, targets)), graded.MIN_FOUND_FIRST[kind]
            print(f"{kind}: for {share:.4f} of {len(targets)}, the right result is first (at least {limit})")
            passed &= share >= limit
        page.close()
    return passed


def measure_known_items(
    browser: Browser,
    site: Path,
    catalog: Catalog,
    limits: Limits,
    max_queries: int,
    list_misses: bool,
) -> bool:
    """Measure queries for known papers and first searches, and print the figures.

    Returns whether they are within the limits, and no URL was fetched twice. ``max_queries`` counts those of each kind.
    """
    all_queries = queries(catalog)
    known_items = [query for kind in KINDS for query in sample(all_queries, kind, max_queries)]
    with serve_site(site) as root:
        page = browser.new_page()
        page.goto(f"{root}/about/")
        ranks = find_ranks(page, root, known_items)
        page.close()
        first_queries = [
            query
            for kind, number in FIRST_SEARCHES.items()
            for query in (
                *sample(all_queries, kind, number),
                *with_most_common_words([query for query in all_queries if query.kind == kind]),
            )
        ]
        first_searches = [measure_first_search(browser, root, query.text) for query in first_queries]
    passed = True
    site_size = f"{len(catalog.papers):>6} papers"
    for kind, score in scores_by_kind(known_items, ranks).items():
        number, limit = sum(query.kind == kind for query in known_items), limits.min_scores[kind]
        print(f"{site_size}  {kind:<8} MRR@10 {score:.4f} for {number} queries (at least {limit})")
        passed &= score >= limit
    if list_misses:
        for query, rank in zip(known_items, ranks, strict=True):
            if rank != 1:
                print(f"        rank {rank or '>10':>3}  {query.kind:<8} {query.text!r} for {query.paper}")
    sizes = [search.size for search in first_searches]
    most = f"most {max(sizes):,} (limit {limits.max_bytes:,})"
    print(f"{site_size}  first search: median {median(sizes):,.0f} bytes, {most}")
    duration = median(search.duration for search in first_searches)
    print(f"{site_size}  first search: first result after {duration:.0f} ms (median of {len(first_searches)})")
    largest, query = max(zip(first_searches, first_queries, strict=True), key=lambda pair: pair[0].size)
    print(f"{site_size}  first search: most bytes for {query.text!r}, with {len(largest.urls)} requests")
    repeated = [url for search in first_searches for url, times in Counter(search.urls).items() if times > 1]
    print(f"{site_size}  first search: URLs fetched twice: {', '.join(repeated) or 'none'}")
    return passed and max(sizes) <= limits.max_bytes and not repeated


def sample(all_queries: Sequence[Query], kind: str, most: int) -> list[Query]:
    """At most ``most`` random queries of a kind. They do not depend on the other kinds.

    A larger sample begins with the smaller one.
    """
    shuffled = [query for query in all_queries if query.kind == kind]
    random.Random(f"{SEED} {kind}").shuffle(shuffled)
    return shuffled[:most]


def with_most_common_words(same_kind: list[Query]) -> list[Query]:
    """The queries whose words occur in most others. The browser loads the longest lists of papers for them."""
    counts = Counter(word for query in same_kind for word in set(query.text.lower().split()))
    ranked = sorted(
        same_kind, key=lambda query: (-sum(counts[word] for word in set(query.text.lower().split())), query.text)
    )
    return ranked[:MOST_COMMON]


def large_site(site: Path, catalog: Catalog, folder: Path) -> Path:
    """Create in ``folder`` a copy of a built site with the search data of another catalog. Returns ``folder``.

    Only the pages that searches load are copied.
    """
    shutil.copytree(site / "assets", folder / "assets")
    shutil.copytree(site / "about", folder / "about")
    shutil.copytree(site / "search", folder / "search", ignore=shutil.ignore_patterns("*.json"))
    for file in search_files(catalog, LARGE_SETTINGS, Path("theme")):
        write_file(str(folder), file.path, file.data)
    return folder


if __name__ == "__main__":
    sys.exit(main())
