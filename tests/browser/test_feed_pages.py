"""Feeds that are opened in a browser: they say what they are, lead on, and are readable without a script."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

FEEDS = ("/feed.xml", "/rss.xml", "/topics/cats/feed.xml", "/weekly/feed.xml", "/corrections/feed.xml")


@pytest.fixture(autouse=True)
def _icon(page: Page) -> None:
    """A browser asks for an icon where a page names none, as a feed does."""
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_says_what_it_is_and_gives_its_address(page: Page, toy_url: str, feed: str) -> None:
    page.goto(toy_url + feed)
    expect(page.locator("h1")).not_to_be_empty()
    expect(page.locator("aside")).to_contain_text("This is a feed.")
    expect(page.locator("code")).to_have_text(toy_url + feed)
    assert (page.locator("aside a").get_attribute("href") or "").startswith("https://toy.example/")
    assert page.locator("article").count() > 0


def test_the_address_of_a_feed_is_copied(page: Page, toy_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{toy_url}/topics/cats/feed.xml")
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{toy_url}/topics/cats/feed.xml"


def test_a_title_of_a_stranger_stays_text(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/topics/cats/feed.xml")
    expect(page.locator("h2").filter(has_text="<script>alert(1)</script>")).to_have_count(1)
    assert page.locator("article script").count() == 0


def test_a_feed_is_readable_without_a_script(browser: Browser, toy_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{toy_url}/topics/cats/feed.xml")
    assert plain.locator("entry > title").first.is_visible()
    assert not plain.locator("entry > id").first.is_visible()
    context.close()
