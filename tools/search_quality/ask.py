"""The ranks that the site's own script gives in a browser, and the cost of a new visitor's first search."""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import mean
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Response

from tools.search_quality.queries import Query

_SAME_FOR_BOTH = {"several": 0.5, "typos": 0.85, "sentence": 0.93, "dated": 0.9, "venue": 0.9, "pasted": 0.97}
MIN_SCORES = {"title": 0.99, "words": 0.98, "author": 0.98, "acronym": 0.97, "typo": 0.95, **_SAME_FOR_BOTH}
LARGE_MIN_SCORES = {
    "title": 0.99,
    "words": 0.98,
    "author": 0.98,
    "acronym": 0.97,
    "typo": 0.97,
    **_SAME_FOR_BOTH,
}
_BATCH = 200  # queries in one call
_RANKS = """async ([root, queries]) => {
  const { findPapers, paper } = await import(root + "/assets/javascripts/search-engine.js");
  const out = [];
  for (const [text, id] of queries) {
    const first = await Promise.all((await findPapers(text)).numbers.slice(0, 10).map(paper));
    out.push(first.findIndex((one) => one.url === "/papers/" + id + "/") + 1);
  }
  return out;
}"""


def ranks(page: Page, root: str, queries: list[Query]) -> list[int]:
    """The rank at which each query finds its paper, from 1 to 10, or 0. ``page`` shows a page of the site."""
    query_ranks: list[int] = []
    for start in range(0, len(queries), _BATCH):
        batch = [[query.text, query.paper] for query in queries[start : start + _BATCH]]
        query_ranks += page.evaluate(_RANKS, [root, batch])
    return query_ranks


def scores(queries: Iterable[Query], query_ranks: Iterable[int]) -> Mapping[str, float]:
    """MRR@10 of each kind of query."""
    reciprocal_ranks: dict[str, list[float]] = defaultdict(list)
    for query, rank in zip(queries, query_ranks, strict=True):
        reciprocal_ranks[query.kind].append(1 / rank if rank else 0)
    return {kind: mean(values) for kind, values in reciprocal_ranks.items()}


class FirstSearch(NamedTuple):
    """The cost of a first search: bytes, milliseconds, and the fetched addresses without their query parts."""

    weight: int
    waited: float
    addresses: tuple[str, ...]


def first_search(browser: Browser, root: str, text: str) -> FirstSearch:
    """The cost of the first search in the header's box: bytes of all that is fetched for it, and milliseconds.

    The page itself does not count: it is loaded and idle. Files are counted as a server sends them, with gzip.
    Time runs from the last key to the first result. Script and index are fetched when the box gets the focus.
    """
    # A fresh context has an empty cache; a service worker would answer from its own.
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{root}/about/")
    page.wait_for_load_state("networkidle")
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.evaluate(_TIMED)
    page.keyboard.press("/")
    page.keyboard.insert_text(text)
    page.locator(".search-drop [role=option]").first.wait_for()
    page.wait_for_load_state("networkidle")
    waited = page.evaluate("window.searchShown - window.searchTyped")
    weight = sum(map(_weight, responses))
    context.close()
    return FirstSearch(weight, waited, tuple(response.url.partition("?")[0] for response in responses))


_TIMED = """() => {
  const form = document.querySelector("form[data-search]");
  form.addEventListener("input", () => { window.searchTyped = performance.now(); }, { once: true });
  new MutationObserver((_, watch) => {
    if (!form.querySelector("[role=option]")) return;
    window.searchShown = performance.now();
    watch.disconnect();
  }).observe(form, { childList: true, subtree: true });
}"""


def _weight(response: Response) -> int:
    data = response.body() if response.status == 200 else b""
    return len(data) if data[:2] == b"\x1f\x8b" else len(gzip.compress(data, 6))
