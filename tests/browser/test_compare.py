"""Notes on the reading list, a link that takes it to another browser, and papers side by side."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

LISTED = ["oconnor2025cats", "zhu2025dogs"]


def _show(page: Page, url: str, *listed: str) -> None:
    page.goto(f"{url}/about/")
    page.evaluate("ids => localStorage.setItem('digest-reading-list', JSON.stringify(ids))", list(listed))
    page.goto(f"{url}/reading-list/")


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    """Another browser, which knows nothing of the first."""
    context = browser.new_context(service_workers="block")
    yield context.new_page()
    context.close()


def test_notes_stay_and_go_with_a_paper_to_its_new_id(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")  # the note is there before the list is shown, which renames what it lists
    page.evaluate("localStorage.setItem('digest-notes', JSON.stringify({ berg2025lots: 'Read again' }))")
    _show(page, toy_url, "berg2025lots")
    expect(page.get_by_label("Your note: A paper by many")).to_have_value("Read again")
    page.get_by_label("Your note: A paper by many").fill("<b>Kept</b>")
    page.get_by_label("Your note: A paper by many").blur()
    page.reload()
    expect(page.get_by_label("Your note: A paper by many")).to_have_value("<b>Kept</b>")


def test_a_paper_is_marked_as_read_by_hand(page: Page, toy_url: str) -> None:
    _show(page, toy_url, *LISTED)
    page.get_by_role("button", name="Mark as read: Dogs").click()
    expect(page.locator(".list-row.is-read")).to_have_count(1)
    page.get_by_role("button", name="Mark as unread: Dogs").click()
    expect(page.locator(".list-row.is-read")).to_have_count(0)


def test_it_is_saved_as_ris(page: Page, toy_url: str) -> None:
    _show(page, toy_url, *LISTED)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download RIS").click()
    assert Path(saved.value.path()).read_text("utf-8").count("\nER  -") == 2


def test_a_link_takes_papers_notes_and_follows_to_another_browser(page: Page, other: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/topics/cats/")
    page.locator(".follow-button").click()
    _show(page, toy_url, *LISTED)
    page.get_by_label("Your note: Dogs that fetch").fill("Größe ≥ 1")
    page.get_by_label("Your note: Dogs that fetch").blur()
    page.get_by_role("button", name="Copy a link to this list").click()
    link = page.get_by_label("A link to this list, for another browser").input_value()
    other.goto(link)
    expect(other.get_by_text("This link brings 2 papers.")).to_be_visible()
    expect(other.locator(".list-row")).to_have_count(0)  # nothing is taken before the reader says so
    other.get_by_role("button", name="Add to my list").click()
    expect(other.locator(".list-row")).to_have_count(2)
    expect(other.locator(".follows a").first).to_contain_text("Cats")
    other.reload()
    expect(other.get_by_label("Your note: Dogs that fetch")).to_have_value("Größe ≥ 1")
    assert "#" not in other.url


@pytest.mark.parametrize("text", ["e30", "!", "eyJwYXBlcnMiOlsiLi4vLi4veCIsIjxpbWc-Il19", "bnVsbA", "AAAA"])
def test_a_link_that_holds_no_list_does_nothing(page: Page, toy_url: str, text: str) -> None:
    page.goto(f"{toy_url}/reading-list/#list={text}")
    expect(page.get_by_text("Your list is empty")).to_be_visible()
    take = page.get_by_role("button", name="Add to my list")
    if take.count():
        take.click()
    expect(page.locator(".list-row")).to_have_count(0)


def test_two_papers_of_the_list_stand_side_by_side(page: Page, toy_url: str) -> None:
    _show(page, toy_url, *LISTED)
    page.get_by_role("link", name="Compare", exact=True).click()
    expect(page.locator("thead th")).to_have_count(2)
    expect(page.get_by_role("row", name=re.compile("^Venue")).locator("td").first).to_contain_text("2025, oral")
    expect(page.get_by_role("row", name="In a sentence")).to_contain_text("Dogs fetch what is thrown")
    expect(page.locator(".compare math").first).to_be_visible()  # formulas are set, as on the papers' own pages
    assert page.locator(".compare script").count() == 0


def test_dates_stand_as_on_the_pages_also_where_only_a_month_is_known(page: Page, toy_url: str) -> None:
    address = "**/papers/oconnor2025cats/index.json"
    page.route(address, lambda route: route.fulfill(json=route.fetch().json() | {"date": "2025-03", "published": None}))
    page.goto(f"{toy_url}/compare/?papers=oconnor2025cats,zhu2025dogs")
    expect(page.get_by_role("row", name=re.compile("^Date")).locator("td")).to_have_text(["March 2025", "2 May 2025"])


def test_two_papers_fit_side_by_side_on_a_phone(page: Page, toy_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{toy_url}/compare/?papers=oconnor2025cats,zhu2025dogs")
    expect(page.locator("thead th")).to_have_count(2)
    assert page.locator(".compare").evaluate("table => table.scrollWidth - table.clientWidth") == 0


def test_what_is_chosen_is_compared_and_of_many_nothing_unless_chosen(page: Page, toy_url: str) -> None:
    _show(page, toy_url, "anon2025ghosts", "berg2025many", "garcia2024null", *LISTED)
    compare = page.get_by_role("link", name="Compare", exact=True)
    hint = page.get_by_text("To compare papers, choose 2 to 4")
    expect(compare).to_be_hidden()
    expect(hint).to_be_visible()
    page.get_by_label("Choose: Dogs that fetch").check()
    expect(compare).to_be_hidden()
    expect(hint).to_be_visible()
    page.get_by_label("Choose: Ghosts without authors").check()
    expect(compare).to_be_visible()
    expect(hint).to_be_hidden()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download BibTeX").click()
    assert Path(saved.value.path()).read_text("utf-8").count("\n@") + 1 == 2
    compare.click()
    expect(page.locator("thead th")).to_have_text(["Ghosts without authors", "Dogs that fetch"])


def test_a_comparison_is_an_address_and_says_what_is_missing(page: Page, toy_url: str) -> None:
    page.route("**/papers/gone2020paper/index.json", lambda route: route.fulfill(status=200, body="no json"))
    page.goto(f"{toy_url}/compare/?papers=zhu2025dogs,gone2020paper,%3Cimg%20src=x%3E")
    expect(page.locator("[data-compare-page]")).to_have_attribute("data-shown", "1")
    expect(page.get_by_text("1 paper could not be loaded.")).to_be_visible()
    expect(page.get_by_role("link", name="reading list", exact=True)).to_be_visible()
