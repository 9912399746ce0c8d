"""A reader copies a citation and follows a list's feed."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def test_a_citation_is_copied(browser: Browser, toy_url: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{toy_url}/papers/oconnor2025cats/")
    for name, start in (
        ("APA", "O'Connor, S., 北京 大学, van de Ven, G. M., & Plato. (2025)."),
        ("BibTeX", "@inproceedings{"),
    ):
        page.get_by_role("button", name=f"Copy {name}").click()
        expect(page.get_by_role("button", name=f"Copied {name}")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()").startswith(start)
    context.close()


def test_citations_are_readable_without_javascript(without_scripts: Page, toy_url: str) -> None:
    page = without_scripts
    page.goto(f"{toy_url}/papers/zhu2025dogs/")
    expect(page.locator(".cite dd").first).to_contain_text("[Retracted: The stick was not thrown]")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(page.get_by_role("link", name="BibTeX")).to_have_attribute("href", "cite.bib")


def test_the_url_of_a_feed_is_copied_from_the_subscribe_page(page: Page, toy_url: str) -> None:
    page.goto(toy_url)
    page.get_by_role("link", name="Subscribe").first.click()
    expect(page.locator("h1")).to_have_text("Subscribe")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy Animals").click()
    expect(page.get_by_role("button", name="Copied Animals")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "https://toy.example/topics/animals/feed.xml"
    expect(page.locator(".mail-form")).to_have_count(0)


def test_the_citations_of_a_list_are_downloaded(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/topics/animals/")
    for name in ("BibTeX", "CSL-JSON"):
        with page.expect_download() as download:
            page.locator(".list-exports").get_by_role("link", name=name).click()
        assert download.value.suggested_filename.startswith("papers.")
