"""The built site from outside: every link and anchor leads somewhere, and every page is whole."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.model.site_paths import RESERVED_FOLDERS
from tests.conftest import TOY, leads_on

HOME = "https://site.invalid/"


def _pages(site: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    """Every page for a reader, one at a time; a page that only leads on to another's new address is none."""
    for path in sorted(site.rglob("*.html")):
        if not leads_on(path):
            yield path.relative_to(site).as_posix(), LexborHTMLParser(path.read_text("utf-8"))


class _Links(NamedTuple):
    """What a page links to, as tag and address, and where a link can lead within it."""

    addresses: tuple[tuple[str, str], ...]
    ids: frozenset[str | None]


def _faults(site: Path) -> list[str]:
    own: set[str] = set()
    faults, links = [], {}
    for name, page in _pages(site):
        double = [i for i, n in Counter(node.attributes["id"] for node in page.css("[id]")).items() if n > 1]
        faults += [f"{name}: id {i} twice" for i in double]
        own.update(urlsplit(link.attributes["href"] or "").netloc for link in page.css("[rel=canonical]"))
        links[name] = _links_of(page)
        if name != "404.html":
            faults += _faults_of_frame(name, page)
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for name, page_links in links.items():
        if name != "404.html":  # its links start at the root of the site
            for tag, address in page_links.addresses:
                faults += _faults_of_link(name, tag, address, own, files, links)
    return faults


def _links_of(page: LexborHTMLParser) -> _Links:
    nodes = page.css("a[href], link[href]:not([rel=canonical]), script[src], img[src]")
    addresses = ((node.tag or "", node.attributes.get("href") or node.attributes.get("src") or "") for node in nodes)
    return _Links(tuple(dict.fromkeys(addresses)), frozenset(node.attributes["id"] for node in page.css("[id]")))


def _faults_of_frame(name: str, page: LexborHTMLParser) -> Iterator[str]:
    if len(page.css("h1")) != 1:
        yield f"{name}: {len(page.css('h1'))} h1"
    for what in ("head > title", "meta[name=description][content]", "html[lang]", "link[rel=canonical]", "main"):
        if len(page.css(what)) != 1:
            yield f"{name}: {what}"


def _faults_of_link(
    name: str, tag: str, address: str, own: set[str], files: set[str], links: dict[str, _Links]
) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.netloc and parts.netloc not in own:
        if tag != "a":
            yield f"{name}: fetches {address}"
        return
    if parts.scheme not in ("", "http", "https"):
        if parts.scheme != "mailto":
            yield f"{name}: scheme of {address}"
        return
    target = urlsplit(urljoin(HOME + name, address))
    path = unquote(target.path).lstrip("/")
    path = f"{path}index.html" if path.endswith("/") or not path else path
    if path not in files:
        yield f"{name}: {address} leads nowhere"
    elif target.fragment and path in links and unquote(target.fragment) not in links[path].ids:
        yield f"{name}: no anchor {address}"


@pytest.mark.parametrize("which", ["toy_site", "real_site"])
def test_every_page_is_whole_and_every_link_resolves(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    assert _faults(site) == []


@pytest.mark.parametrize("which", ["toy_site", "real_site"])
def test_machines_read_the_same_title_as_people(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    for path in (path for path in sorted(site.glob("papers/*/index.html")) if not leads_on(path)):
        page = LexborHTMLParser(path.read_text("utf-8"))
        data = json.loads(page.css_first('script[type="application/ld+json"]').text())
        named = {name: page.css_first(f'meta[{name}"]').attributes["content"] for name in
                 ('name="citation_title', 'property="og:title')}  # fmt: skip
        assert {" ".join(str(text).split()) for text in named.values()} == {" ".join(data["name"].split())}


def test_hostile_text_is_text(toy_site: Path) -> None:
    page = LexborHTMLParser((toy_site / "papers/oconnor2025cats/index.html").read_text("utf-8"))
    title = page.css_first("title").text()
    assert title.startswith("Cats <script>alert(1)</script> & {{ dogs }}: ℓ_2 norms, C* and _x_ for O(n)")
    assert page.css_first("h1").text().startswith("Cats <script>alert(1)</script> & {{ dogs }}: ℓ")
    text = page.css_first("article").text()
    assert "always" in text
    assert "{: onclick=alert(1) }" in text
    assert "two <img src=x onerror=alert(1)>" in text
    assert page.css("[onclick], [onerror], article img, article script") == []
    assert not any((a.attributes.get("href") or "").startswith("javascript:") for a in page.css("a"))


def test_a_retracted_paper_says_so_on_its_page_and_in_lists(toy_site: Path) -> None:
    page = LexborHTMLParser((toy_site / "papers/zhu2025dogs/index.html").read_text("utf-8"))
    assert "This paper is retracted" in page.css_first(".notice").text()
    assert "The stick was not thrown." in page.css_first(".notice").text()
    day = LexborHTMLParser((toy_site / "archive/2025/05/02/index.html").read_text("utf-8"))
    assert [node.text() for node in day.css(".status")] == ["retracted"]


def test_every_paper_is_at_most_three_clicks_from_home(real_site: Path) -> None:
    links = {name: {*_own_links(name, page)} for name, page in _pages(real_site)}
    reached = {"index.html"}
    for _ in range(3):
        reached |= {target for name in reached for target in links[name] if target in links}
    assert {name for name in links if name.startswith("papers/")} - reached == set()


def _own_links(name: str, page: LexborHTMLParser) -> Iterator[str]:
    for node in page.css("a[href]"):
        target = urlsplit(urljoin(HOME + name, node.attributes["href"] or ""))
        path = unquote(target.path).lstrip("/")
        if target.netloc == "site.invalid":
            yield f"{path}index.html" if path.endswith("/") or not path else path


def test_no_page_by_hand_can_take_the_place_of_one_of_the_sites_own(toy_site: Path) -> None:
    """But for four that a maintainer may write anew (``pages/site_info.py``)."""
    by_hand = {path.stem for path in (TOY / "pages").glob("*.md")}
    folders = {path.name for path in toy_site.iterdir() if path.is_dir()}
    assert folders - by_hand - {"accessibility", "corrections", "data", "subscribe"} <= RESERVED_FOLDERS
    assert len(folders & RESERVED_FOLDERS) > 10


def test_the_sitemap_names_every_page_once(toy_site: Path) -> None:
    import xml.etree.ElementTree as ElementTree

    tree = ElementTree.parse(toy_site / "sitemap.xml")
    named = Counter(node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"))
    pages = [p.parent.relative_to(toy_site).as_posix() for p in toy_site.rglob("index.html") if not leads_on(p)]
    assert len(named) == len(pages)
    assert set(named.values()) == {1}


@pytest.mark.parametrize("which", ["toy_site", "real_site"])
def test_home_papers_topics_and_venues_have_a_twin_in_markdown_and_say_so(
    which: str, request: pytest.FixtureRequest
) -> None:
    site: Path = request.getfixturevalue(which)
    faults = []
    for page in (path for path in site.rglob("index.html") if not leads_on(path)):
        head = page.read_text("utf-8").partition("</head>")[0]
        parts = page.parent.relative_to(site).parts
        has_copy = not parts or (parts[0] in ("papers", "topics", "venues") and "page" not in parts)
        assert page.with_name("index.md").is_file() == ('type="text/markdown"' in head) == has_copy, page
        if not has_copy:
            continue
        text = page.with_name("index.md").read_text("utf-8")
        if "papers" not in page.relative_to(site).parts[:1]:
            faults += [f"{page}: {fault}" for fault in re.findall(r"<[a-zA-Z/][^>]*>|\{ [.#:][^}]*\}|^---", text)]
        for link in re.findall(r"\]\(([^):\s]+\.md)(?:#[^)]*)?\)", text):
            if not (page.parent / link).with_suffix(".html").is_file():
                faults.append(f"{page}: {link} leads nowhere")
    assert faults == []


def test_the_foot_of_every_page_names_the_license_of_the_texts(toy_site: Path) -> None:
    pages = [page for page in toy_site.rglob("*.html") if not leads_on(page)]
    named = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>'
    assert [page for page in pages if named not in page.read_text("utf-8")] == []
