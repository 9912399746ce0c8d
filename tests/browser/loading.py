"""Waits until a page is complete, without waiting for half a second of silence as Playwright's ``networkidle`` does."""

from playwright.sync_api import Page, Request

_IDLE = "new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)))"


class Requests:
    """The requests of a page, from before it is opened."""

    def __init__(self, page: Page) -> None:
        self._page, self._number = page, 0
        self._pending: set[Request] = set()
        page.on("request", self._start)
        page.on("requestfinished", self._end)
        page.on("requestfailed", self._end)

    def settle(self) -> None:
        """Wait until the opened page has every answer, is idle, and has asked for nothing since."""
        self._page.wait_for_load_state("load")
        number = -1
        while self._pending or number != self._number:
            number = self._number
            self._page.evaluate(_IDLE)

    def _start(self, request: Request) -> None:
        self._number += 1
        self._pending.add(request)

    def _end(self, request: Request) -> None:
        self._pending.discard(request)


def open_page(page: Page, url: str) -> None:
    """Open ``url`` and wait until the page is complete."""
    requests = Requests(page)
    page.goto(url)
    requests.settle()
