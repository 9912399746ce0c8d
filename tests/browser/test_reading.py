"""Pages as a reader meets them: without JavaScript, narrow, light and dark."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

KINDS = (
    "/", "/papers/oconnor2025cats/", "/venues/", "/venues/conf/", "/venues/conf/2025/", "/topics/", "/topics/cats/",
    "/authors/", "/authors/plato/", "/institutions/", "/institutions/agh/", "/archive/", "/archive/2025/05/02/",
    "/search/", "/about/", "/subscribe/", "/corrections/", "/data/", "/mail/", "/mail/2025-W18/",
    "/reading-list/", "/map/", "/stats/", "/awards/", "/offline/",
)  # fmt: skip


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_fits_a_phone(page: Page, toy_url: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(toy_url + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_pages_read_without_javascript(browser: Browser, toy_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{toy_url}/papers/oconnor2025cats/")
    expect(page.locator(".tldr").first).to_contain_text("Cats with a<b beat R&D dogs")
    expect(page.locator("math").first).to_be_visible()
    page.goto(f"{toy_url}/search/")
    expect(page.get_by_text("Search needs JavaScript")).to_be_visible()
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".search-controls, .facets-all, .search-page button").filter(visible=True)).to_have_count(0)
    page.locator(".digest-nav a", has_text="Topics").click()
    expect(page.locator("h1")).to_have_text("Topics")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_system_decides_between_light_and_dark_until_the_reader_does(
    browser: Browser, toy_url: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{toy_url}/about/")
    background = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(background)
    page.locator("[data-scheme-toggle]").click()
    after = page.evaluate(background)
    assert before != after
    page.reload()
    assert page.evaluate(background) == after
    context.close()


def test_the_first_tab_skips_to_the_content(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/papers/oconnor2025cats/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
