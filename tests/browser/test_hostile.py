"""Hostile text in every field of an entry, in a real browser: nothing runs, nothing is asked of another host.

Some strings stand beside the tests; where the folder of real sources is, its collection is used too: a sample in the
suite and all of it with ``make hostile``. The same look at a site built without encoders shows that it can be believed.
"""

import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, Dialog, Page, ProxySettings
from playwright.sync_api import Error as PlaywrightError

from generator.codec.decode import decode
from generator.mail.message import MailWriter
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.editorial import Collection, Tag, Term
from generator.model.paper import Author, Correction, Links, Paper, Status
from generator.model.period import Length, period_of
from generator.pages import editorial, rendering
from generator.store.load import load
from generator.text import characters
from tests.conftest import ROOT, SETTINGS, SOURCES, TOY, build_site_of
from tools.web_server import serve

pytestmark = pytest.mark.browser

SAMPLE = int(os.environ.get("DIGEST_HOSTILE", "120"))
OWN: tuple[str, ...] = tuple(json.loads((ROOT / "tests/cases/hostile.json").read_text("utf-8")))

DIALOGS = "for (const n of ['alert', 'confirm', 'prompt', 'print']) window[n] = () => { window.hit = 1; };"
FINDINGS = """([allowedTags, allowedAttributes, leftOut]) => {
  const found = [];
  for (const element of document.querySelectorAll("#content, #content *")) {
    if (leftOut && element.closest(leftOut)) continue;
    if (!allowedTags.includes(element.localName)) found.push(`<${element.localName}>`);
    for (const attribute of element.getAttributeNames()) {
      if (!allowedAttributes.includes(attribute)) found.push(`${element.localName} ${attribute}`);
    }
    const address = element.href?.baseVal ?? element.href; // links in pictures are objects
    if (address && !/^(https?|mailto):/.test(new URL(address, location.href))) found.push(address);
    element.focus?.();
    for (const name of ["mouseover", "mouseenter", "pointerdown", "focus", "toggle"]) {
      element.dispatchEvent(new Event(name, { bubbles: true }));
    }
  }
  const planted = document.querySelectorAll(
    "head script:not([src]):not([type='application/ld+json']), head iframe, head base");
  if (planted.length) found.push("something in head");
  if (window.hit) found.push("a dialog");
  return found;
}"""
TAGS = (
    "article nav p a h1 h2 h3 div span strong em code ul ol li aside section br details summary input label mark "
    "dl dt dd pre button form select option math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded "
    "mphantom msub msup msubsup munder mover munderover mtable mtr mtd mmultiscripts mprescripts "
    "svg circle title figure figcaption time g text tspan"
).split()
ATTRIBUTES = (
    "viewBox cx cy r aria-hidden tabindex data-map data-paper aria-pressed hreflang "
    "class id href title rel lang aria-label aria-current markdown data-search-page data-facet data-count data- "
    "turn role display stretchy fence separator form lspace rspace minsize maxsize accent accentunder width "
    "linethickness mathvariant columnalign type value name autocomplete spellcheck open hidden "
    "data-copy data-copy-file aria-live download data-key data-date data-search action for placeholder enterkeyhint "
    "x y dx dy transform datetime data-news data-share data-zoom data-filter data-list data-here "
    "aria-autocomplete aria-controls aria-describedby aria-expanded aria-activedescendant aria-selected"
).split()


class Tried(NamedTuple):
    """A site full of hostile entries: where it is served, and the ids of its papers."""

    url: str
    papers: tuple[str, ...]


def strings() -> list[str]:
    """The hostile strings: those that stand here, and a sample of the larger collection."""
    found = list(OWN)
    collection = SOURCES / "hostile" / "xss-dev.jsonl"
    if collection.is_file():
        rows = [json.loads(line)["payload"] for line in collection.read_text("utf-8").split("\n") if line]
        fields = json.loads((collection.parent / "fields.json").read_text("utf-8"))
        rows += [text for texts in fields.values() for text in texts]
        random.Random(3).shuffle(rows)
        found += rows[: max(0, SAMPLE - len(found))]
    return found


def hostile_catalog(texts: Sequence[str], *, topic: str = "") -> Catalog:
    """A paper for each text, which stands in every field that takes text. What the door refuses is mended first.

    ``topic`` is the name of a topic that all of them share. Some of the texts are those of collections, terms and tags.
    """
    toy = load(TOY).content
    papers = []
    for number, text in enumerate(texts):
        prose = characters.without_forbidden(text)[:1200].strip() or "empty"
        line = " ".join(prose.split())[:280] or "empty"
        raw = {
            "id": f"hostile-{number}", "title": f"{number} {line}",
            "authors": [{"name": f"A {line}", "affiliation": line}],
            "venue": "conf-2025", "track": line, "topics": ["cats"], "keywords": [line], "tldr": line, "summary": prose,
            "significance": prose, "limitations": prose, "awards": [line], "abstract": prose, "added": "2025-01-01",
            "other_titles": [f"{number} other {line}"], "status": "corrected", "status_note": line,
            "corrections": [{"date": "2025-01-01", "note": line}], "affiliations": [line],
        }  # fmt: skip
        paper, faults = decode(Paper, raw)  # type: ignore[arg-type]
        assert paper is not None, (text, faults)
        papers.append(paper)
    records = _hostile_editorial([paper.tldr[""] for paper in papers if paper.tldr][::EDITORIAL_ONE_IN])
    name = {"": topic or "Cats"}
    topics = tuple(replace(item, name=name) if item.id == "cats" else item for item in toy.topics)
    series = tuple(replace(item, name=item.id, full_name=None) for item in toy.series)
    return build_catalog(replace(records, papers=tuple(papers), series=series, topics=topics, pages=toy.pages))


EDITORIAL_ONE_IN = 10  # strings


def _hostile_editorial(lines: Sequence[str]) -> Content:
    """A collection, a term and a tag for each line, which stands in every field that takes text."""
    by = {"kind": "ai", "model": "m", "date": "2025-01-01"}
    found: dict[type, list[Any]] = {Collection: [], Term: [], Tag: []}
    for number, line in enumerate(lines):
        item = {"paper": "hostile-0", "note": line, "heading": line}
        rows: dict[type, dict[str, Any]] = {
            Collection: {
                "name": line, "kind": "picks" if number else "start-here", "topic": "cats", "date": "2025-02-02",
                "intro": {"en": line, "de": line}, "items": [item], "conclusion": line, "disclosure": line,
                "written_by": {**by, "model": line, "reviewed_by": line},
                "source": {"kind": "x", "name": line, "url": "https://x.example/"},
            },
            Term: {"name": f"{number} {line}"[:280], "definition": line, "written_by": by},
            Tag: {"name": line, "kind": "work", "description": line},
        }  # fmt: skip
        for kind, row in rows.items():
            record, faults = decode(kind, {"id": f"hostile-{number}", **row})
            assert record is not None, (line, faults)
            found[kind].append(record)
    return Content(collections=tuple(found[Collection]), glossary=tuple(found[Term]), tags=tuple(found[Tag]))


BATCH = 1000  # strings a site


@pytest.fixture(scope="module", params=range(0, len(strings()), BATCH))
def tried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    catalog = hostile_catalog(strings()[request.param : request.param + BATCH], topic=OWN[0])
    site = build_site_of(catalog, SETTINGS, tmp_path_factory.mktemp("hostile"))
    for url in serve(site):
        yield Tried(url, tuple(catalog.papers))


def _look(page: Page, url: str, leaving_out: str = "") -> list[str]:
    page.goto(url)
    page.wait_for_load_state("load")
    found: list[str] = page.evaluate(FINDINGS, [TAGS, ATTRIBUTES, leaving_out])
    return found


def test_every_string_is_inert_in_every_field(page: Page, tried: Tried) -> None:
    page.add_init_script(DIALOGS)
    lists = ["", "venues/conf/2025/", "topics/cats/", "topics/", "authors/", "institutions/", "archive/2025/"]
    lists += ["archive/added/2025/01/", "weekly/", "weekly/2025-w01/", "corrections/", "subscribe/", "map/"]
    lists += ["collections/", "glossary/", "tags/"]
    numbers = range(len(tried.papers[::EDITORIAL_ONE_IN]))
    lists += [f"{kind}/hostile-{number}/" for kind in ("collections", "tags") for number in numbers]
    places = [f"papers/{paper}/" for paper in tried.papers] + lists + ["search/?q=alert", "search/?q=script"]
    found = {place: faults for place in places if (faults := _look(page, f"{tried.url}/{place}"))}
    assert found == {}


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
def test_feeds_and_bibliographies_run_nothing(browser: Browser, tried: Tried, path: str) -> None:
    """Whether the browser shows the file or saves it, no script of an entry runs and nobody else is asked."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def dismiss(dialog: Dialog) -> None:
        asked.append("a dialog")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.add_init_script(DIALOGS)
    try:
        page.goto(f"{tried.url}/{path}")
    except PlaywrightError as error:
        assert "Download is starting" in str(error)  # noqa: PT017 - a file that is saved is not shown
    else:
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hit === undefined")
        assert page.evaluate("document.querySelectorAll('script, iframe, object, img').length") == 0
    context.close()
    assert [url for url in asked if not url.startswith(tried.url)] == []


MAILED = 10  # strings a message, so that none is cut, the longest neither


def test_every_string_is_inert_in_mailings(page: Page, tmp_path: Path) -> None:
    """The HTML of messages, as a mail program in the browser would show it without a policy."""
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
        html = html.replace("<head>", '<head><link rel="icon" href="data:,">', 1)  # or the browser asks for one
        (tmp_path / f"{start}.html").write_text(html, "utf-8")
    for url in serve(tmp_path):
        for path in sorted(tmp_path.glob("*.html")):
            page.goto(f"{url}/{path.name}")
            assert page.evaluate(FINDINGS, [[*TAGS, "body", "h3"], [*ATTRIBUTES, "style"], ""]) == []


ATTACK = "<img src=x onerror=alert(1)>"


def sink_catalog(left_out: str = "") -> Catalog:
    """A paper for each place where a stranger's text stands, with the attack there and nowhere else."""
    toy = load(TOY).content
    plain = next(paper for paper in toy.papers if paper.id == "berg2025many")
    plain = replace(plain, aliases=(), other_titles=(), arxiv=None, doi=None, openreview=None, acl=None)
    sinks: dict[str, dict[str, Any]] = {
        "title": {"title": ATTACK}, "author": {"authors": (Author(name=ATTACK),)},
        "affiliation": {"authors": (Author(name="Ada Byron", affiliation=(ATTACK,)),)},
        "institution": {"affiliations": (ATTACK,)}, "tldr": {"tldr": {"": ATTACK}},
        "summary": {"summary": {"": ATTACK}},
        "significance": {"significance": {"": ATTACK}}, "limitations": {"limitations": {"": ATTACK}},
        "keyword": {"keywords": (ATTACK,)}, "track": {"track": ATTACK}, "award": {"awards": (ATTACK,)},
        "note": {"status": Status.CORRECTED, "status_note": {"": ATTACK}}, "topic": {"topics": ("cats",)},
        "correction": {"corrections": (Correction(date=plain.added, note={"": ATTACK}),)},
        "link": {"links": Links(page="javascript:alert(1)")},
    }  # fmt: skip
    papers = [
        replace(plain, **{"id": name, "title": name, "topics": ("dogs",), **changed})
        for name, changed in sinks.items()
        if name != left_out
    ]
    topics = tuple(replace(item, name={"": ATTACK}) if item.id == "cats" else item for item in toy.topics)
    return build_catalog(replace(toy, papers=tuple(papers), topics=topics, collections=()))


def _without_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "finalize", lambda value: Markup("" if value is None else str(value)))
    for name in ("line_markdown", "prose_html", "for_link"):
        monkeypatch.setattr(rendering, name, lambda text: text)
    for name in ("line_html", "prose_html"):
        monkeypatch.setattr(editorial, name, lambda text: text)


@pytest.mark.long
def test_the_look_sees_every_sink(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attack in one field alone is flagged on the paper's page without encoders, and on none with them.

    Where a link leads is refused at the door, so that no encoder has to: there only the test writes such a link.
    """
    catalog = sink_catalog()
    assert decode(Links, {"page": "javascript:alert(1)"})[0] is None  # type: ignore[type-var]
    guarded = build_site_of(sink_catalog(left_out="link"), SETTINGS, tmp_path_factory.mktemp("guarded"))
    _without_encoders(monkeypatch)
    naked = build_site_of(catalog, SETTINGS, tmp_path_factory.mktemp("sinks"), strict=False)
    flagged = {}
    for site in (guarded, naked):
        page = _careful_page(browser)
        for url in serve(site):
            flagged[site] = {name for name in catalog.papers if _is_flagged(page, f"{url}/papers/{name}/")}
        page.context.close()
    assert flagged[guarded] == set()
    assert flagged[naked] == set(catalog.papers)


def _careful_page(browser: Browser) -> Page:
    """A page that dismisses dialogs, marks calls for one, asks no other host, and shows nothing that was kept."""
    # A route would turn the browser's cache off.
    nobody = ProxySettings(server="http://127.0.0.1:9", bypass="127.0.0.1")
    page = browser.new_context(service_workers="block", proxy=nobody).new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.add_init_script(DIALOGS)
    return page


def _is_flagged(page: Page, url: str) -> bool:
    """Whether the look finds anything; a page that carries the browser away is a finding too."""
    try:
        return bool(_look(page, url, ".neighbours"))
    except PlaywrightError:
        return True


@pytest.mark.long
def test_the_look_can_be_believed(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without encoders at least 40 % of the strings are flagged, each on its own page, and a harmless one is not."""
    monkeypatch.setitem(globals(), "SAMPLE", min(SAMPLE, 120))
    _without_encoders(monkeypatch)
    catalog = hostile_catalog(strings())
    site = build_site_of(catalog, SETTINGS, tmp_path_factory.mktemp("naked"), strict=False)
    page = _careful_page(browser)
    flagged = 0
    for url in serve(site):
        for paper in catalog.papers:
            path = Path(site / "papers" / paper / "index.html")
            if path.is_file():
                flagged += _is_flagged(page, f"{url}/papers/{paper}/")
    page.context.close()
    print(f"{flagged} of {len(catalog.papers)} flagged without encoders")
    assert 0.4 * len(catalog.papers) <= flagged < len(catalog.papers)
