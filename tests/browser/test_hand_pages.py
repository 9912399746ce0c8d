"""A hand-written page with everything that Material documents: it follows the policy, works, and passes axe."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from generator.commands import build
from generator.commands.build_options import BuildOptions
from tests.conftest import ROOT, toy_project
from tools.web_server import serve_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hand")
    toy_project(folder)
    shutil.copy(ROOT / "tests/cases/hand/everything.md", folder / "content/pages")
    shutil.copy(ROOT / "theme/overrides/assets/images/icon-192.png", folder / "content/pages/shot.png")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert build.run(BuildOptions(Path("content"), Path("site"))) == 0
    with serve_site(folder / "site") as url:
        yield f"{url}/everything/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_everything_passes_the_policy_and_axe(address: str, scheme: str, page: Page) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert [
        (fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in result.response["violations"]
    ] == []


def test_tabs_and_details_open_without_a_script_and_code_is_copied(address: str, page: Page) -> None:
    page.goto(address)
    expect(page.get_by_text('print("one")')).to_be_visible()
    page.locator(".tabbed-labels label", has_text="Shell").click()
    expect(page.get_by_text("echo two")).to_be_visible()
    expect(page.get_by_text('print("one")')).to_be_hidden()
    page.locator("details > summary", has_text="Details").click()
    expect(page.get_by_text("inner text")).to_be_visible()
    assert page.locator(".highlight .copy").count() == 3


def test_a_page_fits_a_narrow_screen(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_icons_do_not_overlap_text_and_buttons_are_legible(address: str, page: Page) -> None:
    page.goto(address)
    title = page.locator(".admonition-title").first
    room = title.evaluate("node => parseFloat(getComputedStyle(node).paddingLeft)")
    icon = "node => { const s = getComputedStyle(node, '::before'); return parseFloat(s.left) + parseFloat(s.width); }"
    assert title.evaluate(icon) <= room
    task = page.locator(".task-list-indicator").first
    assert task.evaluate("node => parseFloat(getComputedStyle(node, '::before').left)") < 0
    colors = "node => { const s = getComputedStyle(node); return [s.color, s.backgroundColor]; }"
    text, background = page.locator(".md-button--primary").evaluate(colors)
    assert text != background
