"""Files at the root: manifest, robots.txt, sitemap and feeds.opml."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from generator.exports.listings import listings_with_feeds
from generator.exports.root_files import robots_file, short_name, sitemap_files
from generator.model.catalog import Catalog
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.pages.all import all_pages
from generator.store.settings_file import read_settings
from tests.conftest import ROOT, SETTINGS
from tests.support.export_texts import LICENSED, export_texts

THEME = ROOT / "theme"


def test_every_feed_is_in_the_opml(catalog: Catalog, files: dict[str, str]) -> None:
    tree = etree.fromstring(files["feeds.opml"].encode())
    addresses = [node.get("xmlUrl") for node in tree.iter("outline") if node.get("xmlUrl")]
    feeds = [path for path in files if path.endswith("feed.xml") and not path.startswith(("archive/", "weekly/"))]
    assert sorted(addresses) == sorted(SETTINGS.site_url + path for path in feeds)
    lists = [
        listing
        for listing in listings_with_feeds(catalog, LICENSED)
        if not listing.site_path.startswith(("archive/", "weekly/"))
    ]
    assert len(feeds) == len(lists) + 1


def test_the_sitemap_has_every_page_with_the_day_of_its_change(toy: Catalog) -> None:
    text = export_texts(toy, SETTINGS)["sitemap.xml"]
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    days = {
        node.findtext("s:loc", namespaces=space): node.findtext("s:lastmod", namespaces=space)
        for node in etree.fromstring(text.encode())
    }
    assert days["https://toy.example/papers/berg2025many/"] == "2025-02-01"
    assert days["https://toy.example/authors/plato/"] == "2025-05-02"
    assert set(days) == {
        SETTINGS.site_url + page.path.removesuffix("index.md") for page in all_pages(toy, SETTINGS, THEME)
    }


def test_a_large_sitemap_has_parts_and_an_index(toy: Catalog) -> None:
    pages = [f"papers/p{number}/index.md" for number in range(5)]
    files = {file.path: file.text for file in sitemap_files(toy, SETTINGS, THEME, pages, max_addresses=2)}
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    named = re.findall(r"<loc>https://toy\.example/(.*?)</loc>", files["sitemap.xml"])
    assert named == list(files)[:-1]
    assert [text.count("<url>") for text in list(files.values())[:-1]] == [2, 2, 1]


@pytest.mark.parametrize(
    ("signal", "good"),
    [
        ("search=yes, ai-train=no", True),
        ("ai-input=no", True),
        ("", True),
        ("search=maybe", False),
        ("a\nDisallow: /", False),
    ],
)
def test_robots_txt_has_a_valid_content_signal(tmp_path: Path, signal: str, good: bool) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        f"site_url: https://x.example\nextra:\n  content_signal: {json.dumps(signal)}\n", "utf-8"
    )
    settings = read_settings(tmp_path)
    if good:
        assert isinstance(settings, Settings)
        line = f"Content-Signal: {signal}\n" if signal else ""
        rest = "Allow: /\n\nSitemap: https://x.example/sitemap.xml\n"
        assert robots_file(settings).text == f"User-agent: *\n{line}{rest}"
    else:
        assert isinstance(settings, Problem)
        assert settings.code == "E214"


@pytest.mark.parametrize(
    ("name", "short"),
    [("Ropes", "Ropes"), ("Digest of Ropes", "Digest of"), ("Extraordinarily Long", "Extraordinar"), ("", "")],
)
def test_a_short_name_has_whole_words(name: str, short: str) -> None:
    assert short_name(name) == short
