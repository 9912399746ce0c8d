"""The texts of pages and scripts in a German digest."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tools.web_server import serve_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def german_url(german_site: Path) -> Iterator[str]:
    with serve_site(german_site) as url:
        yield url


def test_search_is_in_german(page: Page, german_url: str) -> None:
    page.goto(f"{german_url}/search/?q=cats")
    expect(page.locator("[data-count]")).to_have_text(re.compile(r"^\d+ Arbeit(en)?$"))
    expect(page.get_by_role("searchbox", name="Arbeiten suchen").last).to_have_value("cats")
    for index, name in enumerate(["Jahr", "Erscheinungsort", "Thema", "Autor"]):
        expect(page.locator(".facet > summary").nth(index)).to_have_text(name)
    page.get_by_role("checkbox").first.check()
    expect(page.get_by_role("button", name="Alle Filter löschen")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Filter \(1 aktiv\)"))).to_be_visible()
    page.goto(f"{german_url}/search/?q=author:nobody")
    expect(page.locator(".search-unknown")).to_contain_text("Autor: „nobody“ gibt es nicht")


def test_the_reading_list_and_copy_buttons_are_in_german(page: Page, german_url: str) -> None:
    page.goto(f"{german_url}/papers/oconnor2025cats/")
    page.get_by_role("button", name=re.compile("^Auf die Leseliste: Cats")).first.click()
    expect(page.get_by_role("button", name=re.compile("^Auf der Leseliste: Cats")).first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Kopieren")).first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name=re.compile("^Leseliste")).first.click()
    expect(page.get_by_role("button", name="BibTeX herunterladen")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Entfernen: Cats"))).to_be_visible()


def test_a_narrow_page_does_not_scroll_sideways(page: Page, german_url: str) -> None:
    """German words are longer."""
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("/", "/papers/oconnor2025cats/", "/stats/", "/venues/conf/2025/", "/subscribe/"):
        page.goto(german_url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
