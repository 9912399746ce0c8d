"""Offline reading after one visit, in a browser that allows service workers."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.site.offline import offline_file, switched_off_file
from tests.conftest import ROOT
from tools.web_server import Handler, serve_site

pytestmark = pytest.mark.browser

CATS = "papers/oconnor2025cats/"

_NAMES = "async () => (await caches.keys()).sort()"
_VISITED = """async () => {
    const held = await caches.open((await caches.keys()).find((name) => name.endsWith("held")));
    return (await held.keys()).map((key) => new URL(key.url).pathname.slice(1));
}"""


class _SlowHandler(Handler):
    """A server that does not answer requests for some paths."""

    paths: ClassVar[set[str]] = set()
    waiting: ClassVar[set[str]] = set()
    """The requested paths that have no answer yet."""

    def do_GET(self) -> None:  # noqa: N802  # the name that http.server calls
        if self.path in self.paths:
            self.waiting.add(self.path)
        while self.path in self.paths:
            time.sleep(0.1)
        self.waiting.discard(self.path)
        super().do_GET()


@pytest.fixture
def site(toy_site: Path, tmp_path: Path) -> Path:
    """A copy of the toy site that a test may change and publish."""
    copy = tmp_path / "site"
    shutil.copytree(toy_site, copy)
    return copy


@pytest.fixture
def url(site: Path) -> Iterator[str]:
    with serve_site(site, _SlowHandler) as address:
        yield f"{address}/"


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def _publish(site: Path, megabytes: int = 20) -> str:
    """Write offline.json as the build does; returns the version."""
    text = offline_file(site, ROOT / "theme", megabytes).text if megabytes else switched_off_file().text
    (site / "offline.json").write_text(text, "utf-8")
    version: str = json.loads(text)["version"]
    return version


def _wait(page: Page, condition: str) -> None:
    """Wait until an asynchronous expression is true. To Playwright's own waiting, every promise is true."""
    page.evaluate(f"""async () => {{
        for (let turn = 0; turn < 300; turn++) {{
            if (await ({condition})) return;
            await new Promise((resolve) => {{ setTimeout(resolve, 50); }});
        }}
        throw new Error("waited too long");
    }}""")


def _visit(context: BrowserContext, address: str) -> Page:
    """A first visit, until everything is saved."""
    page = context.new_page()
    page.goto(address)
    _wait(page, "caches.match(new URL('offline.json?ahead', location.origin).href)")
    return page


def test_the_site_is_readable_offline_after_one_visit(reader: BrowserContext, url: str) -> None:
    faults: list[str] = []
    reader.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    reader.on("weberror", lambda error: faults.append(str(error.error)))
    page = _visit(reader, url + "about/")
    assert faults == []
    reader.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text("About the toy")
    page.locator(".digest-header .digest-name").click()
    expect(page.locator("h1")).to_have_text("Toy Digest")
    assert page.evaluate("getComputedStyle(document.querySelector('.digest-header')).position") == "sticky"
    newest = page.locator(".card-title a").first
    title = newest.text_content()
    newest.click()
    expect(page.locator("h1")).to_have_text(title or "?")
    for name in ("Venues", "Topics", "Archive", "Reading list"):
        page.locator(".digest-header a", has_text=name).click()
        expect(page.locator("h1")).to_have_text(name)
    page.goto(f"{url}?h=words")
    expect(page.locator("h1")).to_have_text("Toy Digest")


def test_papers_are_saved_while_they_are_on_the_reading_list(reader: BrowserContext, url: str, site: Path) -> None:
    _publish(site)
    page = _visit(reader, url)
    page.goto(f"{url}topics/animals/")
    page.get_by_role("button", name="Add to list: Ghosts without authors").click()
    saved = "caches.open('digest / saved').then((cache) => cache.keys())"
    _wait(page, f"{saved}.then((keys) => keys.length === 2)")
    reader.set_offline(True)
    page.goto(f"{url}reading-list/")
    expect(page.locator(".list-row .card-title")).to_have_text("Ghosts without authors")
    page.goto(f"{url}papers/anon2025ghosts/")
    expect(page.locator("h1")).to_contain_text("Ghosts without authors")
    page.goto(f"{url}offline/")
    expect(page.get_by_role("link", name="Ghosts without authors")).to_be_visible()
    reader.set_offline(False)
    page.goto(f"{url}reading-list/")
    page.get_by_role("button", name="Remove: Ghosts without authors").click()
    _wait(page, f"{saved}.then((keys) => keys.length === 0)")


def test_a_page_that_is_not_saved_redirects_to_the_offline_page(reader: BrowserContext, url: str) -> None:
    page = _visit(reader, url + CATS)
    reader.set_offline(True)
    page.goto(f"{url}authors/plato/")
    expect(page.locator("h1")).to_have_text("Reading offline")
    link = page.locator("[data-offline-request] a")
    expect(link).to_have_attribute("href", f"{url}authors/plato/")
    expect(page.locator("[data-offline-page] li a", has_text="Cats <script>alert(1)</script>")).to_be_visible()
    for invalid in ("//elsewhere.example/", "https://["):
        page.goto(f"{url}offline/?page={invalid}")
        expect(page.locator("[data-offline-page] li a").first).to_be_visible()
        expect(link).to_have_count(0)
        expect(page.locator("[data-offline-request]")).to_be_hidden()
    reader.set_offline(False)
    page.goto(f"{url}authors/plato/")
    expect(page.locator("h1")).to_have_text("Plato")


def test_a_repeated_search_works_offline(reader: BrowserContext, url: str) -> None:
    page = _visit(reader, f"{url}search/?q=dogs")
    expect(page.locator(".hit").first).to_be_visible()
    page.reload()
    expect(page.locator(".hit").first).to_be_visible()
    titles = page.locator(".hit-title").all_inner_texts()
    _wait(page, "caches.match(new URL('search/index.json', location.origin))")
    reader.set_offline(True)
    page.goto(f"{url}search/?q=dogs")
    expect(page.locator(".hit").first).to_be_visible()
    assert page.locator(".hit-title").all_inner_texts() == titles


_FETCH = "async (place) => (await fetch(`/${place}`)).text()"
_KEYS = """async () => {
    const held = await caches.open((await caches.keys()).find((name) => name.endsWith("held")));
    return (await held.keys()).map((key) => key.url).filter((url) => url.includes("facets.json"));
}"""


def test_search_data_of_different_versions_is_not_mixed(reader: BrowserContext, url: str, site: Path) -> None:
    page = _visit(reader, f"{url}about/")
    page.reload()
    before = page.evaluate(_FETCH, "search/facets.json?v=one")
    _wait(page, f"(await ({_KEYS})()).length")
    reader.set_offline(True)
    assert page.evaluate(_FETCH, "search/facets.json?v=one&x=y") == before
    assert page.evaluate("fetch('/search/facets.json?v=two').then(() => true, () => false)") is False
    reader.set_offline(False)
    (site / "search/facets.json").write_text("[]", "utf-8")
    assert page.evaluate(_FETCH, "search/facets.json?v=two") == "[]"
    _wait(page, f"(await ({_KEYS})()).join() === '{url}search/facets.json?v=two'")


def test_the_search_index_waits_for_a_slow_network(reader: BrowserContext, url: str, site: Path) -> None:
    page = _visit(reader, f"{url}search/?q=dogs")
    page.reload()
    places = ("search/index.json",)
    for place in places:
        _wait(page, f"caches.match('{url}{place}')")
    for place in places:
        (site / place).write_text('"new"', "utf-8")
    _SlowHandler.paths.update(f"/{place}?ts=1" for place in places)
    try:
        page.evaluate(
            "all => { window.responses = Promise.all(all.map(async (it) => (await fetch(`/${it}?ts=1`)).json())); }",
            places,
        )
        page.wait_for_timeout(3500)
    finally:
        _SlowHandler.paths.clear()
    assert page.evaluate("window.responses") == ["new"]
    reader.set_offline(True)
    assert page.evaluate(_FETCH, f"{places[0]}?ts=2") == '"new"'


def test_pages_load_online_if_the_cache_fails(reader: BrowserContext, url: str) -> None:
    page = _visit(reader, f"{url}about/")
    page.reload()
    broken = "() => { CacheStorage.prototype.match = () => Promise.reject(new Error('broken')); }"
    reader.service_workers[0].evaluate(broken)
    page.goto(f"{url}venues/conf/")
    expect(page).to_have_url(f"{url}venues/conf/")
    expect(page.locator("h1")).to_contain_text("Conf")


def test_missing_pages_are_not_saved(reader: BrowserContext, url: str, site: Path) -> None:
    page = _visit(reader, url + CATS)
    page.goto(f"{url}venues/conf/")
    page.goto(f"{url}papers/no-such-paper/")
    page.evaluate("fetch('/papers.bib?x', { mode: 'no-cors' }).then((answer) => answer.text())")
    page.goto(f"{url}about/")
    for place in (CATS, "venues/conf/", "about/"):
        _wait(page, f"(await ({_VISITED})()).includes('{place}')")
    visited = page.evaluate(_VISITED)
    assert "papers/no-such-paper/" not in visited
    # A removed paper is deleted from the browser as soon as it is requested.
    shutil.rmtree(site / CATS)
    page.goto(url + CATS)
    _wait(page, f"!(await ({_VISITED})()).includes('{CATS}')")


def test_a_new_version_replaces_the_old_one_once_it_is_complete(reader: BrowserContext, url: str, site: Path) -> None:
    page = _visit(reader, url + CATS)
    before = page.evaluate(_NAMES)
    home = site / "index.html"
    home.write_text(home.read_text("utf-8").replace("Toys.", "Newer toys."), "utf-8")
    new = _publish(site)
    style = site / "assets/stylesheets/digest.css"
    style.rename(site / "aside")
    page.evaluate(
        """async (version) => {
        const registration = await navigator.serviceWorker.register(`/sw.js?${version}`);
        const worker = registration.installing;
        while (worker.state !== "redundant") await new Promise((resolve) => { setTimeout(resolve, 10); });
    }""",
        new,
    )
    assert [name for name in before if name not in page.evaluate(_NAMES)] == []
    (site / "aside").rename(style)
    page.reload()
    _wait(page, f"(await ({_NAMES})()).filter((name) => name.includes('core')).join() === 'digest / core {new}'")
    reader.set_offline(True)
    page.goto(url)
    expect(page.locator(".lead")).to_have_text("Newer toys.")
    page.goto(url + CATS)
    expect(page.locator(".tldr").first).to_be_visible()


def test_the_oldest_pages_are_dropped_at_the_size_limit(reader: BrowserContext, url: str, site: Path) -> None:
    places = [f"about/{number}/" for number in range(5)]
    for number, place in enumerate(places):
        (site / place).mkdir()
        text = (site / "about/index.html").read_text("utf-8")
        (site / place / "index.html").write_text(text.replace("</h1>", f" {number}</h1>{'.' * 250_000}"), "utf-8")
    _publish(site, 1)
    page = _visit(reader, url + "about/")
    most = 1_000_000 - json.loads((site / "offline.json").read_text("utf-8"))["bytes"]
    for place in places:
        page.goto(url + place)
        _wait(page, f"(await ({_VISITED})()).includes('{place}')")
    _wait(page, f"!(await ({_VISITED})()).includes('{places[0]}')")
    visited = page.evaluate(_VISITED)
    assert places[-1] in visited
    assert [place for place in places if place in visited] == places[-sum(place in visited for place in places) :]
    sizes = page.evaluate("""async () => {
        const held = await caches.open((await caches.keys()).find((name) => name.endsWith("held")));
        return Promise.all((await held.matchAll()).map(async (answer) => (await answer.arrayBuffer()).byteLength));
    }""")
    assert 0 < sum(sizes) <= most


def test_switching_off_unregisters_the_worker_and_deletes_its_caches(
    reader: BrowserContext, url: str, site: Path
) -> None:
    registered = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    page = _visit(reader, url + CATS)
    assert page.evaluate(registered) == 1
    _publish(site, 0)
    page.reload()
    _wait(page, f"!await ({registered})()")
    page.goto(f"{url}about/")  # deletes what the worker stored while it was unregistered
    _wait(page, "!(await caches.keys()).length")
    page.goto(url)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(registered) == 0
    assert page.evaluate(_NAMES) == []


def test_a_saved_page_does_not_wait_for_a_hanging_network(reader: BrowserContext, url: str, site: Path) -> None:
    page = _visit(reader, f"{url}venues/conf/")
    _SlowHandler.paths.add("/venues/conf/")
    try:
        page.reload(wait_until="domcontentloaded")
        expect(page.locator("h1")).to_contain_text("Conf")
        assert _SlowHandler.waiting == {"/venues/conf/"}, "the network was requested first, and has not answered"
    finally:
        _SlowHandler.paths.clear()
