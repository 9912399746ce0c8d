"""A real browser and a web server for built sites. Where there is no Chromium, tests say so; in CI they fail."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from tests.support.script_coverage import ScriptCoverage
from tools.chromium import chromium
from tools.web_server import serve

NO_BROWSER = "no Chromium, Chrome or Edge is installed, and Playwright's could not be downloaded"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were skipped because there is no browser, in one line."""
    skipped = [report for report in terminalreporter.getreports("skipped") if NO_BROWSER in str(report.longrepr)]
    if skipped:
        files = sorted({report.nodeid.partition("::")[0] for report in skipped})
        terminalreporter.write_line(f"{len(skipped)} tests skipped, as {NO_BROWSER}: {', '.join(files)}", yellow=True)


expect.set_options(timeout=20_000)  # milliseconds: a busy machine takes its time


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if not program:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI=true, but {NO_BROWSER}: browser tests must run in CI")
        pytest.skip(NO_BROWSER)
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        coverage, folder = ScriptCoverage(), os.environ.get("DIGEST_SCRIPT_COVERAGE")
        if folder:
            coverage.watch(launched)
        yield launched
        if folder:
            coverage.write(Path(folder) / f"{os.environ.get('PYTEST_XDIST_WORKER', 'all')}.json")
        launched.close()


@pytest.fixture(scope="session")
def toy_url(browser: Browser, toy_site: Path) -> Iterator[str]:
    yield from serve(toy_site)


@pytest.fixture(scope="session")
def real_url(browser: Browser, real_site: Path) -> Iterator[str]:
    """The browser comes first: without one no site is built."""
    yield from serve(real_site)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that fails the test on any error in the console and any request to another host.

    Nothing is kept for reading offline, which would hide requests from a test; ``test_offline.py`` is about that.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    opened = context.new_page()
    faults: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        faults.append("a dialog")
        dialog.dismiss()

    opened.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda r: None if "//127.0.0.1" in r.url else faults.append(f"asked {r.url}"))
    opened.on("dialog", dismiss)
    yield opened
    context.close()
    assert faults == []
