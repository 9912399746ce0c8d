"""Hostile text in every field, in the files of a built site: no element, attribute or address that no entry may add.

``tests/browser/test_hostile.py`` opens the same pages in a browser. These tests need none, and name the sink.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.build.inputs import Inputs
from generator.exports.cards import Cards
from generator.model.catalog import Catalog
from generator.text.maths import to_plain
from tests.conftest import ROOT, SETTINGS, build_site_of
from tests.support.hostile import ADDRESS, ATTRIBUTES, OWN, TAGS, hostile_catalog

HARMLESS = f"hostile-{len(OWN) - 1}"
REPOSITORY = replace(SETTINGS, repository="https://github.com/toy/toy")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return hostile_catalog(OWN, topic=OWN[0])


@pytest.fixture(scope="module")
def site(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site_of(catalog, REPOSITORY, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def pages(site: Path) -> Mapping[str, LexborHTMLParser]:
    """Every page by its path."""
    return {
        path.parent.relative_to(site).as_posix(): LexborHTMLParser(path.read_bytes())
        for path in sorted(site.rglob("index.html"))
    }


@pytest.fixture(scope="module")
def papers(catalog: Catalog, pages: Mapping[str, LexborHTMLParser]) -> Mapping[str, LexborHTMLParser]:
    """The pages of papers by the paper's id."""
    return {paper_id: pages[f"papers/{paper_id}"] for paper_id in catalog.papers}


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _only(page: LexborHTMLParser, selector: str) -> LexborNode:
    (node,) = page.css(selector)
    return node


def test_pages_have_no_other_elements_attributes_and_addresses(pages: Mapping[str, LexborHTMLParser]) -> None:
    assert len(pages) > 2 * len(OWN)
    for path in pages.keys() - {"compare", "offline", "reading-list", "stats"}:  # without text of entries
        for node in pages[path].css("#content *"):
            assert node.tag in {*TAGS, "-text"}, path
            assert {*node.attributes} <= {*ATTRIBUTES}, path
            address = urlsplit(node.attributes.get("href") or "")
            assert address.scheme in {"", "http", "https", "mailto"}, path


def test_the_head_of_every_paper_has_the_elements_of_a_harmless_one(papers: Mapping[str, LexborHTMLParser]) -> None:
    def elements(page: LexborHTMLParser) -> Counter[tuple[str, ...]]:
        return Counter((node.tag or "", *node.attributes) for node in page.css("head *") if node.tag != "-text")

    expected = elements(papers[HARMLESS])
    for paper_id, page in papers.items():
        assert elements(page) <= expected, paper_id


def test_the_head_says_what_the_entry_says(catalog: Catalog, papers: Mapping[str, LexborHTMLParser]) -> None:
    for paper_id, page in papers.items():
        paper = catalog.papers[paper_id]
        title = _words(to_plain(paper.title))
        assert _words(_only(page, "title").text()) == f"{title} · Paper Digest"
        assert _only(page, "meta[name=citation_title]").attributes["content"] == title
        data = json.loads(_only(page, "script[type='application/ld+json']").text())
        assert title in json.dumps(data, ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")


def test_the_text_of_an_entry_is_on_its_page(catalog: Catalog, papers: Mapping[str, LexborHTMLParser]) -> None:
    for paper_id, page in papers.items():
        paper = catalog.papers[paper_id]
        if "$" not in paper.title:
            assert _words(_only(page, "h1").text()) == paper.title
            assert paper.tldr
            assert paper.tldr[""] in _words(_only(page, "#content").text())


def test_an_address_cannot_leave_its_link(papers: Mapping[str, LexborHTMLParser]) -> None:
    for page in papers.values():
        links = [node.attributes["href"] or "" for node in page.css("a[href^='https://x.example']")]
        assert list(map(unquote, links)) == [ADDRESS]


def test_links_to_forms_fill_the_fields_with_the_text(catalog: Catalog, papers: Mapping[str, LexborHTMLParser]) -> None:
    for paper_id, page in papers.items():
        links = [urlsplit(node.attributes["href"] or "") for node in page.css("a[href*='issues/new']")]
        fields = [parse_qs(link.query, strict_parsing=True) for link in links]
        assert fields
        assert {name for form in fields for name in form} <= {"template", "page", "right"}
        facts = next(form["right"][0] for form in fields if "right" in form)
        assert json.loads(facts.partition("title: ")[2].partition("\n")[0]) == catalog.papers[paper_id].title


def test_searches_ask_for_the_whole_keyword(catalog: Catalog, papers: Mapping[str, LexborHTMLParser]) -> None:
    for paper_id, page in papers.items():
        queries = [
            parse_qs(urlsplit(node.attributes["href"] or "").query, keep_blank_values=True)
            for node in page.css("#content a[href*='search/?q=']")
        ]
        assert {"q": [to_plain(catalog.papers[paper_id].keywords[0])]} in queries


def test_a_page_that_has_moved_contains_its_notice_alone(pages: Mapping[str, LexborHTMLParser]) -> None:
    for number in range(len(OWN)):
        page = pages[f"papers/earlier-{number}"]
        assert {node.tag for node in page.css("body *")} - {"-text"} == {"p", "a"}
        assert {node.attributes["href"] for node in page.css("a")} == {f"../../papers/hostile-{number}/"}


def test_lines_of_a_card_hold_no_format_characters(catalog: Catalog) -> None:
    """A joiner between letters is allowed in an entry."""
    cards = Cards(catalog, SETTINGS, ROOT / "theme", Inputs())
    drawn = "".join(str(part) for paper_id in catalog.papers for part in cards.lines(paper_id))
    assert "\u200c" in "".join(OWN)
    assert drawn.isprintable()
