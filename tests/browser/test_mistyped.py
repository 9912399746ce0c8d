"""Mistyped words: near ones are searched for instead, the page says so, and the reader can insist."""

import random
import re
from statistics import mean

import pytest
from playwright.sync_api import Page, expect

from generator.model.catalog import Catalog
from generator.text.maths import to_plain
from tests.browser.test_search import RANKS

pytestmark = pytest.mark.browser

MEANT = """async ([root, queries]) => {
  const { meant } = await import(root + "/assets/javascripts/search-words.js");
  const out = [];
  for (const query of queries) out.push(await meant(new URL(root + "/"), query));
  return out;
}"""
DISTANCE = """async ([root, pairs]) => {
  const { distance } = await import(root + "/assets/javascripts/search-words.js");
  return pairs.map(([a, b]) => distance(a, b, 2));
}"""


def _mistyped(word: str, chance: random.Random) -> str:
    """One letter deleted, swapped with its neighbour, or doubled; never the first."""
    at = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("deleted", "swapped", "doubled"))
    if kind == "deleted":
        return word[:at] + word[at + 1 :]
    if kind == "swapped":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] + word[at:]


def typo_queries(catalog: Catalog, seed: int = 7) -> list[tuple[str, str]]:
    """For every paper a few words of its title, one of them mistyped, and its id."""
    chance = random.Random(seed)
    found = []
    for paper in catalog.papers.values():
        words = [word for word in to_plain(paper.title).split() if word.isalpha() and len(word) > 3]
        if words:
            chosen = chance.sample(range(len(words)), min(4, len(words)))
            longest = max(chosen, key=lambda at: len(words[at]))
            query = [_mistyped(words[at], chance) if at == longest else words[at] for at in sorted(chosen)]
            found.append((" ".join(query), paper.id))
    return found


def test_papers_are_found_in_spite_of_a_mistyped_word(page: Page, real_url: str, real: Catalog) -> None:
    queries = typo_queries(real)
    page.goto(f"{real_url}/about/")
    understood = page.evaluate(MEANT, [real_url, [query for query, _ in queries]])
    asked = [[text, paper_id] for text, (_, paper_id) in zip(understood, queries, strict=True)]
    ranks = page.evaluate(RANKS, [real_url, asked])
    score = mean(1 / rank if rank else 0 for rank in ranks)
    plain = page.evaluate(RANKS, [real_url, [list(query) for query in queries]])
    before = mean(1 / rank if rank else 0 for rank in plain)
    print(f"MRR@10 of {len(queries)} mistyped queries: {score:.4f}, without correction {before:.4f}")
    assert score >= 0.95
    assert before < score - 0.3


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("adversarail training", "adversarial training"), ("grokkng", "grokking"), ("adversar", "adversar"),
        ('"adversarail"', '"adversarail"'), ("author:zhnag", "author:zhnag"), ("xyzzyq", "xyzzyq"), ("", ""),
        ("Wasserstien", "wasserstein"), ("mixpu", "mixup"), ("SimVQ", "SimVQ"), ("C* <b>", "C* <b>"),
    ],
)  # fmt: skip
def test_what_was_meant(page: Page, real_url: str, typed: str, wanted: str) -> None:
    page.goto(f"{real_url}/about/")
    assert page.evaluate(MEANT, [real_url, [typed]]) == [wanted]


def test_distance_counts_edits_and_swaps(page: Page, toy_url: str) -> None:
    pairs = [
        ("abc", "abc"),
        ("abc", "acb"),
        ("abc", "ab"),
        ("abc", "abcd"),
        ("abc", "axc"),
        ("abc", "cba"),
        ("a", "abcd"),
    ]
    page.goto(f"{toy_url}/about/")
    assert page.evaluate(DISTANCE, [toy_url, pairs]) == [0, 1, 1, 1, 1, 2, 3]


def test_the_page_says_what_it_shows_and_lets_the_reader_insist(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/search/?q=adversarail+<img+src=x+onerror=alert(1)>")
    note = page.locator(".did-you-mean")
    expect(note).to_contain_text("Showing results for adversarial <img src=x onerror=alert(1)>")
    assert page.locator("#content img").count() == 0
    note.get_by_role("button").click()
    expect(page).to_have_url(re.compile("exact=1"))
    expect(page.locator(".did-you-mean")).to_have_count(0)
    page.go_back()
    expect(note).to_be_visible()


def test_the_box_in_the_header_corrects_too(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/about/")
    page.get_by_role("searchbox").fill("grokkng numerical")
    drop = page.locator(".search-drop")
    expect(drop).to_contain_text("Showing grokking numerical")
    expect(drop.locator("a").first).to_contain_text("Grokking at the Edge of Numerical Stability")
