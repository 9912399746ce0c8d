"""Search as a reader uses it: known items are found, filters count right, the URL holds everything."""

from collections import Counter
from statistics import mean
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from generator.model.catalog import Catalog
from generator.model.values import in_language
from generator.text.maths import to_plain

pytestmark = pytest.mark.browser

RANKS = """async ([base, queries]) => {
  const pagefind = await import(base + "/pagefind/pagefind.js");
  const { RANKING } = await import(base + "/assets/javascripts/search-settings.js");
  await pagefind.options({ ranking: RANKING });
  await pagefind.init();
  const out = [];
  for (const [query, id] of queries) {
    const found = await pagefind.search(query);
    let rank = 0;
    const first = found.results.slice(0, 10);
    for (let at = 0; at < first.length && !rank; at++) {
      if ((await first[at].data()).url.endsWith("/papers/" + id + "/")) rank = at + 1;
    }
    out.push(rank);
  }
  return out;
}"""


def test_every_full_title_finds_its_paper(page: Page, real_url: str, real: Catalog) -> None:
    """MRR@10 over all titles, asked through the site's own ranking."""
    queries = [[to_plain(paper.title), paper.id] for paper in real.papers.values()]
    page.goto(f"{real_url}/about/")
    ranks = page.evaluate(RANKS, [real_url, queries])
    score = mean(1 / rank if rank else 0 for rank in ranks)
    missed = [query for (query, _), rank in zip(queries, ranks, strict=True) if rank != 1]
    print(f"MRR@10 of {len(queries)} titles: {score:.4f}; not first: {missed}")
    assert score >= 0.97


def _counted(catalog: Catalog) -> dict[str, Counter[str]]:
    """What each filter should count, taken from the entries and not from the index."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("venue", "year", "topic", "author", "code")}
    for paper in catalog.papers.values():
        entry = catalog.editions[paper.venue]
        counts["venue"][entry.series.name] += 1
        counts["code"]["yes" if paper.links.code else "no"] += 1
        if entry.edition.year:
            counts["year"][str(entry.edition.year)] += 1
        within = {topic for named in paper.topics for topic in (named, *catalog.ancestors(named))}
        counts["topic"].update(in_language(catalog.topics[topic].name, "en", "en") for topic in within)
        counts["author"].update({catalog.authors[catalog.author_ids[name]].name for name in paper.author_names})
    return counts


def test_each_filter_counts_right(page: Page, real_url: str, real: Catalog) -> None:
    """For ten values of each filter the page's count equals the count from the entries."""
    for name, counts in _counted(real).items():
        for value, wanted in counts.most_common(10):
            page.goto(f"{real_url}/search/?{urlencode({name: value})}")
            expect(page.locator("[data-count]")).to_have_attribute("data-count", str(wanted))


def test_typing_in_the_header_shows_results_and_keys_move_among_them(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")
    page.keyboard.press("/")
    page.keyboard.type("dogs fetch")
    drop = page.locator("#header-results")
    expect(drop.locator("a").first).to_contain_text("Dogs that fetch")
    page.keyboard.press("ArrowDown")
    expect(drop.locator("a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dogs that fetch")
    expect(page.locator("mark").first).to_be_visible()


def test_enter_opens_the_search_page_with_the_query(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")
    page.keyboard.press("Control+k")
    page.keyboard.type("fetch")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=fetch")
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.locator(".hit mark").first).to_have_text("fetch")


def test_escape_closes_the_results(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")
    page.locator("#header-search").fill("dogs")
    expect(page.locator("#header-results")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#header-results")).to_be_hidden()


def test_the_whole_state_is_in_the_url(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/?q=dogs&venue=Conf+%26+Co+%3Cb%3E&sort=date")
    expect(page.locator("[data-count]")).to_have_attribute("data-count", "2")
    expect(page.locator(".search-page select")).to_have_value("date")
    box = page.locator("[data-facet=year] input").first
    box.check()
    page.wait_for_url("**year=2025**")
    page.go_back()
    expect(page.locator("[data-facet=year] input").first).not_to_be_checked()
    page.reload()
    expect(page.locator("[data-count]")).to_have_attribute("data-count", "2")


def test_an_empty_result_helps_on(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/?q=zzzzzz")
    expect(page.locator(".hits a")).to_have_text(["venues", "topics", "authors"])


def test_a_hostile_title_is_text_in_results(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/?q=cats")
    expect(page.locator(".hit-title").first).to_contain_text("<script>alert(1)</script>")
    assert page.locator(".hits script, .hits img, .hits [onerror]").count() == 0
