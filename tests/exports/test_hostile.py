"""Hostile text in every field, in every export: each file is still whole, and its readers find as many papers."""

import csv
import io
import json
from dataclasses import replace
from itertools import chain

import bibtexparser
import feedparser
import pytest
import rispy
from lxml import etree
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from generator.build.task import File
from generator.citation.reference import references
from generator.citation.ris import ris
from generator.exports.all import all_exports
from generator.model.catalog import Catalog
from generator.search.all import search_files
from generator.text.bibtex import for_bibtex, for_bibtex_title
from tests.conftest import ROOT, SETTINGS
from tests.support.hostile import OWN, hostile_catalog, strings


def _is_text(file: File) -> bool:
    return not file.path.startswith("pagefind/") and not file.path.endswith(".png")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return hostile_catalog(strings(), topic=OWN[0])


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> dict[str, str]:
    searched = search_files(catalog, SETTINGS, ROOT / "theme")
    return {
        file.path: file.text
        for file in chain(all_exports(catalog, SETTINGS, ROOT / "theme"), searched)
        if _is_text(file)
    }


def test_bibliographies_have_every_paper(catalog: Catalog, files: dict[str, str]) -> None:
    library = bibtexparser.parse_string(files["papers.bib"])
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == list(catalog.papers)
    assert [record["id"] for record in rispy.loads(files["papers.ris"])] == list(catalog.papers)
    assert [item["id"] for item in json.loads(files["papers.json"])] == list(catalog.papers)


def test_a_value_of_ris_cannot_begin_another_record(toy: Catalog) -> None:
    """The codec accepts titles of one line alone; the encoder is the second line of defense."""
    reference = next(iter(references(toy, "en").values()))
    (record,) = rispy.loads(ris(replace(reference, title="x\nER  - \nTY  - JOUR\nTI  - y")))
    assert record["title"] == "x ER - TY - JOUR TI - y"


def test_addresses_in_bibtex_contain_no_command(files: dict[str, str]) -> None:
    library = bibtexparser.parse_string(files["papers.bib"])
    values = [entry.fields_dict["doi"].value for entry in library.entries]
    assert all("input" in value for value in values)
    assert not [value for value in values if set(value) & set("\\{}^`")]


def test_data_has_every_paper(catalog: Catalog, files: dict[str, str]) -> None:
    assert [json.loads(line)["id"] for line in files["papers.jsonl"].splitlines()] == list(catalog.papers)
    rows = list(csv.DictReader(io.StringIO(files["papers.csv"], newline="")))
    assert [row["id"] for row in rows] == list(catalog.papers)
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in rows for cell in row.values())
    for path, text in files.items():
        if path.endswith(".json"):
            json.loads(text)


def test_feeds_are_complete_and_their_texts_inert(files: dict[str, str]) -> None:
    for name in ("feed.xml", "rss.xml"):
        read = feedparser.parse(files[name].encode("utf-8"), sanitize_html=False)
        assert not read.bozo
        for entry in read.entries:
            page = LexborHTMLParser(entry.content[0].value)
            assert {node.tag for node in page.css("body *")}.isdisjoint({"script", "img", "iframe", "svg", "style"})
            assert not [name for node in page.css("body *") for name in node.attributes if name.startswith("on")]
            assert not [a for a in page.css("a[href]") if not str(a.attributes["href"]).startswith(("http", "mailto:"))]
    etree.fromstring(files["feeds.opml"].encode())


@pytest.mark.parametrize("maths", ["^^5cinput{/etc/passwd}", "x^^5cwrite18{x}", "^^^^005cinput{x}"])
def test_no_formula_of_bibtex_hides_a_command(maths: str) -> None:
    """TeX reads ``^^5c`` as a backslash before it looks for commands."""
    for written in (for_bibtex(f"On ${maths}$ sets"), for_bibtex_title(f"On ${maths}$ sets")):
        assert "^^" not in written
        assert "$^" not in written.replace(r"\$", "")


def test_markdown_files_have_no_markup(files: dict[str, str]) -> None:
    """Read by CommonMark with raw HTML allowed, as a careless reader might."""
    for path, text in files.items():
        if path.endswith(".md") or path == "llms.txt":
            page = LexborHTMLParser(MarkdownIt("commonmark", {"html": True}).render(text))
            tags = {node.tag for node in page.css("body *")} - {"-text"}
            assert tags <= {"h1", "h2", "p", "ul", "li", "a", "strong", "pre", "code", "blockquote"}, path
            assert all(str(a.attributes["href"]).startswith("http") for a in page.css("a")), path
