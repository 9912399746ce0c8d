"""A paper's page as a reader meets it: the first screen, the language of the text, sharing, and the menu on a phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

CATS = "/papers/oconnor2025cats/"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, service_workers="block")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def _without(browser: Browser, script: str) -> BrowserContext:
    context = browser.new_context(service_workers="block")
    context.add_init_script(script)
    return context


NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });"


def test_the_first_screen_of_a_phone_leads_to_the_paper(phone: Page, real_url: str) -> None:
    phone.goto(f"{real_url}/papers/merrill2026terminal/")
    for shown in ("h1", ".authors", ".badge-venue", ".action-first", ".disclosure", ".tldr"):
        box = phone.locator(shown).first.bounding_box()
        assert box
        assert box["y"] < PHONE["height"] - 40, shown
    header = phone.locator(".digest-header").bounding_box()
    assert header
    assert header["height"] <= 56
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_text(re.compile("and 82 more")).tap()
    expect(phone.locator(".more-authors a")).to_have_count(82)


def test_the_menu_of_a_phone_opens_without_a_script(browser: Browser, toy_url: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(toy_url + CATS)
    expect(page.locator(".digest-nav")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.locator(".digest-nav").get_by_text("Topics").click()
    expect(page.locator("h1")).to_have_text("Topics")
    context.close()


def test_the_language_of_a_text_is_chosen_in_place_and_kept(page: Page, toy_url: str) -> None:
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


def test_the_language_is_chosen_where_nothing_is_stored(browser: Browser, toy_url: str) -> None:
    context = _without(browser, NO_STORAGE)
    page = context.new_page()
    page.goto(toy_url + CATS)
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator(".version[lang=de]")).to_be_visible()
    context.close()


def test_both_languages_are_shown_without_a_script(browser: Browser, toy_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(toy_url + CATS)
    expect(page.locator(".version[lang=en]")).to_be_visible()
    expect(page.locator(".version[lang=de]")).to_be_visible()
    expect(page.locator(".actions button:visible")).to_have_count(0)
    expect(page.get_by_role("link", name="AI-written summary, not reviewed")).to_be_visible()
    context.close()


def test_sharing_copies_the_address_where_the_device_has_no_menu(browser: Browser, toy_url: str) -> None:
    context = _without(browser, "delete Navigator.prototype.share;")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(toy_url + CATS)
    share = page.locator("[data-share]")
    expect(share).to_have_attribute("aria-live", "polite")  # its script, which comes after the page, is there
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


def test_keywords_lead_to_a_search(page: Page, toy_url: str) -> None:
    page.goto(toy_url + CATS)
    link = page.locator(".paper-side a[href*='search/?q=']").first
    word = link.inner_text()
    link.click()
    expect(page.locator(".search-controls input[name=q]")).to_have_value(word)


def test_badges_are_legible_in_print(page: Page, toy_url: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{toy_url}/venues/conf/2025/")
    marks = page.locator(".badge-highlight, .badge-award")
    colors = marks.evaluate_all("all => all.map((mark) => getComputedStyle(mark).color)")
    assert colors
    assert set(colors) == {"rgb(0, 0, 0)"}
