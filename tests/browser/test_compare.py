"""Notes on the reading list, a link that transfers it to another browser, and papers side by side."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.storage import show_reading_list

pytestmark = pytest.mark.browser

LISTED = ["oconnor2025cats", "zhu2025dogs"]


@pytest.fixture
def other_browser(browser: Browser) -> Iterator[Page]:
    """Another browser with a storage of its own."""
    context = browser.new_context(service_workers="block")
    yield context.new_page()
    context.close()


def test_notes_are_stored_and_follow_a_renamed_paper(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")  # store the note before the list is shown, which renames its papers
    page.evaluate("localStorage.setItem('digest-notes', JSON.stringify({ berg2025lots: 'Read again' }))")
    show_reading_list(page, toy_url, "berg2025lots")
    expect(page.get_by_label("Your note: A paper by many")).to_have_value("Read again")
    page.get_by_label("Your note: A paper by many").fill("<b>Kept</b>")
    page.get_by_label("Your note: A paper by many").blur()
    page.reload()
    expect(page.get_by_label("Your note: A paper by many")).to_have_value("<b>Kept</b>")


def test_a_button_marks_a_paper_as_read(page: Page, toy_url: str) -> None:
    show_reading_list(page, toy_url, *LISTED)
    page.get_by_role("button", name="Mark as read: Dogs").click()
    expect(page.locator(".list-row.is-read")).to_have_count(1)
    page.get_by_role("button", name="Mark as unread: Dogs").click()
    expect(page.locator(".list-row.is-read")).to_have_count(0)


def test_the_list_is_exported_as_ris(page: Page, toy_url: str) -> None:
    show_reading_list(page, toy_url, *LISTED)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download RIS").click()
    assert Path(download.value.path()).read_text("utf-8").count("\nER  -") == 2


def test_a_link_transfers_papers_notes_and_follows_to_another_browser(
    page: Page, other_browser: Page, toy_url: str
) -> None:
    page.goto(f"{toy_url}/topics/cats/")
    page.locator(".follow-button").click()
    show_reading_list(page, toy_url, *LISTED)
    page.get_by_label("Your note: Dogs that fetch").fill("Größe ≥ 1")
    page.get_by_label("Your note: Dogs that fetch").blur()
    page.get_by_role("button", name="Copy a link to this list").click()
    link = page.get_by_label("A link to this list, for another browser").input_value()
    other_browser.goto(link)
    expect(other_browser.get_by_text("This link brings 2 papers.")).to_be_visible()
    expect(other_browser.locator(".list-row")).to_have_count(0)  # nothing is added before the reader agrees
    other_browser.get_by_role("button", name="Add to my list").click()
    expect(other_browser.locator(".list-row")).to_have_count(2)
    expect(other_browser.locator(".follows a").first).to_contain_text("Cats")
    other_browser.reload()
    expect(other_browser.get_by_label("Your note: Dogs that fetch")).to_have_value("Größe ≥ 1")
    assert "#" not in other_browser.url


def test_a_link_that_is_opened_in_the_tab_of_the_list_offers_its_papers(page: Page, toy_url: str) -> None:
    """Only the fragment changes, so the browser does not load the page again. Another link replaces the offer."""
    page.set_viewport_size({"width": 1280, "height": 400})
    show_reading_list(page, toy_url, LISTED[0])
    page.get_by_role("button", name="Copy a link to this list").click()
    link = page.get_by_label("A link to this list, for another browser").input_value()
    offer = page.get_by_text("This link brings 1 paper.")
    page.get_by_role("button", name=re.compile("Remove: ")).click()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.goto(link)
    expect(offer).to_be_in_viewport()
    page.get_by_role("link", name="Skip to content").press("Enter")  # a fragment without a list
    expect(offer).to_be_visible()
    page.goto(f"{toy_url}/reading-list/#list=e30")
    expect(page.get_by_text("This link brings 0 papers.")).to_be_visible()
    expect(offer).to_have_count(0)
    page.goto(link)
    page.get_by_role("button", name="Add to my list").click()
    expect(page.locator(".list-row")).to_have_count(1)
    expect(offer).to_have_count(0)


@pytest.mark.parametrize("text", ["e30", "!", "eyJwYXBlcnMiOlsiLi4vLi4veCIsIjxpbWc-Il19", "bnVsbA", "AAAA"])
def test_a_link_without_a_valid_list_adds_nothing(page: Page, toy_url: str, text: str) -> None:
    page.goto(f"{toy_url}/reading-list/#list={text}")
    expect(page.get_by_text("Your list is empty")).to_be_visible()
    take = page.get_by_role("button", name="Add to my list")
    if take.count():
        take.click()
    expect(page.locator(".list-row")).to_have_count(0)


def test_two_papers_of_the_list_are_compared(page: Page, toy_url: str) -> None:
    show_reading_list(page, toy_url, *LISTED)
    page.get_by_role("link", name="Compare", exact=True).click()
    expect(page.locator("thead th")).to_have_count(2)
    expect(page.get_by_role("row", name=re.compile("^Venue")).locator("td").first).to_contain_text("2025, oral")
    expect(page.get_by_role("row", name="In a sentence")).to_contain_text("Dogs fetch what is thrown")
    expect(page.locator(".compare math").first).to_be_visible()  # formulas are rendered as on the papers' pages
    assert page.locator(".compare script").count() == 0


def test_dates_are_written_as_on_pages_even_if_only_the_month_is_known(page: Page, toy_url: str) -> None:
    address = "**/papers/oconnor2025cats/index.json"
    page.route(address, lambda route: route.fulfill(json=route.fetch().json() | {"date": "2025-03", "published": None}))
    page.goto(f"{toy_url}/compare/?papers=oconnor2025cats,zhu2025dogs")
    expect(page.get_by_role("row", name=re.compile("^Date")).locator("td")).to_have_text(["March 2025", "2 May 2025"])


def test_two_papers_fit_side_by_side_on_a_phone(page: Page, toy_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{toy_url}/compare/?papers=oconnor2025cats,zhu2025dogs")
    expect(page.locator("thead th")).to_have_count(2)
    assert page.locator(".compare").evaluate("table => table.scrollWidth - table.clientWidth") == 0


def test_only_chosen_papers_of_a_long_list_are_compared(page: Page, toy_url: str) -> None:
    show_reading_list(page, toy_url, "anon2025ghosts", "berg2025many", "garcia2024null", *LISTED)
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
    with page.expect_download() as download:
        page.get_by_role("button", name="Download BibTeX").click()
    assert Path(download.value.path()).read_text("utf-8").count("\n@") + 1 == 2
    compare.click()
    expect(page.locator("thead th")).to_have_text(["Ghosts without authors", "Dogs that fetch"])


def test_a_comparison_by_url_reports_papers_that_cannot_be_loaded(page: Page, toy_url: str) -> None:
    page.route("**/papers/gone2020paper/index.json", lambda route: route.fulfill(status=200, body="no json"))
    page.goto(f"{toy_url}/compare/?papers=zhu2025dogs,gone2020paper,%3Cimg%20src=x%3E")
    expect(page.locator("[data-compare-page]")).to_have_attribute("data-shown", "1")
    expect(page.get_by_text("1 paper could not be loaded.")).to_be_visible()
    expect(page.get_by_role("link", name="reading list", exact=True)).to_be_visible()
