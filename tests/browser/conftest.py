"""A real browser and a web server for built sites. Without Chromium, tests are skipped; in CI they fail."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from tests.support.script_coverage import ScriptCoverage
from tools.chromium import chromium
from tools.web_server import serve_site

NO_BROWSER = "no Chromium, Chrome or Edge is installed, and Playwright's could not be downloaded"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were skipped because there is no browser, in one line."""
    skipped = [report for report in terminalreporter.getreports("skipped") if NO_BROWSER in str(report.longrepr)]
    if skipped:
        files = sorted({report.nodeid.partition("::")[0] for report in skipped})
        terminalreporter.write_line(f"{len(skipped)} tests skipped, as {NO_BROWSER}: {', '.join(files)}", yellow=True)


expect.set_options(timeout=20_000)  # milliseconds; a busy machine is slow


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if not program:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI=true, but {NO_BROWSER}: browser tests must run in CI")
        pytest.skip(NO_BROWSER)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        coverage, folder = ScriptCoverage(), os.environ.get("DIGEST_SCRIPT_COVERAGE")
        if folder:
            coverage.watch(started)
        yield started
        if folder:
            coverage.write(Path(folder) / f"{os.environ.get('PYTEST_XDIST_WORKER', 'all')}.json")
        started.close()


@pytest.fixture(scope="session")
def toy_url(browser: Browser, toy_site: Path) -> Iterator[str]:
    with serve_site(toy_site) as url:
        yield url


@pytest.fixture(scope="session")
def real_url(browser: Browser, real_site: Path) -> Iterator[str]:
    """The browser is requested first: without one, no site is built."""
    with serve_site(real_site) as url:
        yield url


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a narrow touch screen."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, service_workers="block"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Page]:
    """A page that runs no JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that fails the test on any error in the console and any request to another host.

    Service workers are blocked, because they would hide requests from a test; ``test_offline.py`` allows them.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    new_page = context.new_page()
    faults: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        faults.append("a dialog")
        dialog.dismiss()

    new_page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    new_page.on("pageerror", lambda error: faults.append(str(error)))
    new_page.on("request", lambda request: None if "//127.0.0.1" in request.url else faults.append(request.url))
    new_page.on("dialog", dismiss)
    yield new_page
    context.close()
    assert faults == []
