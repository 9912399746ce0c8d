"""Queries asked in a browser through the site's own script, and what a first search of a fresh visitor costs."""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import mean
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Response

from tools.search_quality.queries import Query

_AROUND = {"several": 0.5, "typos": 0.85, "sentence": 0.93, "dated": 0.9, "venue": 0.9, "pasted": 0.97}
BARS = {"title": 0.99, "words": 0.98, "author": 0.98, "acronym": 0.97, "typo": 0.95, **_AROUND}
LARGE_BARS = {"title": 0.99, "words": 0.98, "author": 0.98, "acronym": 0.97, "typo": 0.97, **_AROUND}
_BATCH = 200
_RANKS = """async ([root, queries]) => {
  const { find, paper } = await import(root + "/assets/javascripts/search-engine.js");
  const out = [];
  for (const [text, id] of queries) {
    const first = await Promise.all((await find(text)).numbers.slice(0, 10).map(paper));
    out.push(first.findIndex((one) => one.url === "/papers/" + id + "/") + 1);
  }
  return out;
}"""


def ranks(page: Page, root: str, asked: list[Query]) -> list[int]:
    """At which place each query finds its paper among the first ten, or 0. ``page`` shows a page of the site."""
    found: list[int] = []
    for at in range(0, len(asked), _BATCH):
        batch = [[query.text, query.paper] for query in asked[at : at + _BATCH]]
        found += page.evaluate(_RANKS, [root, batch])
    return found


def scores(asked: Iterable[Query], found: Iterable[int]) -> Mapping[str, float]:
    """MRR@10 of each kind of query."""
    held: dict[str, list[float]] = defaultdict(list)
    for query, rank in zip(asked, found, strict=True):
        held[query.kind].append(1 / rank if rank else 0)
    return {kind: mean(values) for kind, values in held.items()}


class FirstSearch(NamedTuple):
    """What a first search costs: bytes and milliseconds, and the addresses that were fetched, without their queries."""

    weight: int
    waited: float
    addresses: tuple[str, ...]


def first_search(browser: Browser, root: str, text: str) -> FirstSearch:
    """What the first search in the header's box costs: bytes of all that is fetched for it, and milliseconds.

    The page is there and at rest; what it weighs by itself does not count. Files are counted as a server sends them:
    packed with gzip unless they are packed already. Time runs from the last key to the first result, script and index
    being fetched since the box was entered.
    """
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{root}/about/")
    page.wait_for_load_state("networkidle")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.evaluate(_TIMED)
    page.keyboard.press("/")
    page.keyboard.insert_text(text)
    page.locator(".search-drop [role=option]").first.wait_for()
    page.wait_for_load_state("networkidle")
    waited = page.evaluate("window.searchShown - window.searchTyped")
    weight = sum(map(_weight, answers))
    context.close()
    return FirstSearch(weight, waited, tuple(answer.url.partition("?")[0] for answer in answers))


_TIMED = """() => {
  const form = document.querySelector("form[data-search]");
  form.addEventListener("input", () => { window.searchTyped = performance.now(); }, { once: true });
  new MutationObserver((_, watch) => {
    if (!form.querySelector("[role=option]")) return;
    window.searchShown = performance.now();
    watch.disconnect();
  }).observe(form, { childList: true, subtree: true });
}"""


def _weight(answer: Response) -> int:
    data = answer.body() if answer.status == 200 else b""
    return len(data) if data[:2] == b"\x1f\x8b" else len(gzip.compress(data, 6))
