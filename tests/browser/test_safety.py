"""What a browser does with a hostile page: the policy holds, and nothing planted runs."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.loading import open_page
from tests.browser.test_reading import KINDS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", KINDS)
def test_every_page_has_and_follows_the_policy(page: Page, toy_url: str, path: str) -> None:
    """The ``page`` fixture fails on any violation, which the console reports as an error."""
    open_page(page, toy_url + path)
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy is not None
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_an_injected_script_is_blocked(browser: Browser, toy_url: str) -> None:
    page = browser.new_page()
    page.goto(f"{toy_url}/about/")
    page.evaluate(
        """() => {
        const script = document.createElement("script");
        script.textContent = "window.planted = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.planted = 2'>");
    }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.planted === undefined")
    page.close()
