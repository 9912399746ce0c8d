"""Which characters of the site's scripts run in the browser tests, as Chromium counts them.

With ``DIGEST_SCRIPT_COVERAGE`` naming a folder, each worker writes a file there; ``python -m tools.script_coverage``
reads them. Workers of the browser itself (the service worker) are not counted.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

FOLDER = "/assets/javascripts/"


class ScriptCoverage:
    """The characters of each script that ran in any page of a browser."""

    def __init__(self) -> None:
        self._ran: dict[tuple[str, str], bytearray] = {}
        self._sessions: dict[Page, CDPSession] = {}

    def watch(self, browser: Browser) -> None:
        """Count in every page that the browser opens from now on."""
        new_context, new_page = browser.new_context, browser.new_page

        def context(**options: Any) -> BrowserContext:
            opened = new_context(**options)
            self._watch_context(opened)
            return opened

        def page(**options: Any) -> Page:
            opened = new_page(**options)
            self._watch_page(opened)
            return opened

        browser.new_context, browser.new_page = context, page  # type: ignore[method-assign]

    def write(self, file: Path) -> None:
        """Write each script with a mark for each character: 1 if it ran."""
        rows = [{"path": path, "text": text, "ran": ran.decode()} for (path, text), ran in self._ran.items()]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(rows), "utf-8")

    def _watch_context(self, context: BrowserContext) -> None:
        new_page, close = context.new_page, context.close

        def page() -> Page:
            opened = new_page()
            self._watch_page(opened)
            return opened

        def closed(**options: Any) -> None:
            for page in context.pages:
                self._take(page)
            close(**options)

        context.new_page, context.close = page, closed  # type: ignore[method-assign]

    def _watch_page(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        try:
            session.send("Debugger.enable")
        except Error:  # this page runs no scripts
            return
        self._sessions[page] = session
        session.send("Debugger.setSkipAllPauses", {"skip": True})
        session.send("Profiler.enable")
        session.send("Profiler.startPreciseCoverage", {"callCount": False, "detailed": True})
        close = page.close

        def closed(**options: Any) -> None:
            self._take(page)
            close(**options)

        page.close = closed  # type: ignore[method-assign]

    def _take(self, page: Page) -> None:
        session = self._sessions.pop(page, None)
        if session is None:
            return
        for script in session.send("Profiler.takePreciseCoverage")["result"]:
            path = urlsplit(script["url"]).path
            if path.startswith(FOLDER):
                try:
                    source = session.send("Debugger.getScriptSource", {"scriptId": script["scriptId"]})
                except Error:  # of a page that was left; the browser has forgotten its text
                    continue
                self._add(path.removeprefix(FOLDER), source["scriptSource"], script["functions"])

    def _add(self, path: str, text: str, functions: list[dict[str, Any]]) -> None:
        ranges = [part for function in functions for part in function["ranges"]]
        ran = bytearray(b"0" * len(text))
        for part in sorted(ranges, key=lambda part: (part["startOffset"], -part["endOffset"])):  # the inner ones last
            start, end = part["startOffset"], min(part["endOffset"], len(text))
            ran[start:end] = (b"1" if part["count"] else b"0") * max(0, end - start)
        before = self._ran.setdefault((path, text), ran)
        if before is not ran:
            before[:] = bytes(max(pair) for pair in zip(before, ran, strict=True))
