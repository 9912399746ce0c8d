"""The map: a name for every dot, zoom by buttons, wheel, drag and pinch, filters, a list, and the keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from generator.model.catalog import Catalog

pytestmark = pytest.mark.browser


def test_every_paper_is_a_link_and_in_the_list(page: Page, real_url: str, real: Catalog) -> None:
    page.goto(f"{real_url}/map/")
    assert page.locator("[data-map] > svg a").count() == len(real.papers)
    assert page.locator(".map-list li a").count() == len(real.papers)


def test_pointing_at_a_dot_shows_its_title(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/map/")
    dot = page.locator("[data-map] > svg a").nth(40)
    dot.hover()
    expect(page.locator(".map-label")).to_have_text(dot.locator("title").text_content() or "no title")


def test_arrow_keys_move_between_dots_and_enter_opens_one(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/map/")
    page.locator("[data-list]").focus()
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


def test_buttons_zoom_in_and_out(page: Page, real_url: str) -> None:
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


def test_the_focused_dot_stays_in_view(page: Page, real_url: str) -> None:
    """Buttons go nearer to it, and arrow keys take the picture along."""
    page.goto(f"{real_url}/map/")
    page.locator("[data-list]").focus()
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


def _width(page: Page) -> float:
    return float((page.locator("[data-map] > svg").get_attribute("viewBox") or "").split()[2])


def test_areas_have_their_names_on_the_map(page: Page, real_url: str, real: Catalog) -> None:
    page.goto(f"{real_url}/map/")
    names = page.locator(".area-names text")
    assert names.count() == page.locator(".legend li").count()
    boxes = names.evaluate_all(
        "all => all.map((one) => one.getBBox()).map((box) => [box.x, box.y, box.width, box.height])"
    )
    for at, (x, y, width, height) in enumerate(boxes):
        for ox, oy, other_width, other_height in boxes[:at]:
            apart = x + width <= ox or ox + other_width <= x or y + height <= oy + 4 or oy + other_height <= y + 4
            assert apart, "two names cover each other"


def test_the_wheel_zooms_and_a_drag_moves_without_opening_a_paper(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/map/")
    whole = _width(page)
    box = page.locator("[data-map] > svg").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 200
    page.mouse.move(x, y)
    for _ in range(6):
        page.mouse.wheel(0, -100)
    page.wait_for_function(
        "whole => document.querySelector('[data-map] > svg').viewBox.baseVal.width < whole / 2", arg=whole
    )
    before = page.locator("[data-map] > svg").get_attribute("viewBox")
    page.mouse.down()
    page.mouse.move(x - 80, y - 40, steps=4)
    page.mouse.up()
    assert page.locator("[data-map] > svg").get_attribute("viewBox") != before
    expect(page).to_have_url(re.compile("/map/$"))


def test_filters_hide_papers_and_the_others_are_listed(page: Page, real_url: str, real: Catalog) -> None:
    page.goto(f"{real_url}/map/")
    page.get_by_role("combobox", name="Venue").select_option("ICLR")
    page.get_by_role("combobox", name="Year").select_option("2026")
    papers = real.papers_by_edition["iclr-2026"]
    expect(page.locator("[data-map] > svg a:not(.is-filtered)")).to_have_count(len(papers))
    page.get_by_role("button", name=f"Show these {len(papers)} as a list").click()
    expect(page.locator("[data-here] li")).to_have_count(len(papers))
    page.get_by_role("button", name="Hide the list").click()
    expect(page.locator("[data-here]")).to_be_hidden()


def test_the_map_opens_zoomed_to_a_paper(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/papers/jacobs2026hyperbolic/")
    page.get_by_role("link", name="similar papers").click()
    expect(page.locator(".map-label a")).to_contain_text("Hyperbolic Aware Minimization")
    assert page.locator("[data-map] > svg a.is-chosen").evaluate(INSIDE)


def test_a_paper_is_selected_by_touch(phone: Page, real_url: str) -> None:
    """The first tap names the nearest dot, and nothing moves; the second, on the dot or its name, opens the paper."""
    phone.goto(f"{real_url}/map/")
    box = phone.locator("[data-map] > svg a circle").nth(200).bounding_box()
    assert box
    before = phone.locator("[data-map] > svg").bounding_box()
    phone.touchscreen.tap(box["x"] + box["width"] + 1, box["y"] + box["height"] + 1)
    link = phone.locator(".map-label a")
    expect(link).to_be_visible()
    chosen = phone.locator("[data-map] > svg a.is-chosen")
    expect(chosen).to_have_css("outline-style", "none")
    assert phone.locator("[data-map] > svg").bounding_box() == before
    address = link.get_attribute("href") or ""
    chosen.locator("circle").tap()
    expect(phone).to_have_url(re.compile(f"{address.removeprefix('../')}$"))
    phone.go_back()
    phone.locator("[data-map] > svg a circle").nth(200).tap()
    link.tap()
    expect(phone).to_have_url(re.compile("/papers/"))


def test_two_fingers_zoom(phone: Page, real_url: str) -> None:
    phone.goto(f"{real_url}/map/")
    whole = _width(phone)
    box = phone.locator("[data-map] > svg").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = phone.context.new_cdp_session(phone)
    for kind, gap in (("touchStart", 20), ("touchMove", 60), ("touchMove", 100)):
        points = [{"x": x - gap, "y": y, "id": 1}, {"x": x + gap, "y": y, "id": 2}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert _width(phone) < whole / 2


def test_the_map_has_links_without_javascript(without_scripts: Page, toy_url: str) -> None:
    without_scripts.goto(f"{toy_url}/map/")
    assert without_scripts.locator("[data-map] > svg a title").first.text_content()
    expect(without_scripts.locator(".map-tools")).to_be_hidden()
