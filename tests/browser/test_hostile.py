"""Hostile text in every field of an entry, in a real browser: no script runs, and no other host is requested.

Some strings are in the tests. The collection in the folder of real sources is used too if it exists: a sample in the
suite, all of it with ``make hostile``. A site built without encoders shows that the checks find attacks.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import NamedTuple

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, Dialog, Page, ProxySettings
from playwright.sync_api import Error as PlaywrightError

from generator.codec.decode import decode
from generator.mail.message import MailWriter
from generator.model.paper import Links
from generator.model.period import Length, period_of
from generator.pages import editorial, rendering
from tests.conftest import ROOT, SETTINGS, build_site_of
from tests.support.hostile import (
    ATTRIBUTES,
    EDITORIAL_ONE_IN,
    OWN,
    SAMPLE,
    TAGS,
    hostile_catalog,
    sink_catalog,
    strings,
)
from tools.web_server import serve_site

pytestmark = pytest.mark.browser

BATCH = 1000  # strings a site

DIALOGS = "for (const n of ['alert', 'confirm', 'prompt', 'print']) window[n] = () => { window.hit = 1; };"
FINDINGS = """([allowedTags, allowedAttributes, leftOut]) => {
  const findings = [];
  for (const element of document.querySelectorAll("#content, #content *")) {
    if (leftOut && element.closest(leftOut)) continue;
    if (!allowedTags.includes(element.localName)) findings.push(`<${element.localName}>`);
    for (const attribute of element.getAttributeNames()) {
      if (!allowedAttributes.includes(attribute)) findings.push(`${element.localName} ${attribute}`);
    }
    const address = element.href?.baseVal ?? element.href; // links in pictures are objects
    if (address && !/^(https?|mailto):/.test(new URL(address, location.href))) findings.push(address);
    element.focus?.();
    for (const name of ["mouseover", "mouseenter", "pointerdown", "focus", "toggle"]) {
      element.dispatchEvent(new Event(name, { bubbles: true }));
    }
  }
  const planted = document.querySelectorAll(
    "head script:not([src]):not([type='application/ld+json']), head iframe, head base");
  if (planted.length) findings.push("something in head");
  if (window.hit) findings.push("a dialog");
  return findings;
}"""


class HostileSite(NamedTuple):
    """A site of hostile entries: its URL and the ids of its papers."""

    url: str
    papers: tuple[str, ...]


@pytest.fixture(scope="module", params=range(0, len(strings()), BATCH))
def hostile_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileSite]:
    catalog = hostile_catalog(strings()[request.param : request.param + BATCH], topic=OWN[0])
    site = build_site_of(catalog, SETTINGS, tmp_path_factory.mktemp("hostile"))
    with serve_site(site) as url:
        yield HostileSite(url, tuple(catalog.papers))


def _findings(page: Page, url: str, except_below: str = "") -> list[str]:
    page.goto(url)
    page.wait_for_load_state("load")
    if "/search/?q=" in url:
        page.wait_for_selector(".hits[data-turn]", state="attached")  # the hits are shown, or the note that none match
    findings: list[str] = page.evaluate(FINDINGS, [TAGS, ATTRIBUTES, except_below])
    return findings


def test_every_string_is_inert_in_every_field(page: Page, hostile_site: HostileSite) -> None:
    page.add_init_script(DIALOGS)
    lists = ["", "venues/conf/2025/", "topics/cats/", "topics/", "authors/", "institutions/", "archive/2025/"]
    lists += ["archive/added/2025/01/", "weekly/", "weekly/2025-w01/", "corrections/", "subscribe/", "map/"]
    lists += ["collections/", "glossary/", "tags/"]
    numbers = range(len(hostile_site.papers[::EDITORIAL_ONE_IN]))
    lists += [f"{kind}/hostile-{number}/" for kind in ("collections", "tags") for number in numbers]
    paths = [f"papers/{paper}/" for paper in hostile_site.papers] + lists + ["search/?q=alert", "search/?q=script"]
    findings = {path: faults for path in paths if (faults := _findings(page, f"{hostile_site.url}/{path}"))}
    assert findings == {}


FEEDS = (
    "feed.xml",
    "rss.xml",
    "feed.json",
    "topics/cats/feed.xml",
    "corrections/feed.xml",
    "papers.bib",
    "papers.json",
)


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_and_bibliographies_run_nothing(browser: Browser, hostile_site: HostileSite, path: str) -> None:
    """Whether the browser shows or downloads the file, no script of an entry runs and no other host is requested."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))

    def dismiss(dialog: Dialog) -> None:
        requests.append("a dialog")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.add_init_script(DIALOGS)
    try:
        page.goto(f"{hostile_site.url}/{path}")
    except PlaywrightError as error:
        assert "Download is starting" in str(error)  # noqa: PT017 - a file that is saved is not shown
    else:
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hit === undefined")
        assert page.evaluate("document.querySelectorAll('script, iframe, object, img').length") == 0
    context.close()
    assert [url for url in requests if not url.startswith(hostile_site.url)] == []


MAILED = 10  # strings in a message, so that even the longest is not cut


def test_every_string_is_inert_in_mailings(page: Page, tmp_path: Path) -> None:
    """The HTML of messages, shown without a policy as by webmail."""
    page.add_init_script(DIALOGS)
    catalog = hostile_catalog(strings(), topic=OWN[0])
    settings = replace(SETTINGS, mail_from="d@toy.example", mail_unsubscribe="https://toy.example/end?a={address}")
    writer, papers = MailWriter(catalog, settings, ROOT / "theme"), tuple(catalog.papers)
    week = period_of(Length.WEEK, date(2025, 1, 1))
    for start in range(0, len(papers), MAILED):
        sent = papers[start : start + MAILED]
        written = writer.message(week, sent, "ada@example.org")
        part = message_from_bytes(written, policy=default).get_body(("html",))
        assert all(catalog.papers[paper].title.split()[0] in part.get_content() for paper in sent)
        html = part.get_content().replace("<body", '<body id="content"', 1)
        html = html.replace("<head>", '<head><link rel="icon" href="data:,">', 1)  # else the browser requests one
        (tmp_path / f"{start}.html").write_text(html, "utf-8")
    with serve_site(tmp_path) as url:
        for path in sorted(tmp_path.glob("*.html")):
            page.goto(f"{url}/{path.name}")
            assert page.evaluate(FINDINGS, [[*TAGS, "body", "h3"], [*ATTRIBUTES, "style"], ""]) == []


def _without_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "finalize", lambda value: Markup("" if value is None else str(value)))
    for name in ("line_markdown", "prose_html", "for_link"):
        monkeypatch.setattr(rendering, name, lambda text: text)
    for name in ("line_html", "prose_html"):
        monkeypatch.setattr(editorial, name, lambda text: text)


@pytest.mark.long
def test_an_attack_in_each_field_is_detected(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attack in a single field is detected on the paper's page without encoders, and on none with them.

    The codec refuses the targets of links, so no encoder has to: only this test writes such a link.
    """
    catalog = sink_catalog()
    assert decode(Links, {"page": "javascript:alert(1)"})[0] is None  # type: ignore[type-var]
    guarded = build_site_of(sink_catalog(left_out="link"), SETTINGS, tmp_path_factory.mktemp("guarded"))
    _without_encoders(monkeypatch)
    unencoded = build_site_of(catalog, SETTINGS, tmp_path_factory.mktemp("sinks"), strict=False)
    flagged = {}
    for site in (guarded, unencoded):
        page = _guarded_page(browser)
        with serve_site(site) as url:
            flagged[site] = {name for name in catalog.papers if _is_flagged(page, f"{url}/papers/{name}/")}
        page.context.close()
    assert flagged[guarded] == set()
    assert flagged[unencoded] == set(catalog.papers)


def _guarded_page(browser: Browser) -> Page:
    """A page that dismisses and records dialogs, reaches no other host, and shows nothing from a service worker."""
    # A route would turn the browser's cache off.
    blackhole = ProxySettings(server="http://127.0.0.1:9", bypass="127.0.0.1")
    page = browser.new_context(service_workers="block", proxy=blackhole).new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.add_init_script(DIALOGS)
    return page


def _is_flagged(page: Page, url: str) -> bool:
    """Whether a page has findings; one that navigates away counts as well."""
    try:
        return bool(_findings(page, url, ".neighbors"))
    except PlaywrightError:
        return True


@pytest.mark.long
def test_most_strings_are_detected_without_encoders(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without encoders, at least 40 % of the strings are detected, each on its own page, and a harmless one is not."""
    _without_encoders(monkeypatch)
    catalog = hostile_catalog(strings(min(SAMPLE, 120)))
    site = build_site_of(catalog, SETTINGS, tmp_path_factory.mktemp("naked"), strict=False)
    page = _guarded_page(browser)
    flagged = 0
    with serve_site(site) as url:
        for paper in catalog.papers:
            path = Path(site / "papers" / paper / "index.html")
            if path.is_file():
                flagged += _is_flagged(page, f"{url}/papers/{paper}/")
    page.context.close()
    print(f"{flagged} of {len(catalog.papers)} flagged without encoders")
    assert 0.4 * len(catalog.papers) <= flagged < len(catalog.papers)
