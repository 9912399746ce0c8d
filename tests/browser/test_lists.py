"""Lists of papers: sorted, filtered and searched in the browser, and complete without JavaScript."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from generator.model.catalog import Catalog
from tests.browser.storage import BLOCKED
from tests.conftest import SETTINGS

pytestmark = pytest.mark.browser

ANIMALS = "/topics/animals/"
LONG = "/topics/optimization/"


def _titles(page: Page) -> Locator:
    return page.locator(".listing:not([hidden]) .card-title a")


def test_a_list_is_sorted_by_title_and_back(page: Page, toy_url: str) -> None:
    page.goto(toy_url + ANIMALS)
    expect(_titles(page)).to_have_count(5)
    as_built: list[str] = _titles(page).all_text_contents()
    page.get_by_label("Sort by", exact=True).select_option("title")
    expect(page.locator(".list-count")).to_have_text("5 papers")
    expect(_titles(page)).to_have_text([*sorted(as_built, key=str.casefold)])
    page.get_by_label("Sort by", exact=True).select_option("listed")
    expect(_titles(page)).to_have_text(as_built)


def test_newest_first_sorts_by_date_or_by_the_year_of_the_venue(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}{ANIMALS}?sort=newest")
    expect(page.locator(".list-count")).to_have_text("5 papers")
    expect(_titles(page).first).to_have_text("Dogs that fetch")
    expect(_titles(page).last).to_have_text("No")


def test_search_within_a_list_finds_words_of_titles_people_and_texts(page: Page, toy_url: str) -> None:
    page.goto(toy_url + ANIMALS)
    page.get_by_label("Search within this list").fill("DOGS fetch")
    expect(page.locator(".list-count")).to_have_text("1 paper")
    expect(_titles(page)).to_have_text(["Dogs that fetch"])
    assert parse_qs(urlsplit(page.url).query) == {"within": ["DOGS fetch"]}
    page.reload()
    expect(page.locator(".list-count")).to_have_text("1 paper")
    page.get_by_label("Search within this list").fill("no such words")
    expect(page.locator(".list-count")).to_have_text("0 papers")
    page.get_by_label("Search within this list").fill("")
    expect(page.locator(".list-count")).to_have_text("")
    expect(_titles(page)).to_have_count(5)


def test_an_emptied_search_shows_the_built_list_although_the_papers_load_late(page: Page, toy_url: str) -> None:
    page.add_init_script("""localStorage.setItem("digest-follows", '[{"place": "topics/dogs", "name": "Dogs"}]')""")
    waiting: list[Route] = []
    page.route("**/recent.json*", lambda route: waiting.append(route))
    page.goto(toy_url + ANIMALS)
    field = page.get_by_label("Search within this list")
    with page.expect_request("**/recent.json*"):
        field.fill("fetch")
    field.fill("")
    with page.expect_response("**/recent.json*"):
        waiting[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".list-count")).to_have_text("")
    field.fill("fetch")
    expect(page.locator(".list-count")).to_have_text("1 paper")


def test_filters_are_in_the_url_and_those_with_one_value_are_left_out(page: Page, toy_url: str) -> None:
    page.goto(toy_url + ANIMALS)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Year", exact=True).select_option("2024")
    expect(_titles(page)).to_have_text(["No"])
    assert parse_qs(urlsplit(page.url).query) == {"year": ["2024"]}
    page.get_by_label("Year", exact=True).select_option("")
    page.get_by_label("Only with code").check()
    expect(page.locator(".list-count")).to_have_text("1 paper")
    expect(_titles(page)).to_have_text(re.compile("^Cats"))
    expect(page.get_by_label("Only what I follow")).to_have_count(0)


def test_all_pages_of_a_long_list_are_searched_and_their_links_work(page: Page, real_url: str, real: Catalog) -> None:
    papers = real.papers_by_topic["optimization"]
    last = real.papers[papers[-1]]
    assert len(papers) > SETTINGS.page_size
    page.goto(real_url + LONG)
    page.get_by_label("Search within this list").fill(last.title.replace("$", ""))
    expect(page.locator(".list-count")).to_have_text("1 paper")
    link = page.locator(".listing:not([hidden]) .card-title a")
    assert urlsplit(link.get_attribute("href") or "").path == f"/papers/{last.id}/"


def test_a_series_lists_papers_of_all_its_editions(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/venues/preprint/")
    expect(page.locator(".list-controls")).to_have_count(0)  # two papers need none
    page.goto(f"{toy_url}/venues/conf/")
    expect(_titles(page)).to_have_count(3)


@pytest.mark.parametrize("address", [ANIMALS, f"{LONG}page/2/"])
def test_all_papers_of_a_list_are_added_at_once(page: Page, toy_url: str, real_url: str, address: str) -> None:
    page.goto((toy_url if address == ANIMALS else real_url) + address)
    page.get_by_role("button", name="Add all to list").click()
    expect(page.locator(".list-count")).to_contain_text("on your reading list")
    listed = page.evaluate("JSON.parse(localStorage.getItem('digest-reading-list')).length")
    assert listed == 5 if address == ANIMALS else listed > SETTINGS.page_size
    expect(page.locator("[data-reading-list-count]").first).to_have_text(str(listed))


def test_a_list_is_followed_by_its_name_on_each_of_its_pages(page: Page, real_url: str) -> None:
    page.goto(real_url + LONG)
    name = page.locator("h1").inner_text()
    page.goto(f"{real_url}{LONG}page/2/")
    expect(page.locator("h1")).to_have_text(f"{name}, page 2")
    expect(page.locator(".follow-button")).to_have_accessible_name(f"Follow: {name}")


def test_results_of_a_search_are_added_one_by_one_or_at_once(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/search/?q=cats")
    page.get_by_role("button", name=re.compile("Add to list: Cats")).click()
    expect(page.locator("[data-reading-list-count]").first).to_have_text("1")
    results = page.locator(".hits .card-title").count()  # they come together
    page.get_by_role("button", name=re.compile(r"Add the (\d+|one) shown here to list")).click()
    expect(page.locator("[data-reading-list-count]").first).to_have_text(str(results))


def test_only_shown_papers_are_added(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}{ANIMALS}?within=fetch")
    expect(page.locator(".list-count")).to_have_text("1 paper")
    page.get_by_role("button", name="Add all to list").click()
    expect(page.locator("[data-reading-list-count]").first).to_have_text("1")
    assert page.evaluate("JSON.parse(localStorage.getItem('digest-reading-list'))") == ["zhu2025dogs"]


def test_controls_work_if_storage_is_blocked(page: Page, toy_url: str) -> None:
    page.add_init_script(BLOCKED)
    page.goto(toy_url + ANIMALS)
    page.get_by_label("Sort by", exact=True).select_option("title")
    expect(page.locator(".list-count")).to_have_text("5 papers")
    page.get_by_role("button", name="Add all to list").click()
    expect(page.locator("[data-reading-list-count]").first).to_have_text("5")


def test_a_list_is_complete_without_javascript_and_has_no_dead_controls(without_scripts: Page, toy_url: str) -> None:
    without_scripts.goto(toy_url + ANIMALS)
    expect(without_scripts.locator(".card")).to_have_count(5)
    expect(without_scripts.locator(".list-controls")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_a_list_uses_the_width_and_nothing_moves_when_its_script_starts(page: Page, real_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " if (!entry.hadRecentInput) window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(real_url + LONG)
    expect(page.get_by_label("Search within this list")).to_be_visible()
    page.wait_for_load_state("networkidle")
    tops = page.locator(".listing > .card").evaluate_all("cards => cards.slice(0, 4).map(card => card.offsetTop)")
    assert tops.count(tops[0]) == {360: 1, 1280: 2, 1920: 3}[width]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    moved = page.evaluate("window.moved")
    assert moved < 0.01  # of a font that comes late, not of the controls
