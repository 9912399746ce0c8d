"""Nothing on a page moves when scripts, fonts and data arrive after the first paint (Cumulative Layout Shift)."""

import re

import pytest
from playwright.sync_api import Page, Route

from tests.browser.loading import Requests

pytestmark = pytest.mark.browser

WATCH = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    const nodes = sources.map(({ node }) => (node?.outerHTML ?? "").slice(0, 80));
    if (!hadRecentInput) window.shifts.push([value, ...nodes]);
  }
}).observe({ type: "layout-shift", buffered: true });"""
PAINTED = "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
# scheme.js runs before the first paint.
LATE = re.compile(r"/assets/javascripts/(?!scheme)|/assets/fonts/|\.json|/search/[^?]")
MOST = 0.01
VISITED = """const now = { day: "2025-01-02", at: 1735732800000, ids: [] };
localStorage.setItem("digest-visit", JSON.stringify({ now, before: null }));
localStorage.setItem("digest-follows", '[{"place": "topics/dogs", "name": "Dogs", "feed": true}]');
localStorage.setItem("digest-reading-list", '["oconnor2025cats", "zhu2025dogs", "berg2025many"]');"""
PATHS = (
    "/", "/papers/oconnor2025cats/", "/topics/animals/", "/venues/conf/", "/venues/conf/2025/", "/authors/plato/",
    "/archive/2025/05/", "/weekly/", "/map/", "/stats/", "/glossary/", "/subscribe/", "/offline/", "/reading-list/",
    "/compare/?papers=oconnor2025cats,zhu2025dogs", "/search/", "/search/?q=dogs", "/search/?q=dogs&year=2025",
    "/search/?q=nosuchword",
)  # fmt: skip


def _shifts(page: Page, address: str) -> list[list[object]]:
    """The shifts of a page whose late files arrive only after it was painted."""
    waiting: list[Route] = []
    is_painted = False
    requests = Requests(page)
    page.add_init_script(WATCH)
    page.route(LATE, lambda route: route.continue_() if is_painted else waiting.append(route))
    page.goto(address, wait_until="commit")
    page.locator(".digest-footer").wait_for(state="attached")
    page.evaluate(PAINTED)
    is_painted = True
    for route in waiting:
        route.continue_()
    requests.settle()
    page.evaluate(PAINTED)
    shifts: list[list[object]] = page.evaluate("window.shifts")
    return shifts


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves_after_the_first_paint(page: Page, toy_url: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    shifts = _shifts(page, toy_url + path)
    assert sum(float(str(value)) for value, *_ in shifts) < MOST, shifts


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/", "/reading-list/", "/topics/animals/"])
def test_nothing_moves_for_a_returning_reader(page: Page, toy_url: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{toy_url}/about/")
    page.evaluate(VISITED)
    shifts = _shifts(page, toy_url + path)
    assert sum(float(str(value)) for value, *_ in shifts) < MOST, shifts


def test_a_shift_is_detected(page: Page, toy_url: str) -> None:
    insert = "document.querySelector('h1').before(Object.assign(document.createElement('p'), { textContent: 'late' }));"
    page.add_init_script(f"addEventListener('load', () => setTimeout(() => {{ {insert} }}));")
    assert _shifts(page, f"{toy_url}/about/")
