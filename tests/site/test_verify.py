"""Verification of a built site: complete pages, a complete search index, and links with targets."""

import json
import shutil
from pathlib import Path

import pytest

from generator.site.verify import broken_links, site_faults


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site of one page, without papers."""
    (tmp_path / "pagefind").mkdir()
    (tmp_path / "pagefind/pagefind-entry.json").write_text('{"languages": {"en": {"page_count": 0}}}', "utf-8")
    padding = "x" * 64
    for name, end in (("index.html", "</html>"), ("404.html", "</html>\n"), ("sitemap.xml", "</urlset>")):
        (tmp_path / name).write_text(padding + end, "utf-8")
    return tmp_path


def test_a_truncated_or_missing_page_and_an_incomplete_index_are_faults(toy_site: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(toy_site, site)
    pages = ["index.md", "papers/zhu2025dogs/index.md"]
    assert site_faults(site, pages, 5, "pagefind") == []
    assert "the search index has 5 papers of 6" in site_faults(site, pages, 6, "pagefind")[0]
    page = site / "papers/zhu2025dogs/index.html"
    page.write_bytes(page.read_bytes()[:500])
    assert "cut before its end" in site_faults(site, pages, 5, "pagefind")[0]
    page.unlink()
    assert "missing" in site_faults(site, pages, 5, "pagefind")[0]


def test_dead_internal_links_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(
        '<a href="a/">x</a> <a href="a/#there">x</a> <a href="a/#not">x</a> <a class="x" href="https://toy.example/b/">'
        '</a><a href="https://other.example/">x</a><a href="mailto:a@b.example">x</a><a href="//[x/">y</a>'
        '<img src="a/c&amp;d.svg">',
        "utf-8",
    )
    (tmp_path / "a/index.html").write_text('<p id="there"></p><a href="../">x</a>', "utf-8")
    (tmp_path / "404.html").write_text('<a href="/anything/">x</a>', "utf-8")
    assert list(broken_links(tmp_path, "https://toy.example/")) == [
        "index.html: a/#not: a/index.html has no #not",
        "index.html: https://toy.example/b/: there is no b/index.html",
        "index.html: //[x/: it cannot be read",
        "index.html: a/c&d.svg: there is no a/c&d.svg",
    ]


def test_a_complete_site_has_no_faults(site: Path) -> None:
    assert site_faults(site, ["index.md"], 0, "pagefind") == []


def test_files_that_are_known_to_be_intact_are_not_read(site: Path) -> None:
    (site / "index.html").write_text("cut", "utf-8")
    assert site_faults(site, ["index.md"], 0, "pagefind", lambda path: path == "index.html") == []
    assert len(site_faults(site, ["index.md"], 0, "pagefind")) == 1


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"languages": {"en": {}}}'])
def test_an_unreadable_index_is_a_fault(text: str, site: Path) -> None:
    (site / "pagefind/pagefind-entry.json").write_text(text, "utf-8")
    [fault] = site_faults(site, [], 0, "pagefind")
    assert "the search index cannot be read" in fault


def test_a_missing_file_of_words_is_a_fault(site: Path) -> None:
    (site / "search/words/ends").mkdir(parents=True)
    (site / "search/words/ca.json").touch()
    (site / "search/index.json").write_text(json.dumps({"words": "ca co|do", "ends": "at"}), "utf-8")
    faults = site_faults(site, [], 0, "pagefind")
    assert [fault.removeprefix(f"{site}/search/") for fault in faults] == [
        "words/do.json: missing",
        "words/ends/at.json: missing",
    ]
    (site / "search/index.json").write_text("[]", "utf-8")
    assert "the words of search cannot be read" in site_faults(site, [], 0, "pagefind")[0]
