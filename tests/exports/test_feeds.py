"""Feeds: read without a complaint by a reader of another project, and entries that never come back as new."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import feedparser
import pytest
import yaml
from lxml import etree

from generator.exports.all import all_exports
from generator.exports.listings import listings
from generator.model.catalog import Catalog, build_catalog
from generator.model.editorial import CollectionKind
from generator.model.paper import Correction
from generator.pages.all import all_pages
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY

NAMES = ("feed.xml", "rss.xml", "feed.json")


def _feeds(catalog: Catalog) -> dict[str, str]:
    return {
        file.path: file.text
        for file in all_exports(catalog, SETTINGS, ROOT / "theme")
        if file.path.rpartition("/")[2] in NAMES
    }


def _picks(catalog: Catalog) -> list[str]:
    return [collection.id for collection in catalog.collections.values() if collection.kind is CollectionKind.PICKS]


@pytest.fixture(scope="module")
def toy_feeds(toy: Catalog) -> dict[str, str]:
    return _feeds(toy)


def test_lists_of_three_papers_the_corrections_and_the_weeks_have_a_feed_and_the_root_has_three(
    toy: Catalog, toy_feeds: dict[str, str]
) -> None:
    long = {listing.path("feed.xml") for listing in listings(toy, SETTINGS) if len(listing.papers) >= 3}
    assert set(toy_feeds) == long | set(NAMES) | {"corrections/feed.xml", "weekly/feed.xml"}
    assert {"venues/conf/feed.xml", "topics/cats/feed.xml", "archive/2025/feed.xml"} <= set(toy_feeds)
    assert "archive/2025/05/02/feed.xml" not in toy_feeds


@pytest.mark.parametrize("feeds_from", [0, 1, 2, 7, 9999])
def test_which_lists_have_feeds_and_bibliographies_is_a_setting(toy: Catalog, feeds_from: int) -> None:
    """Pages lead to exactly the files that there are."""
    settings = replace(SETTINGS, feeds_from=feeds_from)
    files = {file.path for file in all_exports(toy, settings, ROOT / "theme")}
    long = {listing.site_path for listing in listings(toy, settings) if len(listing.papers) >= feeds_from} - {""}
    for name in ("feed.xml", "papers.bib", "papers.json"):
        named = {path.rpartition("/")[0] for path in files if path.endswith(f"/{name}")}
        assert named - {"corrections", "weekly", "api/v1"} == long
    assert not [path for path in files if "/" in path and path.endswith((".ris", "rss.xml", "feed.json"))
                and not path.startswith("papers/")]  # fmt: skip
    ids = set()
    for page in all_pages(toy, settings, ROOT / "theme"):
        matter = yaml.safe_load(page.text.split("---\n")[1])
        ids.add(matter.get("feed", "/")[:-1])
    assert ids == long | {"", "corrections", "weekly"}


@pytest.mark.parametrize("which", ["toy", "real"])
def test_every_feed_is_well_formed(which: str, request: pytest.FixtureRequest) -> None:
    catalog: Catalog = request.getfixturevalue(which)
    feeds_by_path = {listing.site_path: listing.feed for listing in listings(catalog, SETTINGS)}
    for path, text in _some(_feeds(catalog)):
        place = path.rpartition("/")[0]
        if path.endswith("feed.json"):
            ids_in_feed = [item["id"] for item in json.loads(text)["items"]]
        else:
            read = feedparser.parse(text.encode("utf-8"))
            assert not read.bozo, f"{path}: {read.get('bozo_exception')}"
            ids_in_feed = [entry.id for entry in read.entries]
        if place in feeds_by_path:
            picks = [] if place else _picks(catalog)
            assert len(ids_in_feed) == len(set(ids_in_feed)) == len(feeds_by_path[place]) + len(picks)


def _some(feeds: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every feed of a place with two papers or more; those of one paper differ in that paper alone."""
    for path, text in feeds.items():
        if text.count("<entry>") + text.count("<item>") + text.count("date_published") != 1:
            yield path, text


def test_an_entry_has_every_field(toy_feeds: dict[str, str]) -> None:
    (atom,) = (e for e in feedparser.parse(toy_feeds["feed.xml"]).entries if "oconnor" in e.id)
    (rss,) = (e for e in feedparser.parse(toy_feeds["rss.xml"]).entries if "oconnor" in e.id)
    (item,) = (e for e in json.loads(toy_feeds["feed.json"])["items"] if "oconnor" in e["id"])
    title = "Cats <script>alert(1)</script> & {{ dogs }}: ℓ_2 norms, C* and _x_ for O(n)"
    raw = etree.fromstring(toy_feeds["feed.xml"].encode())
    assert title in [node.text for node in raw.iter("{http://www.w3.org/2005/Atom}title")]
    assert item["title"] == title
    assert [a.name for a in atom.authors] == ["Siân O'Connor", "北京 大学", "G. M. van de Ven", "Plato"]
    assert [a["name"] for a in item["authors"]] == [a.name for a in atom.authors]
    assert [t.term for t in atom.tags] == ["cats", "dogs", "trainedAlgorithmicMedia"]
    assert [t.term for t in rss.tags] == ["Cats {{ and }} {% kin %}", "Dogs", "AI-written summary, not reviewed"]
    assert atom.link == rss.link == item["url"] == "https://toy.example/papers/oconnor2025cats/"
    assert item["external_url"] == "https://arxiv.org/abs/2501.01234"
    for html in (atom.content[0].value, rss.content[0].value, item["content_html"]):
        assert "<strong>bold</strong>" in html
        assert "Written by a language model (Toy, version not recorded)" in html
        assert "<img" not in html
        assert "<script" not in html


def test_feeds_of_lists_have_summaries_only(toy_feeds: dict[str, str]) -> None:
    entries = feedparser.parse(toy_feeds["topics/cats/feed.xml"]).entries
    whole = {entry.id: entry for entry in feedparser.parse(toy_feeds["feed.xml"]).entries}
    assert any("summary" in entry for entry in entries)
    for entry in entries:
        assert "content" not in entry
        assert "content" in whole[entry.id]
        assert entry.get("summary") in (None, whole[entry.id].summary)


def test_feeds_mark_a_retracted_paper(toy_feeds: dict[str, str]) -> None:
    entry = next(e for e in feedparser.parse(toy_feeds["feed.xml"]).entries if "zhu" in e.id)
    assert entry.title == "[Retracted] Dogs that fetch"
    assert entry.summary.startswith("Retracted: The stick was not thrown.")


def test_corrections_have_entries_of_their_own(toy_feeds: dict[str, str]) -> None:
    (entry,) = feedparser.parse(toy_feeds["corrections/feed.xml"]).entries
    assert entry.id == "tag:localhost,2026:papers/berg2025lots/corrections/2025-02-01/1"
    assert entry.summary == "A number was wrong."
    assert entry.updated == "2025-02-01T00:00:00Z"
    assert entry.author == "Toy Digest", "the authors of the paper did not correct the text"


def test_ids_stay_over_an_edit_a_rename_and_a_correction(toy_feeds: dict[str, str]) -> None:
    content = load(TOY).content
    edited = []
    for paper in content.papers:
        if paper.id == "zhu2025dogs":
            note = Correction(date=date(2025, 6, 1), note={"": "The stick was thrown."})
            paper = replace(paper, title="Dogs that run", added=date(2025, 5, 3), corrections=(note,))
        if paper.id == "garcia2024null":
            paper = replace(paper, id="garcia2024no", aliases=("garcia2024null",))
        edited.append(paper)
    renamed = tuple(
        replace(picks, items=tuple(replace(item, paper=item.paper.replace("null", "no")) for item in picks.items))
        for picks in content.collections
    )
    after = _feeds(build_catalog(replace(content, papers=tuple(edited), collections=renamed)))
    for name in ("feed.xml", "rss.xml"):
        first, second = (feedparser.parse(feeds[name]) for feeds in (toy_feeds, after))
        assert first.feed.get("id") == second.feed.get("id")
        assert {entry.id for entry in first.entries} == {entry.id for entry in second.entries}
    changed = next(e for e in feedparser.parse(after["feed.xml"]).entries if "zhu" in e.id)
    assert changed.updated == "2025-06-01T00:00:00Z"
    assert changed.published == "2025-05-03T00:00:00Z"


def test_picks_are_entries_of_the_digests_own_feeds(toy: Catalog, toy_feeds: dict[str, str]) -> None:
    picks = toy.collections["favourites"]
    for name in ("feed.xml", "rss.xml"):
        entries = feedparser.parse(toy_feeds[name]).entries
        (entry,) = [entry for entry in entries if "collections/" in entry.id]
        assert entry is entries[0], "the newest"
        assert entry.link == "https://toy.example/collections/favourites/"
        text = (entry.get("content") or [{"value": entry.summary}])[0]["value"]
        assert all(item.note[""] in text for item in picks.items)
        assert "https://toy.example/papers/garcia2024null/" in text
    (entry,) = [entry for entry in json.loads(toy_feeds["feed.json"])["items"] if "collections/" in entry["id"]]
    assert entry["date_published"] == "2025-05-04T00:00:00Z"


def test_a_collection_has_a_feed_of_its_papers(toy: Catalog, toy_feeds: dict[str, str]) -> None:
    entries = feedparser.parse(toy_feeds["collections/first-cats/feed.xml"]).entries
    assert {entry.link.split("/")[-2] for entry in entries} == set(toy.collections["first-cats"].papers)
    assert "collections/favourites/feed.xml" not in toy_feeds, "two papers"


def test_atom_has_the_required_elements(toy_feeds: dict[str, str]) -> None:
    """RFC 4287, 4.1: one id, title and updated for feed and entry, an author, a link to itself, dates of RFC 3339."""
    space = {"a": "http://www.w3.org/2005/Atom"}
    for path, text in toy_feeds.items():
        if not path.endswith("feed.xml"):
            continue
        feed = etree.fromstring(text.encode())
        (self_link,) = feed.xpath("a:link[@rel='self']/@href", namespaces=space)
        assert self_link == f"https://toy.example/{path}"
        for node in (feed, *feed.xpath("a:entry", namespaces=space)):
            for name in ("id", "title", "updated"):
                assert len(node.xpath(f"a:{name}", namespaces=space)) == 1
            assert node.xpath("a:author/a:name[text()]", namespaces=space)
            assert len(node.xpath("a:link[@rel='alternate']", namespaces=space)) == 1


def test_rss_has_the_required_elements(toy_feeds: dict[str, str]) -> None:
    for path, text in toy_feeds.items():
        if path.endswith("rss.xml"):
            (channel,) = etree.fromstring(text.encode())
            assert all(channel.findtext(name) for name in ("title", "link", "description"))
            for item in channel.iter("item"):
                assert item.find("guid").get("isPermaLink") == "false"
                assert item.findtext("pubDate").endswith("00:00:00 +0000")


def test_feeds_are_ordered_by_the_day_of_addition_and_name_few_of_the_founding_collection() -> None:
    """What was added last is first, however old the paper is; of the founding collection ten papers at most."""
    content = load(TOY).content
    model = content.papers[0]
    old = [replace(model, id=f"old{n:02}", added=date(2025, 1, 1), published=date(2024, 12, n)) for n in range(1, 16)]
    late = replace(model, id="late", added=date(2025, 3, 1), published=date(1999, 1, 1))
    crowd = replace(content, papers=(*old, late))
    newest = [f"old{n:02}" for n in range(15, 0, -1)]
    whole = next(listings(build_catalog(crowd), SETTINGS))
    assert (whole.feed, whole.papers) == (("late", *newest), (*newest, "late"))
    assert next(listings(build_catalog(crowd, date(2025, 1, 1)), SETTINGS)).feed == ("late", *newest[:10])


def test_feeds_name_the_license_of_the_texts(toy: Catalog) -> None:
    licensed = replace(SETTINGS, license="CC BY 4.0", license_url="https://creativecommons.org/licenses/by/4.0/")
    files = {file.path: file.text for file in all_exports(toy, licensed, ROOT / "theme") if "/" not in file.path}
    assert '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/>' in files["feed.xml"]
    assert "<copyright>CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)</copyright>" in files["rss.xml"]
    (license_text,) = {json.dumps(item["_digest"]) for item in json.loads(files["feed.json"])["items"]}
    assert json.loads(license_text) == {
        "license": "CC BY 4.0",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
    }
