"""``make search-quality``: MRR@10 of all queries and the cost of a first search, on a built site and on 20,000 papers.

    python -m tools.search_quality SITE [--large FILE] [--most N] [--most-large N] [--misses]

Queries of each kind are sampled with a seed. The cost of a first search is measured for some of them, and for those
with the most common words. Exits 1 if a figure is worse than its limit.
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

from playwright.sync_api import Browser, sync_playwright

from generator.build.output import write_file
from generator.model.catalog import Catalog, build_catalog
from generator.model.settings import Settings
from generator.search.all import search_files
from generator.store.load import load
from tools.chromium import chromium
from tools.search_quality import graded
from tools.search_quality.ask import LARGE_MIN_SCORES, MIN_SCORES, first_search, ranks, scores
from tools.search_quality.corpus import large_catalog
from tools.search_quality.queries import KINDS, Query, queries
from tools.web_server import serve_site

SETTINGS = Settings(name="", description="", site_url="https://large.example/", repository="", language="en")
SEED = 3  # the same queries in every run, so that figures of two versions can be compared
FIRST_SEARCHES = 8  # each opens a browser context of its own
MOST_COMMON = 4


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="tools.search_quality")
    parser.add_argument("site", type=Path, help="the built site")
    parser.add_argument("--graded", type=Path, help="another file of graded queries, to measure with too")
    parser.add_argument("--large", type=Path, help="papers-20k.jsonl.gz, to measure with too")
    parser.add_argument("--most", type=int, default=1000, help="queries of a kind (default: 1000)")
    parser.add_argument("--most-large", type=int, default=300, help="the same for the large digest (default: 300)")
    parser.add_argument("--misses", action="store_true", help="show the queries that do not find their paper first")
    arguments = parser.parse_args()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        catalog = build_catalog(load(Path("content")).content)
        passed = measure_understanding(browser, arguments.site, catalog, arguments.graded)
        passed &= measure_known_items(
            browser, arguments.site, catalog, MIN_SCORES, 150_000, arguments.most, arguments.misses
        )
        if arguments.large and arguments.large.is_file():
            catalog = large_catalog(arguments.large)
            site = large_site(arguments.site, catalog, Path(folder) / "site")
            most = arguments.most_large
            passed &= measure_known_items(browser, site, catalog, LARGE_MIN_SCORES, 320_000, most, arguments.misses)
        browser.close()
    return 0 if passed else 1


def measure_understanding(browser: Browser, site: Path, catalog: Catalog, other: Path | None) -> bool:
    """Print how well search understands graded queries, identifiers and names. Returns whether the limits hold."""
    passed = True
    with serve_site(site) as root:
        page = browser.new_page()
        page.goto(f"{root}/about/")
        for file in (*graded.OWN, other):
            if file and file.is_file():
                figures = graded.graded(page, root, file)
                bars = graded.MIN_NDCG if file == other else {}
                passed &= all(figures[kind] >= bar for kind, bar in bars.items() if kind in figures)
                print(f"{file}: nDCG@10 " + ", ".join(f"{kind} {figure:.3f}" for kind, figure in figures.items()))
                passed &= figures["all"] >= graded.MIN_FIGURES["all"]
                passed &= figures["without results"] <= graded.MIN_FIGURES["without results"]
        for targets in (list(graded.identifiers(catalog)), list(graded.names(catalog))):
            share = mean(graded.reached(page, root, targets))
            kind, limit = targets[0].kind, graded.MIN_FIGURES[targets[0].kind]
            print(f"{kind} first: {share:.4f} of {len(targets)} (at least {limit})")
            passed &= share >= limit
        page.close()
    return passed


def measure_known_items(
    browser: Browser,
    site: Path,
    catalog: Catalog,
    bars: dict[str, float],
    max_bytes: int,
    most: int,
    misses: bool,
) -> bool:
    """Print the figures of a site. Returns whether the limits hold; times have none, because they vary."""
    all_queries = queries(catalog)
    known_items = [query for kind in KINDS for query in sample(all_queries, kind, most)]
    with serve_site(site) as root:
        page = browser.new_page()
        page.goto(f"{root}/about/")
        query_ranks = ranks(page, root, known_items)
        page.close()
        first_queries = [
            query
            for kind, number in (("words", FIRST_SEARCHES), ("title", MOST_COMMON))
            for query in (
                *sample(all_queries, kind, number),
                *most_common([query for query in all_queries if query.kind == kind]),
            )
        ]
        # Each in a new context, because the cost is that of a reader who has nothing cached.
        costs = [first_search(browser, root, query.text) for query in first_queries]
    passed = True
    for kind, score in scores(known_items, query_ranks).items():
        number = sum(query.kind == kind for query in known_items)
        print(f"{len(catalog.papers):>6} papers  {kind:<8} MRR@10 {score:.4f} of {number} (at least {bars[kind]})")
        passed &= score >= bars[kind]
    if misses:
        for query, rank in zip(known_items, query_ranks, strict=True):
            if rank != 1:
                print(f"        {rank:>2}  {query.kind:<8} {query.text!r} for {query.paper}")
    weights = [cost.weight for cost in costs]
    print(f"{len(catalog.papers):>6} papers  first search: median {median(weights):,.0f}, most {max(weights):,} bytes")
    print(f"{'':>6}         first result after {median(cost.waited for cost in costs):.0f} ms (median of {len(costs)})")
    heavy = max(zip(costs, first_queries, strict=True), key=lambda pair: pair[0].weight)
    print(f"{'':>6}         the heaviest is {heavy[1].text!r} with {len(heavy[0].addresses)} requests")
    twice = [address for cost in costs for address, times in Counter(cost.addresses).items() if times > 1]
    print(f"{'':>6}         addresses fetched twice: {', '.join(twice) or 'none'}")
    return passed and max(weights) <= max_bytes and not twice


def sample(all_queries: Sequence[Query], kind: str, most: int) -> list[Query]:
    """At most ``most`` queries of a kind. A larger sample contains the smaller one; other kinds do not matter."""
    of_kind = [query for query in all_queries if query.kind == kind]
    random.Random(f"{SEED} {kind}").shuffle(of_kind)
    return of_kind[:most]


def most_common(words: list[Query]) -> list[Query]:
    """The queries whose words most others have too: their lists of papers are the largest to fetch."""
    counts = Counter(word for query in words for word in set(query.text.lower().split()))
    ranked = sorted(
        words, key=lambda query: (-sum(counts[word] for word in set(query.text.lower().split())), query.text)
    )
    return ranked[:MOST_COMMON]


def large_site(site: Path, catalog: Catalog, folder: Path) -> Path:
    """A built site with the search data of another catalog. Only the pages that searches load are copied."""
    shutil.copytree(site / "assets", folder / "assets")
    shutil.copytree(site / "about", folder / "about")
    shutil.copytree(site / "search", folder / "search", ignore=shutil.ignore_patterns("*.json"))
    for file in search_files(catalog, SETTINGS, Path("theme")):
        write_file(str(folder), file.path, file.data)
    return folder


if __name__ == "__main__":
    sys.exit(main())
