"""Mistyped words are corrected, the page names the correction, and the reader can undo it."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MEANT = """async ([root, query]) => {
  const { findPapers } = await import(root + "/assets/javascripts/search-engine.js");
  return (await findPapers(query)).usedText;
}"""
DISTANCE = """async ([root, pairs]) => {
  const { distance } = await import(root + "/assets/javascripts/search-spelling.js");
  return pairs.map(([a, b]) => distance(a, b, 2));
}"""


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("adversarail training", "adversarial training"), ("grokkng", "grokking"), ("adversar", "adversar"),
        ('"adversarail"', '"adversarail"'), ("xyzzyq", "xyzzyq"), ("", ""), ("grokking xyzzyq", "grokking xyzzyq"),
        ("Wasserstien", "wasserstein"), ("mixpu", "mixup"), ("SimVQ", "SimVQ"), ("C* <b>", "C* <b>"),
        ("dversarial training", "adversarial training"), ("dAversarial training", "adversarial training"),
        ("Fderated Cost Client Selection", "federated Cost Client Selection"),
    ],
)  # fmt: skip
def test_mistyped_words_are_corrected(page: Page, real_url: str, typed: str, wanted: str) -> None:
    page.goto(f"{real_url}/about/")
    assert page.evaluate(MEANT, [real_url, typed]) == wanted


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


def test_the_page_names_the_correction_and_can_undo_it(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/search/?q=adversarail+<img+src=x+onerror=alert(1)>")
    note = page.locator(".did-you-mean")
    expect(note).to_contain_text("Search instead for adversarail <img src=x onerror=alert(1)>")
    assert page.locator("#content img").count() == 0
    note.get_by_role("button").click()
    expect(page).to_have_url(re.compile("exact=1"))
    expect(page.locator(".did-you-mean")).to_have_count(0)
    page.go_back()
    expect(note).to_be_visible()


def test_the_box_in_the_header_corrects_words(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/about/")
    page.get_by_role("combobox").fill("grokkng numerical")
    drop = page.locator(".search-drop")
    expect(drop).to_contain_text("Showing grokking numerical")
    expect(drop.locator("a").first).to_contain_text("Grokking at the Edge of Numerical Stability")
