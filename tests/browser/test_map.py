"""The map: a name for every dot, nearer and farther, and the keyboard from dot to dot."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.model.catalog import Catalog

pytestmark = pytest.mark.browser


def test_every_paper_is_a_link_and_stands_in_the_list(page: Page, real_url: str, real: Catalog) -> None:
    page.goto(f"{real_url}/map/")
    assert page.locator("[data-map] > svg a").count() == len(real.papers)
    assert page.locator(".map-list li a").count() == len(real.papers)


def test_pointing_at_a_dot_names_it(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/map/")
    dot = page.locator("[data-map] > svg a").nth(40)
    dot.hover()
    expect(page.locator(".map-label")).to_have_text(dot.locator("title").text_content() or "no title")


def test_arrow_keys_go_from_dot_to_dot_and_enter_opens(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/map/")
    page.get_by_role("button", name="Show all papers").focus()
    page.keyboard.press("Tab")
    first = page.locator(".map-label").text_content()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    second = page.locator(".map-label").text_content()
    assert first
    assert second
    assert first != second
    assert page.locator("[data-map] > svg a[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/papers/"))
    expect(page.locator("h1")).to_contain_text(second.rpartition(" (")[0][:12])


def test_nearer_and_farther(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/map/")
    picture = page.locator("[data-map] > svg")

    def width() -> float:
        return float((picture.get_attribute("viewBox") or "").split()[2])

    whole = width()
    for _ in range(9):
        page.get_by_role("button", name="Zoom in").click()
    assert width() == pytest.approx(whole / 8)
    page.get_by_role("button", name="Zoom out").click()
    assert width() == pytest.approx(whole * 1.5 / 8)
    page.get_by_role("button", name="Show all papers").click()
    assert width() == pytest.approx(whole)


INSIDE = """link => {
  const [dot, picture] = [link.querySelector("circle"), link.closest("svg")].map((one) => one.getBoundingClientRect());
  const [x, y] = [dot.left + dot.width / 2, dot.top + dot.height / 2];
  return x > picture.left && x < picture.right && y > picture.top && y < picture.bottom;
}"""


def test_the_dot_with_the_keyboard_stays_in_the_picture(page: Page, real_url: str) -> None:
    """Buttons go nearer to it, and arrow keys take the picture along."""
    page.goto(f"{real_url}/map/")
    page.get_by_role("button", name="Show all papers").focus()
    page.keyboard.press("Tab")
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowUp")
    at = page.locator("[data-map] > svg a[tabindex='0']")
    for _ in range(9):
        page.get_by_role("button", name="Zoom in").click()
    assert at.evaluate(INSIDE)
    at.focus()
    for key in ("ArrowRight",) * 12 + ("ArrowDown",) * 8:
        page.keyboard.press(key)
        assert at.evaluate(INSIDE), key
    page.get_by_role("button", name="Zoom out").click()
    assert at.evaluate(INSIDE)


def test_it_reads_without_javascript(browser: Browser, toy_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{toy_url}/map/")
    assert page.locator("[data-map] > svg a title").first.text_content()
    context.close()
