"""How well search finds known papers, and what the first search of a reader costs, as measured in a browser.

Queries run in the site's own search script. ``root`` is the URL of the served site, without a final slash.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import mean
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Response

from tools.search_quality.queries import Query

_SAME_FOR_BOTH = {"several": 0.5, "typos": 0.85, "sentence": 0.93, "dated": 0.9, "venue": 0.9, "pasted": 0.97}
MIN_SCORES = {"title": 0.99, "words": 0.98, "author": 0.98, "acronym": 0.97, "typo": 0.95, **_SAME_FOR_BOTH}
"""The least MRR@10 of each kind of query at 521 papers."""

LARGE_MIN_SCORES = {
    "title": 0.99,
    "words": 0.98,
    "author": 0.98,
    "acronym": 0.97,
    "typo": 0.97,
    **_SAME_FOR_BOTH,
}
"""The same at 20,000 papers."""

_BATCH = 200  # queries in one call to the browser
_FIND_RANKS = """async ([root, queries]) => {
  const { findPapers, paper } = await import(root + "/assets/javascripts/search-engine.js");
  const ranks = [];
  for (const [text, id] of queries) {
    const firstTen = await Promise.all((await findPapers(text)).numbers.slice(0, 10).map(paper));
    ranks.push(firstTen.findIndex(({ url }) => url === "/papers/" + id + "/") + 1);
  }
  return ranks;
}"""


def find_ranks(page: Page, root: str, queries: list[Query]) -> list[int]:
    """The rank at which each query finds its paper, from 1 to 10, or 0. ``page`` shows any page of the site."""
    ranks: list[int] = []
    for start in range(0, len(queries), _BATCH):
        batch = [[query.text, query.paper] for query in queries[start : start + _BATCH]]
        ranks += page.evaluate(_FIND_RANKS, [root, batch])
    return ranks


def scores_by_kind(queries: Iterable[Query], ranks: Iterable[int]) -> Mapping[str, float]:
    """MRR@10 of each kind of query: the mean of 1 / rank, where 0 stands for papers after the tenth rank."""
    reciprocal_ranks: dict[str, list[float]] = defaultdict(list)
    for query, rank in zip(queries, ranks, strict=True):
        reciprocal_ranks[query.kind].append(1 / rank if rank else 0)
    return {kind: mean(values) for kind, values in reciprocal_ranks.items()}


class FirstSearch(NamedTuple):
    """The cost of the first search of a reader who has nothing of the site in the cache."""

    size: int
    """The bytes of all files that the search fetches, compressed with gzip."""
    duration: float
    """Milliseconds from the last key to the first result."""
    urls: tuple[str, ...]
    """The fetched URLs, without their query parts."""


def measure_first_search(browser: Browser, root: str, text: str) -> FirstSearch:
    """Search for ``text`` in the box in the header, in a new browser context.

    The page is loaded before and does not count. Scripts and index count, as the browser fetches them when the box gets
    the focus.
    """
    # A new context has an empty cache, but a service worker could answer from its own.
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{root}/about/")
    page.wait_for_load_state("networkidle")
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.evaluate(_RECORD_TIMES)
    page.keyboard.press("/")
    page.keyboard.insert_text(text)
    page.locator(".search-drop [role=option]").first.wait_for()
    page.wait_for_load_state("networkidle")
    duration = page.evaluate("window.searchShown - window.searchTyped")
    size = sum(map(_compressed_size, responses))
    context.close()
    return FirstSearch(size, duration, tuple(response.url.partition("?")[0] for response in responses))


_RECORD_TIMES = """() => {
  const form = document.querySelector("form[data-search]");
  form.addEventListener("input", () => { window.searchTyped = performance.now(); }, { once: true });
  new MutationObserver((_, observer) => {
    if (!form.querySelector("[role=option]")) return;
    window.searchShown = performance.now();
    observer.disconnect();
  }).observe(form, { childList: true, subtree: true });
}"""


def _compressed_size(response: Response) -> int:
    data = response.body() if response.status == 200 else b""
    is_compressed = data[:2] == b"\x1f\x8b"  # files of the index are stored with gzip
    return len(data) if is_compressed else len(gzip.compress(data, 6))
