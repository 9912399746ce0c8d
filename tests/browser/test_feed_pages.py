"""Feeds that are opened in a browser: they explain themselves, link to pages, and are readable without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FEEDS = ("/feed.xml", "/rss.xml", "/topics/cats/feed.xml", "/weekly/feed.xml", "/corrections/feed.xml")


@pytest.fixture(autouse=True)
def _icon(page: Page) -> None:
    """Browsers request an icon if a document names none, as feeds do."""
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_explains_itself_and_shows_its_url(page: Page, toy_url: str, feed: str) -> None:
    page.goto(toy_url + feed)
    expect(page.locator("h1")).not_to_be_empty()
    expect(page.locator("aside")).to_contain_text("This is a feed.")
    expect(page.locator("code")).to_have_text(toy_url + feed)
    assert (page.locator("aside a").get_attribute("href") or "").startswith("https://toy.example/")
    assert page.locator("article").count() > 0


def test_the_url_of_a_feed_is_copied(page: Page, toy_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{toy_url}/topics/cats/feed.xml")
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{toy_url}/topics/cats/feed.xml"


def test_markup_in_a_title_stays_text(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/topics/cats/feed.xml")
    expect(page.locator("h2").filter(has_text="<script>alert(1)</script>")).to_have_count(1)
    assert page.locator("article script").count() == 0


def test_a_feed_is_readable_without_javascript(without_scripts: Page, toy_url: str) -> None:
    without_scripts.goto(f"{toy_url}/topics/cats/feed.xml")
    assert without_scripts.locator("entry > title").first.is_visible()
    assert not without_scripts.locator("entry > id").first.is_visible()
