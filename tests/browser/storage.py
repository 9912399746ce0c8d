"""The browser's storage, as tests prepare it: blocked, full, or with a reading list."""

from playwright.sync_api import Page

READING_LIST = "digest-reading-list"
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"


def show_reading_list(page: Page, url: str, *ids: str) -> None:
    """Store a reading list, the newest paper last, and open its page."""
    page.goto(f"{url}/about/")
    page.evaluate("([key, ids]) => localStorage.setItem(key, JSON.stringify(ids))", [READING_LIST, ids])
    page.goto(f"{url}/reading-list/")
