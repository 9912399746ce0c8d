"""Collections, the glossary and tags: what readers see of them, and what is said of those that fall short."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.commands.check import style_of
from generator.commands.project import quarantine_faulty
from generator.model.catalog import Catalog, build_catalog
from generator.model.editorial import CollectionKind, collection_texts
from generator.pages.all import all_pages
from generator.search.entities import name_rows, place_rows
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY


@pytest.fixture(scope="module")
def pages(toy: Catalog) -> dict[str, str]:
    return {page.path: page.text for page in all_pages(toy, SETTINGS, ROOT / "theme")}


def test_terms_are_linked_in_each_language_of_a_text(pages: dict[str, str]) -> None:
    text = pages["papers/oconnor2025cats/index.md"]
    links = re.findall(r'href="\.\./\.\./glossary/#(\w+)">(\w+)<', text)
    assert links == [("cat", "Cats"), ("dog", "dogs"), ("cat", "Katzen")]
    anchors = set(re.findall(r'<dt id="([^"]*)"', pages["glossary/index.md"]))
    assert {term for term, _ in links} <= anchors
    assert 'lang="de">Katze<' in pages["glossary/index.md"]


def test_an_introduction_is_at_the_top_of_its_topic(pages: dict[str, str], toy: Catalog) -> None:
    text, items = pages["topics/cats/index.md"], toy.collections["first-cats"].items
    assert text.index("Start here") < text.index("Three papers are enough.") < text.index("## Papers")
    order = [text.index(f"/papers/{item.paper}/") for item in items]
    assert order == sorted(order)
    assert "Start here" not in pages["topics/dogs/index.md"]


def test_a_collection_reads_as_an_article(toy_site: Path) -> None:
    """Place, findings, conclusion and disclosure in this order; then the same in the other language."""
    page = LexborHTMLParser((toy_site / "collections/agh-at-conf/index.html").read_text("utf-8"))
    text = page.css_first("#content").text()
    english = ["In Kraków", "On cats & *speed*", "Cats are fast.", "Earlier", "More is to come.", "by a machine"]
    texts = [*english, "In Krakau", "Katzen sind schnell.", "Mehr folgt.", "eine Maschine"]
    assert [text.index(part) for part in texts] == sorted(text.index(part) for part in texts)
    german = page.css_first("section[lang=de]")
    assert german is not None
    assert [
        part for part in ("Fazit", "Von einem Sprachmodell geschrieben", "2. Mai 2025") if part not in german.text()
    ] == []
    assert "Written by" not in german.text()
    assert [node.tag for node in page.css("#content h1, #content h2, #content h3")][:3] == ["h1", "h2", "h2"]


def test_a_page_names_the_tags_and_collections_of_a_paper(pages: dict[str, str], toy: Catalog) -> None:
    text = pages["papers/oconnor2025cats/index.md"]
    for tag_id in toy.papers["oconnor2025cats"].tags:
        assert f"(../../tags/{tag_id}/index.md)" in text
        assert "](../../papers/oconnor2025cats/index.md)" in pages[f"tags/{tag_id}/index.md"]
    for collection in toy.collections.values():
        if "oconnor2025cats" in collection.papers:
            assert f"(../../collections/{collection.id}/index.md)" in text


def test_a_collection_links_to_its_subjects(pages: dict[str, str]) -> None:
    article = pages["collections/agh-at-conf/index.md"]
    assert "(../../venues/conf/2025/index.md)" in article
    assert "(../../institutions/agh/index.md)" in article
    assert "(../../weekly/2025-w18/index.md)" in pages["collections/favourites/index.md"]
    assert "Favourites of the week" in pages["weekly/2025-w18/index.md"]
    assert "It says no, and means it." in pages["index.md"]


def test_a_digest_without_them_has_no_such_pages() -> None:
    content = replace(load(TOY).content, collections=(), glossary=(), tags=())
    papers = tuple(replace(paper, tags=()) for paper in content.papers)
    paths = [page.path for page in all_pages(build_catalog(replace(content, papers=papers)), SETTINGS, ROOT / "theme")]
    assert not [path for path in paths if path.startswith(("collections/", "glossary/", "tags/"))]


def test_a_week_with_picks_alone_is_followed_by_the_newest_papers() -> None:
    """All papers belong to the founding collection, which weekly pages leave out."""
    content = load(TOY).content
    catalog = build_catalog(content, founded=max(paper.added for paper in content.papers))
    weekly = {page.path: page.text for page in all_pages(catalog, SETTINGS, ROOT / "theme")}["weekly/index.md"]
    assert "Favourites of the week" in weekly
    assert "No papers were added in this week." in weekly
    assert weekly.count('<article class="card"') == len(catalog.papers)


def test_a_collection_is_shown_in_the_languages_of_its_introduction(toy: Catalog) -> None:
    own, german = collection_texts(toy.collections["agh-at-conf"], "en")
    assert (own.language, german.language) == ("en", "de")
    assert german.items[1].heading == "Earlier", "texts without a translation are in the digest's language"


def test_missing_texts_of_a_collection_are_warned_about(content: Path) -> None:
    path = content / "collections/agh-at-conf.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("    de: Katzen sind schnell.\n", "").replace("  model: Toy\n", ""), "utf-8")
    problems = {f"{p.path}:{p.line} {p.code} {p.message}" for p in style_of(load(content)) if p.path.startswith("coll")}
    assert problems == {
        "collections/agh-at-conf.yaml:14 W401 not written yet in de",
        "collections/agh-at-conf.yaml:30 W409 the model is not named",
    }


def test_a_collection_goes_with_a_paper_that_is_set_aside(content: Path) -> None:
    """Its claims rest on the paper; the others stay."""
    paper = content / "papers/conf-2024/garcia2024null.yaml"
    paper.write_text(paper.read_text("utf-8").replace("- animals", "- no-such-topic"), "utf-8")
    broken = content / "collections/cats-or-dogs.yaml"
    broken.write_text(broken.read_text("utf-8").replace("berg2025many", "nobody"), "utf-8")
    loaded, aside, problems = quarantine_faulty(load(content))
    assert [problem for problem in problems if problem.is_error] == []
    assert [collection.id for collection in loaded.content.collections] == ["first-cats"]
    assert {problem.code for problem in aside} == {"E302", "E323"}


def test_search_offers_tags_collections_and_terms(toy: Catalog) -> None:
    """An introduction is found by its topic."""
    rows = {(row[0], row[2]): row for row in place_rows(toy, SETTINGS)}
    assert rows["tag", "tags/survey/"][1:5] == ["Survey <of> & *all*", "tags/survey/", 3, "Übersicht"]
    assert rows["collection", "collections/agh-at-conf/"][4] == "Die AGH auf der Conf & Co"
    terms = {row[2]: row for row in name_rows(toy, SETTINGS) if row[0] == "t"}
    assert terms["cat"][3:] == [0, "Katze\ncats\nfelines\nKatzen"]
    assert ("collection", "collections/first-cats/") not in rows


def test_all_kinds_have_a_name_for_readers(toy: Catalog, pages: dict[str, str]) -> None:
    assert {collection.kind for collection in toy.collections.values()} == set(CollectionKind)
    assert pages["collections/index.md"].count("\n## ") == len(CollectionKind)
