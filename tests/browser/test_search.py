"""Search in the browser: known papers are found, filters count correctly, and the URL has the whole state."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, Route, expect

from generator.model.catalog import Catalog
from generator.model.contributors import paper_affiliations
from generator.model.localized import in_digest_language
from tools.search_quality.measure import MIN_SCORES, find_ranks, measure_first_search, scores_by_kind
from tools.search_quality.queries import KINDS, Query, queries

pytestmark = pytest.mark.browser

SAMPLE = 24  # queries of a kind; `make search-quality` asks them all
PARSED = """async ([root, typed]) => {
  const { parseQuery } = await import(root + "/assets/javascripts/query.js");
  return parseQuery(typed);
}"""
COUNTS = """async ([root, searches]) => {
  const { answer } = await import(root + "/assets/javascripts/search-answer.js");
  const { parseState } = await import(root + "/assets/javascripts/search-state.js");
  const out = [];
  for (const search of searches) out.push((await answer(parseState(search))).numbers.length);
  return out;
}"""
SHOWN = """hits => [...hits.querySelectorAll(".card")].map(card => ["card-title", "card-authors", "card-tldr"]
  .map(name => card.querySelector(`.${name}`)?.textContent.trim()))"""
NEARNESS = """async ([root, scored, papers, typed]) => {
  const { rankByTitles } = await import(root + "/assets/javascripts/search-ranking.js");
  return rankByTitles(scored, papers, typed).map(([number]) => number);
}"""
COVERED = """drop => {
  const { left, right, top: start, bottom } = drop.getBoundingClientRect();
  const covering = [];
  for (let y = start + 4; y < Math.min(bottom, innerHeight); y += 6) {
    for (let x = left + 4; x < right; x += 12) {
      const top = document.elementFromPoint(x, y);
      if (!drop.contains(top)) covering.push(top.outerHTML.slice(0, 80));
    }
  }
  return covering;
}"""
MARKED = """async ([root, text, foldedWords]) => {
  const { markMatches } = await import(root + "/assets/javascripts/search-hits.js");
  return markMatches(text, foldedWords).filter(node => node.nodeType).map(node => node.textContent);
}"""
MEANS = """async ([root, values, typed]) => {
  const { matchingValues } = await import(root + "/assets/javascripts/query.js");
  return matchingValues(values, typed).map((index) => values[index][0]);
}"""


@pytest.fixture
def failing_page(browser: Browser) -> Iterator[Page]:
    """A page whose requests may fail; the console may report it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    yield context.new_page()
    context.close()


class Outage:
    """Requests of a page that fail while the outage is active.

    It ends without `unroute`, which turns interception off and sometimes drops pending requests.
    """

    def __init__(self, page: Page, pattern: str) -> None:
        self.is_active = True
        page.route(pattern, self._answer)

    def _answer(self, route: Route) -> None:
        if self.is_active:
            route.abort()
        else:
            route.continue_()


def test_papers_are_found_by_what_readers_type(page: Page, real_url: str, real: Catalog) -> None:
    """A sample of each kind of query. A paper in second place is within the bar, a missing one is not."""
    chance = random.Random(5)
    all_queries = queries(real)
    queries_by_kind = [[query for query in all_queries if query.kind == kind] for kind in KINDS]
    sample = [query for same_kind in queries_by_kind for query in chance.sample(same_kind, min(SAMPLE, len(same_kind)))]
    page.goto(f"{real_url}/about/")
    found_ranks = find_ranks(page, real_url, sample)
    missed = [query for query, rank in zip(sample, found_ranks, strict=True) if rank != 1]
    scores = scores_by_kind(sample, found_ranks)
    assert {kind: score for kind, score in scores.items() if score < min(MIN_SCORES[kind], 0.97)} == {}, missed


def test_a_first_search_loads_few_bytes(browser: Browser, real_url: str) -> None:
    """Its time is measured by ``make search-quality``, where nothing else runs."""
    costs = [
        measure_first_search(browser, real_url, text)
        for text in (
            "Dual Averaging with Distance Adaptation",
            "adversarail robustness certified training",
            "sebastian",
        )
    ]
    assert max(cost.size for cost in costs) <= 150_000


def test_searching_fetches_no_url_twice(page: Page, real_url: str) -> None:
    """In the box, for several queries, one of them German, and on the search page with an open facet."""
    addresses: list[str] = []

    def note(answer: Response) -> None:
        if re.search(r"/(search|pagefind|javascripts)/.*\.", answer.url):  # the icon of a tab is not search's
            addresses.append(answer.url.partition("?")[0])

    page.goto(f"{real_url}/about/")
    page.wait_for_load_state("networkidle")
    page.on("response", note)
    for text, paper in (("difusion models", "diffusion"), ("grokking", "grok"), ("Verlernen", "unlearning")):
        page.locator(".digest-header input").fill(text)
        expect(page.locator(".search-drop .drop-paper").first).to_contain_text(paper, ignore_case=True)
    assert any("german.json" in address for address in addresses)
    assert [address for address, times in Counter(addresses).items() if times > 1] == []
    page.goto(f"{real_url}/search/?q=unlearning")
    addresses.clear()
    page.locator("[data-search-page] [name=q]").fill("continual learning year:2023")
    expect(page.locator(".search-filter")).to_be_visible()
    page.locator("[data-facet=author] summary").click()
    expect(page.locator("[data-facet=author] .facet-find")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [address for address, times in Counter(addresses).items() if times > 1] == []


def test_titles_with_adjacent_words_in_order_come_first(page: Page, toy_url: str) -> None:
    """Adjacent words in order come first, then others in order; a family name counts before a given name."""
    papers = [
        {"title": "Agents for the Learning of Flows", "authors": "Lin Wu"},
        {"title": "Flow Learning with Agents", "authors": "Lin Wu"},
        {"title": "Learning Agents that Flow", "authors": "Lin Wu, Ada Byron"},
        {"title": "Learning Agents and Flow", "authors": "Wu Lin"},
    ]
    page.goto(f"{toy_url}/about/")
    scored = [[number, 2] for number in range(len(papers))]
    assert page.evaluate(NEARNESS, [toy_url, scored, papers, "Learning agents"]) == [2, 3, 1, 0]
    assert page.evaluate(NEARNESS, [toy_url, scored, papers, "lin learning agents"]) == [3, 2, 1, 0]


def test_a_long_query_is_found_by_its_longest_words(page: Page, real_url: str, real: Catalog) -> None:
    longest = max(real.papers.values(), key=lambda paper: len(paper.title.split()))
    page.goto(f"{real_url}/about/")
    typed = [Query("title", f"of the {longest.title} and the", longest.id), Query("title", "of the", longest.id)]
    assert find_ranks(page, real_url, typed)[0] == 1


def _expected_counts(catalog: Catalog) -> dict[str, Counter[str]]:
    """The papers of each filter value, counted from the entries and not from the index."""
    counts: dict[str, Counter[str]] = {}
    for paper in catalog.papers.values():
        entry = catalog.editions[paper.venue]
        within = {topic for named in paper.topics for topic in (named, *catalog.ancestors(named))}
        limits = [text for text in (paper.limitations or {}).values() if text.strip(" .").lower() != "not stated"]
        values_by_facet = {
            "venue": [entry.series.name],
            "edition": [entry.name],
            "year": [str(entry.edition.year)] if entry.edition.year else [],
            "track": [paper.track] if paper.track else [],
            "topic": [in_digest_language(catalog.topics[topic].name, "en") for topic in within],
            "tag": [in_digest_language(catalog.tags[tag].name, "en") for tag in paper.tags],
            "author": {catalog.authors[author_id].name for author_id in catalog.author_ids[paper.id]},
            "institution": {catalog.institutions[catalog.institution_ids[n]].name for n in paper_affiliations(paper)},
            "code": ["yes" if paper.links.code else "no"],
            "award": ["yes" if paper.awards else "no"],
            "limits": ["yes" if limits else "no"],
        }
        for name, values in values_by_facet.items():
            counts.setdefault(name, Counter()).update(values)
    return counts


def test_each_filter_counts_its_papers(page: Page, real_url: str, real: Catalog) -> None:
    """For ten values of each filter, included and excluded, the count equals that of the entries."""
    searches, expected = [], []
    for name, counts in _expected_counts(real).items():
        for value, count in counts.most_common(10):
            searches += [f"?{urlencode({name: value})}", f"?{urlencode({f'-{name}': value})}"]
            expected += [count, len(real.papers) - count]
    page.goto(f"{real_url}/about/")
    assert page.evaluate(COUNTS, [real_url, searches]) == expected
    page.goto(f"{real_url}/search/{searches[0]}")
    expect(page.locator("[data-count]")).to_have_attribute("data-count", str(expected[0]))


@pytest.mark.parametrize(
    ("typed", "text", "filters", "clauses", "unknown_fields"),
    [
        ("cats", "cats", [], ["cats"], []),
        ("cats author:zhu", "cats", ["author=zhu"], ["cats"], []),
        ('topic:"large models" cats', "cats", ["topic=large models"], ["cats"], []),
        ("-topic:dogs -year:2024", "", ["-topic=dogs", "-year=2024"], [], []),
        ('Venue:"open', "", ["venue=open"], [], []),
        ("author:", "", [], [], []),
        ("pages:4 x-author:zhu", "pages:4 x-author:zhu", [], ["pages 4", "x-author:zhu"], ["pages"]),
        ("DADA: dual averaging", "DADA: dual averaging", [], ["DADA:", "dual", "averaging"], []),
        ('"exact words" code:yes', '"exact words"', ["code=yes"], ['"exact words"'], []),
        ('“exact words” „zwei Wörter“', '"exact words" "zwei Wörter"', [], ['"exact words"', '"zwei Wörter"'], []),
        ('-cats -"two words"', '-cats -"two words"', [], ["-cats", '-"two words"'], []),
        ("\N{EN DASH}cats", "-cats", [], ["-cats"], []),
        ("cats - dogs", "cats dogs", [], ["cats", "dogs"], []),
        ("cats OR dogs birds", "cats OR dogs birds", [], ["cats|dogs", "birds"], []),
        ('cats ODER "wild dogs" | birds', 'cats ODER "wild dogs" | birds', [], ['cats|"wild dogs"|birds'], []),
        ("OR cats", "OR cats", [], ["cats"], []),
        ("has:code -has:award has:legs", "", ["code=yes", "-award=yes", "has=legs"], [], []),
        ("has:constructor __proto__:a", "__proto__:a", ["has=constructor"], ["__proto__ a"], ["__proto__"]),
        ("jahr:2024 autorin:zhu hat:code", "", ["year=2024", "author=zhu", "code=yes"], [], []),
        ("title:cats titel:dogs", "title:cats titel:dogs", [], ["title=cats", "title=dogs"], []),
        ("id:zhu2025dogs", "id:zhu2025dogs", [], ["id=zhu2025dogs"], []),
        ("https://doi.org/10.1/x", "https://doi.org/10.1/x", [], ["https://doi.org/10.1/x"], []),
    ],
)  # fmt: skip
def test_a_query_is_parsed_by_its_operators(
    page: Page, toy_url: str, typed: str, text: str, filters: list[str], clauses: list[str], unknown_fields: list[str]
) -> None:
    page.goto(f"{toy_url}/about/")
    query = page.evaluate(PARSED, [toy_url, typed])
    assert query["text"] == text
    assert [f"{'-' * it['isExcluded']}{it['facet']}={it['value']}" for it in query["filters"]] == filters
    assert [f"{'-' * it['isExcluded']}{'|'.join(map(_unit, it['units']))}" for it in query["clauses"]] == clauses
    assert query["unknownFields"] == unknown_fields


def _unit(unit: dict[str, str]) -> str:
    return (
        f"{unit['field']}={unit['text']}"
        if unit["field"]
        else f'"{unit["text"]}"'
        if unit["isPhrase"]
        else unit["text"]
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lee", ["Anna Lee", "Lee Strand"]),
        ("strand lee", ["Lee Strand"]),
        ("mull", ["José Müller"]),
        ("Jose MULLER", ["José Müller"]),
        ("anna lee", ["Anna Lee"]),
        ("lee-2", ["Lee Strand"]),
        ("nobody", []),
        ("", []),
    ],
)
def test_names_match_in_any_order_and_by_their_beginnings(
    page: Page, toy_url: str, typed: str, meant: list[str]
) -> None:
    page.goto(f"{toy_url}/about/")
    values = [["Anna Lee"], ["Lee Strand", "lee-2"], ["José Müller"], ["Annabel Leeds-Wood", "leeds"]]
    names = page.evaluate(MEANS, [toy_url, values, typed])
    assert [name for name in names if name != "Annabel Leeds-Wood"] == meant


def test_filters_in_a_query_are_applied_and_named(page: Page, real_url: str, real: Catalog) -> None:
    page.goto(f"{real_url}/search/?{urlencode({'q': 'author:stich year:2026 -venue:icml'})}")
    expected = [
        paper
        for paper in real.papers.values()
        if any("Stich" in name for name in paper.author_names)
        and real.editions[paper.venue].edition.year == 2026
        and real.editions[paper.venue].series.name != "ICML"
    ]
    assert expected
    expect(page.locator("[data-count]")).to_have_attribute("data-count", str(len(expected)))
    expect(page.locator(".search-notes")).to_contain_text("Author: Sebastian")
    expect(page.locator(".search-notes")).to_contain_text("Not Venue: ICML")


def test_an_unknown_value_gets_a_suggestion(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/search/?{urlencode({'q': 'averaging author:stihc'})}")
    note = page.locator(".search-unknown")
    expect(note).to_contain_text("There is no author “stihc”")
    note.get_by_role("button", name=re.compile("Stich")).click()
    expect(page.locator(".search-filter")).to_contain_text("Stich")
    expect(page).to_have_url(re.compile("Stich"))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Sebastian Stich distance", "DADA"), ("stich SEBASTIAN dada", "DADA"), ("simvq", "Addressing Representation"),
        ("SimV", "Addressing Representation"), ("dual averaging dist", "DADA"), ("Grökking edge", "Grokking at"),
        ("m3cs", "M^3CS"), ("M^3CS", "M^3CS"), ("multitarget masked", "M^3CS"), ("multi-target masked", "M^3CS"),
    ],
)  # fmt: skip
def test_other_spellings_find_the_same_paper(page: Page, real_url: str, typed: str, title: str) -> None:
    page.goto(f"{real_url}/about/")
    page.locator(".digest-header input").fill(typed)
    expect(page.locator(".search-drop .drop-paper").first).to_contain_text(title)


def test_facets_keep_their_values_and_change_with_the_query(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/")
    venues = page.locator("[data-facet=venue]")
    expect(venues.locator("label")).to_have_count(2)
    both = venues.locator("label").all_inner_texts()
    first = venues.get_by_role("checkbox").first
    first.check()
    expect(page.locator("[data-count]")).not_to_have_attribute("data-count", "5")
    assert sorted(venues.locator("label").all_inner_texts()) == sorted(both)
    expect(first).to_be_focused()
    venues.get_by_role("checkbox").nth(1).check()
    expect(page.locator("[data-count]")).to_have_attribute("data-count", "5")
    page.get_by_role("button", name="Clear all filters").click()
    page.locator(".search-controls input").fill("fetch")
    expect(venues.locator("label")).to_have_count(1)


def test_a_value_is_excluded_and_cleared(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/")
    leave = page.get_by_role("button", name="Exclude 2025", exact=True)
    leave.click()
    expect(page).to_have_url(re.compile(r"\?-year=2025$"))
    expect(leave).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-count]")).to_have_attribute("data-count", "1")
    page.get_by_role("button", name="Clear filter Not Year: 2025").click()
    expect(page.locator("[data-count]")).to_have_attribute("data-count", "5")
    page.go_back()
    expect(page.locator("[data-count]")).to_have_attribute("data-count", "1")


def test_results_are_sorted_by_title(page: Page, toy_url: str, toy: Catalog) -> None:
    page.goto(f"{toy_url}/search/?sort=title")
    expect(page.locator(".hits[data-turn] .hit")).to_have_count(len(toy.papers))
    titles = page.locator(".hit-title").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold)


def test_the_built_page_shows_the_answer_to_the_empty_query(page: Page, toy_url: str) -> None:
    """The built papers stay until a query is typed, and the script shows the same cards as the build."""
    page.goto(f"{toy_url}/search/?utm=elsewhere")
    expect(page.locator(".hits .card").first).to_be_visible()
    built = page.locator(".hits").evaluate(SHOWN)
    expect(page.locator("[data-facet=venue] label")).to_have_count(2)
    assert page.locator(".hits").get_attribute("data-turn") is None
    page.get_by_role("searchbox").fill("dogs")
    expect(page.locator(".hit mark").first).to_be_visible()
    page.get_by_role("searchbox").fill("")
    expect(page.locator(".hit mark")).to_have_count(0)
    expect(page.locator(".hits .card")).to_have_count(len(built))
    assert page.locator(".hits").evaluate(SHOWN) == built


def test_show_more_continues_after_the_built_papers(page: Page, real_url: str, real: Catalog) -> None:
    page.goto(f"{real_url}/search/")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".hits .card")).to_have_count(20)
    expect(page.locator(".hits .card").nth(10).locator(".card-title a")).to_be_focused()
    addresses = page.locator(".hits .card-title a").evaluate_all("links => links.map(link => link.pathname)")
    assert addresses == [f"/papers/{paper_id}/" for paper_id in list(real.papers)[:20]]


def test_two_clicks_on_more_show_the_next_papers_once(page: Page, real_url: str, real: Catalog) -> None:
    page.goto(f"{real_url}/search/")
    page.get_by_role("button", name="Show more").evaluate("button => { button.click(); button.click(); }")
    expect(page.locator(".hits .card").nth(19)).to_be_visible()
    page.wait_for_load_state("networkidle")
    addresses = page.locator(".hits .card-title a").evaluate_all("links => links.map(link => link.pathname)")
    assert addresses == [f"/papers/{paper_id}/" for paper_id in list(real.papers)[:20]]


def test_opening_a_facet_keeps_the_shown_papers(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/search/?q=learning")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".hits .card")).to_have_count(20)
    page.locator("[data-facet=author] > summary").click()
    page.get_by_label("Find in Author").fill("bengio")
    expect(page.locator("[data-facet=author] label").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".hits .card")).to_have_count(20)


@pytest.mark.parametrize(
    "pattern",
    ["search/index.json", "search/meanings.json*", "search/words/*.json*", "pagefind/index/*", "pagefind/fragment/*"],
)
def test_a_failed_fetch_is_repeated(failing_page: Page, toy_url: str, pattern: str) -> None:
    outage = Outage(failing_page, f"**/{pattern}")
    failing_page.goto(f"{toy_url}/search/?q=fetch")
    expect(failing_page.locator("[data-count]")).to_have_text("The search index could not be loaded.")
    outage.is_active = False
    failing_page.get_by_role("searchbox").fill("dogs")
    expect(failing_page.locator(".hit mark").first).to_have_text("Dogs")
    outage.is_active = True
    failing_page.goto(f"{toy_url}/about/")
    box = failing_page.get_by_role("combobox")
    box.fill("fetch")
    expect(failing_page.locator(".search-drop")).to_have_text("The search index could not be loaded.")
    outage.is_active = False
    box.fill("dogs")
    expect(failing_page.locator(".search-drop [role=option]").first).to_be_visible()


def test_a_late_failure_does_not_replace_later_results(failing_page: Page, toy_url: str) -> None:
    waiting: list[Route] = []
    failing_page.route("**/search/titles.json*", lambda route: waiting.append(route))
    failing_page.goto(f"{toy_url}/search/?q=dogs")
    expect(failing_page.locator(".hits .card")).to_have_count(2)
    with failing_page.expect_request("**/search/titles.json*"):
        failing_page.locator(".search-page select").select_option("title")
    failing_page.locator(".search-page select").select_option("date")
    expect(failing_page).to_have_url(re.compile("sort=date"))
    expect(failing_page.locator(".hits .card")).to_have_count(2)
    with failing_page.expect_event("requestfailed"):
        waiting[0].abort()
    failing_page.wait_for_timeout(200)
    expect(failing_page.locator("[data-count]")).to_have_text("2 papers")
    expect(failing_page.locator(".hits .card")).to_have_count(2)


def test_facets_are_counted_again_after_a_failure(failing_page: Page, toy_url: str) -> None:
    failing_page.set_viewport_size({"width": 360, "height": 740})
    outage = Outage(failing_page, "**/search/facets.json*")
    failing_page.goto(f"{toy_url}/search/")
    with failing_page.expect_event("requestfailed"):
        failing_page.locator(".facets-all > summary").click()
    outage.is_active = False
    failing_page.locator(".facets-all > summary").click()
    failing_page.locator(".facets-all > summary").click()
    expect(failing_page.locator("[data-facet=venue] label").first).to_be_visible()


def test_a_phone_fetches_no_search_data_before_a_query(page: Page, toy_url: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{toy_url}/search/")
    page.wait_for_load_state("networkidle")
    assert [url for url in requests if "pagefind" in url or "/search/" in url.removeprefix(toy_url)[1:]] == []
    page.get_by_role("searchbox").press_sequentially("dogs")
    expect(page.locator(".hit mark").first).to_be_visible()


def test_filters_are_closed_on_a_phone(page: Page, toy_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{toy_url}/search/")
    expect(page.locator(".hits .card").first).to_be_in_viewport()
    expect(page.locator("[data-facet=venue]")).to_be_hidden()
    page.locator("summary", has_text="Filters").click()
    expect(page.locator("[data-facet=venue]")).to_be_visible()


def _id_of(option: Locator) -> str:
    return option.get_attribute("id") or ""


def test_arrow_keys_select_an_option_and_enter_opens_it(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search papers")
    expect(box).to_be_focused()
    page.keyboard.type("dog")
    options = page.get_by_role("listbox", name="Papers found").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".digest-header [role=status]")).to_have_text(re.compile(r"\d papers? found"))
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", _id_of(options.first))
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_be_focused()
    box.fill("dogs fetch")
    expect(options.nth(1)).to_contain_text("Dogs that fetch")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Dogs that fetch")
    expect(page.locator("mark").first).to_be_visible()


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        ("Chen trains cheap models", "cheaper", ["cheap"]),
        ("Lin, Link and Linear", "linear", ["Linear"]),
        ("Training trains a train", "training", ["Training", "trains", "train"]),
        ("One game, two games, gamma", "game", ["game", "games"]),
        ("Privacy, private and privately", "private", ["private", "privately"]),
    ],
)
def test_words_that_differ_only_in_their_ending_are_marked(
    page: Page, toy_url: str, text: str, word: str, marked: list[str]
) -> None:
    page.goto(f"{toy_url}/about/")
    assert page.evaluate(MARKED, [toy_url, text, [word]]) == marked


def test_a_hit_names_no_vague_word_as_missing(page: Page, toy_url: str) -> None:
    """Papers need not contain words such as "sota", which say little about them."""
    page.goto(f"{toy_url}/search/?q=fetch+sota+xyzzyq")
    expect(page.locator(".hit-reason").first).to_have_text("without “xyzzyq”")


def _box_with_selected_option(page: Page, url: str) -> Locator:
    page.goto(f"{url}/about/")
    box = page.get_by_role("combobox", name="Search papers")
    box.press_sequentially("dog")
    expect(page.locator(".search-drop [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    return box


def test_enter_after_more_typing_searches_for_the_typed_text(page: Page, toy_url: str) -> None:
    box = _box_with_selected_option(page, toy_url)
    # In one go, before there are new suggestions.
    box.evaluate("""box => {
      box.value = "dogs fetch";
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      if (box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true })))
        box.form.requestSubmit();
    }""")
    page.wait_for_url("**/search/?q=dogs+fetch")


def test_keys_of_an_input_method_are_ignored(page: Page, toy_url: str) -> None:
    box = _box_with_selected_option(page, toy_url)
    goes_on = """(box, key) => box.dispatchEvent(
      new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true }))"""
    assert [key for key in ("ArrowDown", "Enter", "Escape") if not box.evaluate(goes_on, key)] == []
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_nothing_covers_the_suggestions_on_the_home_page(page: Page, real_url: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{real_url}/")
    page.get_by_role("combobox").fill("learning")
    expect(page.locator(".search-drop .drop-paper")).to_have_count(6 if width > 480 else 4)
    assert page.locator(".search-drop").evaluate("drop => drop.scrollHeight <= drop.clientHeight")
    assert page.locator(".search-drop").evaluate(COVERED) == []


def test_several_search_boxes_work_on_one_page(page: Page, toy_url: str) -> None:
    """A second form is inserted before scripts run, as on the home page."""
    page.route(
        "**/about/",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace(
                "</article>",
                '<form role="search" data-search action="../search/"><input type="search" name="q" aria-label="Here">'
                "</form></article>",
            ),
        ),
    )
    page.goto(f"{toy_url}/about/")
    for name in ("Here", "Search papers"):
        box = page.get_by_role("combobox", name=name)
        box.fill("dogs fetch")
        listed = page.locator(f"#{box.get_attribute('aria-controls')}")
        expect(listed.get_by_role("option").nth(1)).to_contain_text("Dogs that fetch")
    page.get_by_role("combobox", name="Here").press("Enter")
    page.wait_for_url("**/search/?q=dogs+fetch")


def test_enter_opens_the_search_page_with_the_query(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")
    page.keyboard.press("Control+k")
    page.keyboard.type("fetch")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=fetch")
    expect(page.locator(".hits .card")).to_have_count(1)
    expect(page.locator(".hit mark").first).to_have_text("fetch")


def test_the_whole_state_is_in_the_url(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/?q=dogs&venue=Conf+%26+Co+%3Cb%3E&sort=date")
    expect(page.locator("[data-count]")).to_have_attribute("data-count", "2")
    expect(page.locator(".search-page select")).to_have_value("date")
    box = page.locator("[data-facet=year] input[type=checkbox]").first
    box.check()
    page.wait_for_url("**year=2025**")
    page.go_back()
    expect(page.locator("[data-facet=year] input[type=checkbox]").first).not_to_be_checked()
    page.reload()
    expect(page.locator("[data-count]")).to_have_attribute("data-count", "2")


def test_thousands_of_chosen_values_do_not_block_the_page(page: Page, toy_url: str) -> None:
    """A link can choose any number of values. The page shows a few of them, and answers the next query."""
    values = "".join(f"&{facet}=v{number}" for facet in ("topic", "author") for number in range(2500))
    page.goto(f"{toy_url}/search/?q=dogs{values}")
    expect(page.locator("[data-count]")).to_have_attribute("data-count", "0")
    assert page.locator(".search-page input").count() < 500
    page.get_by_role("searchbox", name="Search papers").fill("cats")
    expect(page).to_have_url(re.compile(r"[?&]q=cats"))


def test_back_leaves_the_page_after_typing_and_enter(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")
    page.goto(f"{toy_url}/search/")
    page.get_by_role("searchbox").fill("dogs")
    page.wait_for_url("**/search/?q=dogs")
    page.keyboard.press("Enter")
    expect(page.locator(".hit mark").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(f"{toy_url}/about/")


def test_a_choice_includes_text_that_was_just_typed(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/?sort=date&exact=1")
    expect(page.locator("[data-facet=year] label").first).to_be_visible()
    page.evaluate("""() => {
      const box = document.querySelector("input[name=q]");
      box.value = "dogs";
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      document.querySelector("[data-facet=year] [type=checkbox]").click();
    }""")
    expect(page).to_have_url(f"{toy_url}/search/?q=dogs&year=2025&sort=date")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("")
    page.wait_for_timeout(300)
    expect(page).to_have_url(f"{toy_url}/search/?sort=date&exact=1")


def test_the_focus_moves_to_the_count_if_its_element_is_removed(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/?q=dogs&-year=2024")
    page.get_by_role("button", name="Clear filter Not Year: 2024").press("Enter")
    expect(page.locator(".search-chips")).to_have_count(0)
    expect(page.locator("[data-count]")).to_be_focused()


def test_an_empty_result_offers_ways_on(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/?q=zzzzzz")
    expect(page.locator(".hits a")).to_have_text(["venues", "topics", "authors"])
    for query in ("q=dogs&year=1999", "q=dogs+venue:zzzzzz"):
        page.goto(f"{toy_url}/search/?{query}")
        page.get_by_role("button", name=re.compile("Clear all filters: 2 papers")).click()
        expect(page.locator(".hits .card")).to_have_count(2)


def test_a_hostile_title_is_text_in_results(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/?q=cats")
    expect(page.locator(".hit-title").first).to_contain_text("<script>alert(1)</script>")
    assert page.locator(".hits script, .hits img, .hits [onerror]").count() == 0


def test_a_journey_by_keyboard_alone(browser: Browser, real_url: str) -> None:
    """Find, filter, open, copy the citation, add to the list: each control is reached by its accessible name."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()

    def tab_to(role: str, name: str) -> None:
        wanted = page.get_by_role(role, name=re.compile(name)).first  # type: ignore[arg-type]
        wanted.wait_for()
        for _ in range(150):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"the tab key does not reach {role} {name}")

    page.goto(f"{real_url}/about/")
    page.keyboard.press("/")
    page.keyboard.type("dual averaging distance")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    expect(page.locator(".hits .card").first).to_be_visible()
    tab_to("checkbox", r"^ICLR \d")
    page.keyboard.press("Space")
    page.wait_for_url("**venue=ICLR**")
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\d+ papers?\b"))).to_be_visible()
    tab_to("link", "^DADA: Dual Averaging")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/moshtaghifar2026dada/**")
    tab_to("button", "^Add to list: DADA")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^On your list: DADA"))).to_be_focused()
    tab_to("button", "^Copy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Copied"))).to_be_visible()
    assert "Moshtaghifar" in page.evaluate("navigator.clipboard.readText()")
    context.close()


def test_the_box_suggests_tags_and_terms_only_by_their_names(page: Page, toy_url: str) -> None:
    """A term has its kind and no number of papers. A longer query that contains its name does not suggest it."""
    page.goto(f"{toy_url}/about/")
    box = page.get_by_role("combobox", name="Search papers")
    listed = page.locator(f"#{box.get_attribute('aria-controls')} .drop-page")
    box.fill("felines")
    expect(listed.filter(has_text="cat")).to_have_text("cat term")
    assert (listed.first.get_attribute("href") or "").endswith("/glossary/#cat")
    box.fill("survey of all")
    expect(listed.filter(has_text="Survey")).to_contain_text("tag, 3 papers")
    box.fill("dogs fetch")
    expect(page.get_by_role("option").filter(has_text="Dogs that fetch")).to_have_count(1)
    expect(listed.filter(has_text="friend")).to_have_count(0)
