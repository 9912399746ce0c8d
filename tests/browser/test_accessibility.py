"""WCAG 2.2 A and AA, checked by axe-core: pages in light and dark, wide and narrow, with menus and results open.

The suite checks the toy site. ``make accessibility`` checks every kind of page of the real one, which takes minutes.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.conftest import leads_on
from tools.web_server import serve_site

pytestmark = pytest.mark.browser

SITE = os.environ.get("DIGEST_ACCESSIBILITY", "")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {"type": "tag", "values": TAGS}
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SIZES = ((1440, 900), (360, 740))
PAGES = (
    "/", "/papers/oconnor2025cats/", "/venues/conf/2025/", "/topics/cats/", "/authors/", "/authors/plato/",
    "/institutions/agh/", "/archive/", "/archive/2025/05/02/", "/map/", "/stats/", "/reading-list/", "/about/",
)  # fmt: skip
REAL_KINDS = (
    "", "papers/moshtaghifar2026dada", "venues", "venues/*", "venues/*/*", "topics", "topics/*", "authors/*",
    "institutions", "institutions/*", "archive", "archive/*", "archive/*/*/*", "search", "map", "stats", "reading-list",
    "about", "subscribe", "data", "awards", "corrections", "weekly", "weekly/*", "compare", "offline",
)  # fmt: skip


RUN = """async options => {
  const { violations } = await axe.run(options);
  return violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html} (${node.failureSummary})`));
}"""


def _violations(page: Page, rules: Mapping[str, object]) -> list[str]:
    """The violations of a page. The script is injected once, because parsing it takes longer than most checks."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    violations: list[str] = page.evaluate(RUN, {"runOnly": rules, "resultTypes": ["violations"]})
    return violations


def _violations_by_view(page: Page) -> dict[str, list[str]]:
    """Violations by width and scheme. The scheme changes only colors, so only they are checked again in dark mode."""
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    violations = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme, rules in (("light", EVERYTHING), ("dark", COLORS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            violations[f"{width} {scheme}"] = _violations(page, rules)
    return {view: faults for view, faults in violations.items() if faults}


@pytest.mark.skipif(bool(SITE), reason="the real site is checked")
@pytest.mark.parametrize("path", PAGES)
def test_a_page_violates_no_rule(page: Page, toy_url: str, path: str) -> None:
    page.goto(toy_url + path)
    assert _violations_by_view(page) == {}


def _open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true; })")


def _suggestions(page: Page, root: str) -> None:
    page.goto(f"{root}/about/")
    page.keyboard.press("/")
    page.keyboard.insert_text("cats")
    page.locator(".search-drop [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")


def _search_page(page: Page, root: str) -> None:
    page.goto(f"{root}/search/?q=cats&-track=Oral&topic=Unheard%20of")
    page.locator(".search-chips").first.wait_for()
    _open_details(page)


def _results_on_a_phone(page: Page, root: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{root}/search/?q=cats")
    page.locator(".hit mark").first.wait_for()
    page.locator(".facets-all > summary").click()


def _paper_in_dark(page: Page, root: str) -> None:
    page.goto(f"{root}/papers/oconnor2025cats/")
    page.locator(".scheme-toggle").click()
    page.locator(".list-button").first.click()
    _open_details(page)


def _reading_list(page: Page, root: str) -> None:
    page.goto(f"{root}/papers/oconnor2025cats/")
    page.locator(".list-button").first.click()
    page.goto(f"{root}/reading-list/")
    page.locator(".list-tools button").first.wait_for()


@pytest.mark.skipif(bool(SITE), reason="the real site is checked")
@pytest.mark.parametrize("open_part", [_suggestions, _search_page, _results_on_a_phone, _paper_in_dark, _reading_list])
def test_opened_parts_violate_no_rule(page: Page, toy_url: str, open_part: Callable[[Page, str], None]) -> None:
    open_part(page, toy_url)
    assert _violations_by_view(page) == {}


def test_a_violation_is_reported(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/about/")
    page.locator("h1").evaluate("it => it.append(document.createElement('button'))")
    assert [fault.partition(":")[0] for fault in _violations(page, EVERYTHING)] == ["button-name"]


@pytest.mark.skipif(not SITE, reason="`make accessibility` checks the real site")
@pytest.mark.parametrize("kind", REAL_KINDS)
def test_the_real_site_violates_no_rule(page: Page, kind: str) -> None:
    """The largest page of each kind, at each width and in each scheme."""
    pages = [file for file in Path(SITE).glob(f"{kind}/index.html".lstrip("/")) if not leads_on(file)]
    assert pages
    path = max(pages, key=lambda file: file.stat().st_size if file.stat().st_size < 150_000 else 0).parent
    with serve_site(Path(SITE)) as url:
        page.goto(f"{url}/{path.relative_to(SITE).as_posix()}/")
        page.wait_for_load_state("networkidle")
        assert _violations_by_view(page) == {}
