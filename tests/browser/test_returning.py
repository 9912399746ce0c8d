"""Returning readers: news, follows, read papers, and keyboard shortcuts."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.loading import open_page
from tests.browser.storage import BLOCKED

pytestmark = pytest.mark.browser

CATS = "/papers/oconnor2025cats/"


def _store_visit(page: Page, url: str, day: str, *papers: str) -> None:
    """Store an earlier visit, when papers up to a day had been added."""
    page.goto(f"{url}/about/")
    visit = {"day": day, "at": 1735732800000, "ids": papers}
    page.evaluate("text => localStorage.setItem('digest-visit', text)", json.dumps({"now": visit, "before": None}))


def test_home_lists_what_is_new_since_the_last_visit(page: Page, toy_url: str) -> None:
    _store_visit(page, toy_url, "2025-01-02", "berg2025many")
    page.goto(toy_url)
    button = page.get_by_role("button", name="2 new papers since Wednesday 1 January")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(page.locator(".news-listing .card-title")).to_contain_text(["Dogs that fetch", "Cats"])
    page.reload()
    expect(page.get_by_role("button", name="2 new papers")).to_be_visible()  # the visit is not over yet


def test_a_paper_added_later_on_the_day_of_the_visit_is_new(page: Page, toy_url: str) -> None:
    _store_visit(page, toy_url, "2025-05-02", "zhu2025dogs")
    page.goto(toy_url)
    expect(page.get_by_role("button", name="1 new paper since")).to_be_visible()


def test_home_reports_that_nothing_is_new(page: Page, toy_url: str) -> None:
    _store_visit(page, toy_url, "2025-05-02", "zhu2025dogs", "oconnor2025cats")
    page.goto(toy_url)
    expect(page.locator(".news")).to_contain_text("Nothing new since your last visit on Wednesday 1 January.")


def test_one_click_turns_remembering_off_and_deletes_what_is_stored(page: Page, toy_url: str) -> None:
    page.goto(toy_url + CATS)
    page.goto(toy_url)
    expect(page.locator(".card.is-read")).not_to_have_count(0)
    page.get_by_role("button", name="Turn off").click()
    expect(page.locator(".card.is-read")).to_have_count(0)
    stored = page.evaluate("Object.keys(localStorage).sort()")
    assert stored == ["digest-forget"]
    page.goto(toy_url + CATS)
    page.goto(toy_url)
    expect(page.get_by_role("button", name="Turn on")).to_be_visible()
    assert page.locator(".card.is-read").count() == 0


def test_an_opened_paper_is_marked_as_read(page: Page, toy_url: str) -> None:
    page.goto(toy_url + CATS)
    page.goto(f"{toy_url}/topics/cats/")
    expect(page.locator(".card.is-read")).to_have_count(1)
    expect(page.locator(".card.is-read .card-title")).to_contain_text("(read)")


@pytest.mark.parametrize("address", ["/topics/cats/", "/authors/plato/", "/institutions/agh/", "/venues/conf/2025/"])
def test_a_page_is_followed_and_listed_with_its_feed(page: Page, toy_url: str, address: str) -> None:
    page.goto(toy_url + address)
    name = page.locator("h1").inner_text()
    button = page.locator(".follow-button")
    expect(button).to_have_accessible_name(f"Follow: {name}")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    has_feed = page.locator(".list-exports").count() == 1
    page.goto(f"{toy_url}/reading-list/")
    expect(page.locator(".follows a").first).to_have_text(name)
    assert page.locator(".follows a", has_text="feed").count() == has_feed
    page.get_by_role("button", name=f"Stop following: {name}").click()
    expect(page.locator(".follows li")).to_have_count(0)


def test_overview_pages_cannot_be_followed(page: Page, toy_url: str) -> None:
    for address in ("/topics/", "/authors/", "/archive/", "/weekly/", CATS):
        open_page(page, toy_url + address)
        assert page.locator(".follow-button").count() == 0


def test_followed_feeds_are_exported_as_opml(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/topics/cats/")
    page.locator(".follow-button").click()
    page.goto(f"{toy_url}/reading-list/")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export the feeds (OPML)").click()
    text = saved.value.path().read_text("utf-8")
    assert f'xmlUrl="{toy_url}/topics/cats/feed.xml"' in text
    assert f'htmlUrl="{toy_url}/topics/cats/"' in text


def test_home_and_lists_show_only_what_is_followed(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/topics/dogs/")
    page.locator(".follow-button").click()
    page.goto(toy_url)
    page.get_by_role("button", name="2 recent papers in what you follow").click()
    expect(page.locator(".news-listing .card")).to_have_count(2)
    expect(page.locator(".home-newest").first).to_be_hidden()
    page.get_by_role("button", name="2 recent papers in what you follow").click()
    expect(page.locator(".home-newest").first).to_be_visible()
    page.goto(f"{toy_url}/topics/animals/?followed=1")
    expect(page.locator(".list-count")).to_have_text("2 papers")


def test_the_list_chosen_last_is_shown_even_if_another_arrives_later(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/venues/conf/2024/")
    page.locator(".follow-button").click()
    page.goto(toy_url)
    buttons = page.locator(".news button[aria-pressed]")
    cards = page.locator(".news-listing .card:not(.card-placeholder)")
    expect(buttons).to_have_count(2)
    buttons.first.click()  # the new papers, whose records stay in the memory of the page
    expect(cards.first).to_be_visible()
    number = cards.count()
    waiting: list[Route] = []
    page.route("**/papers/*/index.json", lambda route: waiting.append(route))
    with page.expect_request("**/papers/*/index.json"):
        buttons.last.click()
    buttons.first.click()
    expect(cards).to_have_count(number)
    for route in waiting:
        with page.expect_response(route.request.url):
            route.continue_()
    page.evaluate("() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 100))")
    expect(cards).to_have_count(number)


def test_keys_move_open_and_save(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/topics/animals/")
    titles = page.locator(".card-title a")
    page.keyboard.press("j")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("s")
    expect(page.locator("[data-reading-list-count]").first).to_have_text("1")
    page.keyboard.press("o")
    page.wait_for_url(f"{toy_url}/papers/zhu2025dogs/")


def test_the_keys_are_listed_and_can_be_turned_off(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/topics/animals/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    assert dialog.locator("kbd").all_inner_texts() == ["j", "k", "o", "s", "/", "?"]
    page.get_by_label("Single-character shortcuts").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("/")
    assert page.locator(".card-title a:focus, input:focus").count() == 0


def test_keys_leave_fields_alone(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/topics/animals/")
    field = page.get_by_label("Search within this list")
    expect(field).to_be_enabled()
    field.press_sequentially("jokes?")
    expect(field).to_have_value("jokes?")
    assert page.locator("dialog[open]").count() == 0


def test_without_storage_choices_last_until_the_page_is_left(page: Page, toy_url: str) -> None:
    page.add_init_script(BLOCKED)
    page.goto(toy_url)
    expect(page.locator(".news button").first).to_be_visible()
    page.goto(f"{toy_url}/topics/cats/")
    page.locator(".follow-button").click()
    expect(page.locator(".follow-button")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{toy_url}/reading-list/")
    expect(page.get_by_text("Your list is empty")).to_be_visible()


@pytest.mark.parametrize(
    "stored", ["{", "[]", '{"now": 1}', '{"now": {"day": 7, "at": "x"}}', '{"now": {"day": "2025-01-01", "at": 1}}']
)
def test_what_does_not_belong_in_the_store_is_ignored(page: Page, toy_url: str, stored: str) -> None:
    page.goto(f"{toy_url}/about/")
    for key in ("visit", "read", "follows", "notes"):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"digest-{key}", stored])
    for address in ("", "/reading-list/", "/topics/cats/"):
        open_page(page, f"{toy_url}{address}")
    assert page.locator(".follows li").count() == 0


def test_without_javascript_home_has_papers_and_no_dead_controls(without_scripts: Page, toy_url: str) -> None:
    without_scripts.goto(toy_url)
    assert without_scripts.locator(".card").count() >= 5
    assert without_scripts.locator(".news").bounding_box()["height"] == 0  # type: ignore[index]
    without_scripts.goto(f"{toy_url}/reading-list/")
    assert "JavaScript" in without_scripts.locator(".notice").inner_text()
    without_scripts.goto(f"{toy_url}/compare/")
    assert "JavaScript" in without_scripts.locator(".notice").inner_text()
