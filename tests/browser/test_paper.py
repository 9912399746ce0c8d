"""A paper's page: the first screen, the language of the text, sharing, and the menu on a phone."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.storage import BLOCKED

pytestmark = pytest.mark.browser

CATS = "/papers/oconnor2025cats/"
HEIGHT = 740  # of a phone


def _context_with(browser: Browser, script: str) -> BrowserContext:
    context = browser.new_context(service_workers="block")
    context.add_init_script(script)
    return context


def test_the_first_screen_of_a_phone_shows_the_essentials(phone: Page, real_url: str) -> None:
    phone.goto(f"{real_url}/papers/merrill2026terminal/")
    for shown in ("h1", ".authors", ".badge-venue", ".action-first", ".disclosure", ".tldr"):
        box = phone.locator(shown).first.bounding_box()
        assert box
        assert box["y"] < HEIGHT - 40, shown
    header = phone.locator(".digest-header").bounding_box()
    assert header
    assert header["height"] <= 56
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_text(re.compile("and 82 more")).tap()
    expect(phone.locator(".more-authors a")).to_have_count(82)


def test_the_menu_of_a_phone_opens_without_javascript(without_scripts: Page, toy_url: str) -> None:
    page = without_scripts
    page.set_viewport_size({"width": 360, "height": HEIGHT})
    page.goto(toy_url + CATS)
    expect(page.locator(".digest-nav")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.locator(".digest-nav").get_by_text("Topics").click()
    expect(page.locator("h1")).to_have_text("Topics")


def test_the_language_of_texts_is_switched_and_stored(page: Page, toy_url: str) -> None:
    page.goto(toy_url + CATS)
    expect(page.locator(".version[lang=en]")).to_be_visible()
    expect(page.locator(".version[lang=de]")).to_be_hidden()
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator(".version[lang=de]")).to_be_visible()
    expect(page.locator(".version[lang=de] h2").first).to_have_text("Zusammenfassung")
    expect(page.locator(".version[lang=en]")).to_be_hidden()
    expect(page.get_by_role("link", name="Deutsch")).to_have_attribute("aria-current", "")
    page.goto(f"{toy_url}/papers/zhu2025dogs/")
    expect(page.locator(".version").first).to_be_visible()  # it has no German text
    page.goto(toy_url + CATS)
    expect(page.locator(".version[lang=de]")).to_be_visible()
    expect(page.locator(".version[lang=en]")).to_be_hidden()
    page.goto(f"{toy_url}{CATS}#in-en")
    page.reload()
    expect(page.locator(".version[lang=en]")).to_be_visible()


def test_the_language_is_switched_if_storage_is_blocked(browser: Browser, toy_url: str) -> None:
    context = _context_with(browser, BLOCKED)
    page = context.new_page()
    page.goto(toy_url + CATS)
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator(".version[lang=de]")).to_be_visible()
    context.close()


def test_both_languages_are_shown_without_javascript(without_scripts: Page, toy_url: str) -> None:
    page = without_scripts
    page.goto(toy_url + CATS)
    expect(page.locator(".version[lang=en]")).to_be_visible()
    expect(page.locator(".version[lang=de]")).to_be_visible()
    expect(page.locator(".actions button:visible")).to_have_count(0)
    expect(page.get_by_role("link", name="AI-written summary, not reviewed")).to_be_visible()


def test_sharing_copies_the_url_if_there_is_no_share_menu(browser: Browser, toy_url: str) -> None:
    context = _context_with(browser, "delete Navigator.prototype.share;")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(toy_url + CATS)
    share = page.locator("[data-share]")
    expect(share).to_have_attribute("aria-live", "polite")  # its script has started
    share.click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(CATS)
    context.close()


def test_a_paper_is_added_from_its_own_page(page: Page, toy_url: str) -> None:
    page.goto(toy_url + CATS)
    button = page.locator(".actions .list-button")
    expect(button).to_have_text("Add")
    button.click()
    expect(button).to_have_text("Added")
    expect(button).to_have_attribute("aria-pressed", "true")


def test_keywords_link_to_a_search(page: Page, toy_url: str) -> None:
    page.goto(toy_url + CATS)
    link = page.locator(".paper-side a[href*='search/?q=']").first
    word = link.inner_text()
    link.click()
    expect(page.locator(".search-controls input[name=q]")).to_have_value(word)


def test_badges_are_legible_in_print(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/venues/conf/2025/")
    page.emulate_media(media="print")  # after loading: a new page may be drawn for the screen first
    badges = page.locator(".badge-highlight, .badge-award")
    colors = badges.evaluate_all("all => all.map((badge) => getComputedStyle(badge).color)")
    assert colors
    assert set(colors) == {"rgb(0, 0, 0)"}
