"""Pages: golden Markdown that a person can read, counts that add up, and the same bytes in any order."""

import posixpath
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.entities import Edition, Series, VenueKind
from generator.model.paper import Author
from generator.pages import map as map_pages
from generator.pages import name_index, service
from generator.pages.all import all_pages
from generator.pages.lists import InEdition
from generator.pages.paging import paged, pager
from generator.pages.venues import headed_paper
from generator.pages.views import Views
from generator.store.load import load
from generator.text.names import names_shown
from tests.conftest import ROOT, SETTINGS, TOY

GOLDEN = ROOT / "tests" / "golden"
GOLDEN_PAGES = (
    "index.md", "papers/oconnor2025cats/index.md", "venues/conf/2025/index.md", "topics/cats/index.md",
    "authors/gido-van-de-ven/index.md", "archive/2025/05/index.md", "archive/added/2025/05/index.md",
    "institutions/agh/index.md", "stats/index.md", "awards/index.md", "collections/index.md",
    "collections/agh-at-conf/index.md", "glossary/index.md", "tags/index.md", "tags/survey/index.md",
)  # fmt: skip


@pytest.fixture(scope="module")
def pages(toy: Catalog) -> dict[str, str]:
    return {page.path: page.text for page in all_pages(toy, SETTINGS, ROOT / "theme")}


@pytest.mark.parametrize("path", GOLDEN_PAGES)
def test_golden_pages(pages: dict[str, str], path: str, request: pytest.FixtureRequest) -> None:
    """Renew them with ``pytest --update-golden`` and read the difference."""
    golden = GOLDEN / path.replace("/", "__")
    if request.config.getoption("--update-golden"):
        golden.write_text(pages[path], "utf-8")
    assert pages[path] == golden.read_text("utf-8")


def test_every_url_of_the_contract_has_a_page(pages: dict[str, str]) -> None:
    wanted = [
        "", "papers/zhu2025dogs/", "venues/", "venues/conf/", "venues/conf/2024/", "venues/preprint/2025/",
        "venues/preprint/2025-preprint-2025-late/", "topics/", "topics/animals/", "authors/", "authors/plato/",
        "institutions/", "institutions/agh/", "archive/", "archive/2025/", "archive/2025/05/", "archive/2025/05/02/",
        "archive/added/", "archive/added/2025/05/",
        "search/", "about/", "stats/", "awards/", "collections/", "collections/first-cats/",
        "glossary/", "tags/survey/",
    ]  # fmt: skip
    assert [url for url in wanted if f"{url}index.md" not in pages] == []


def test_the_same_pages_from_any_order_of_files() -> None:
    content = load(TOY).content
    shuffled = list(content.papers)
    random.Random(7).shuffle(shuffled)
    mixed = replace(
        content, papers=tuple(shuffled), topics=tuple(reversed(content.topics)), series=tuple(reversed(content.series))
    )
    first, second = (
        [(page.path, page.text) for page in all_pages(build_catalog(c), SETTINGS, ROOT / "theme")]
        for c in (content, mixed)
    )
    assert first == second


@pytest.mark.parametrize("which", ["toy", "real"])
def test_counts_add_up(which: str, request: pytest.FixtureRequest) -> None:
    catalog: Catalog = request.getfixturevalue(which)
    views = Views(catalog, SETTINGS)
    total = len(catalog.papers)
    assert sum(views.edition(edition_id).count for edition_id in catalog.editions) == total
    assert sum(len(catalog.papers_in_series(series_id)) for series_id in catalog.series) == total
    assert sum(len(ids) for ids in catalog.papers_by_added.values()) == total
    for topic_id, link in ((t, views.topic(t)) for t in catalog.topics):
        below = {
            paper.id for paper in catalog.papers.values()
            if any(topic_id == t or topic_id in catalog.ancestors(t) for t in paper.topics)
        }  # fmt: skip
        assert link.count == len(below)
    assert sum(len(entry.papers) for entry in catalog.authors.values()) == sum(
        len(set(catalog.author_ids[paper.id])) for paper in catalog.papers.values()
    )


def test_many_names_stand_on_pages_by_letter(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each name on one page, all pages linked from the first, and nobody's address is taken, whatever their name."""
    monkeypatch.setattr(name_index, "MAX_ON_ONE_PAGE", 3)
    monkeypatch.setattr(name_index, "NAMES_ON_A_PAGE", 2)
    papers = [*toy.papers.values()]
    called = tuple(
        Author(name=name) for name in ("Letter", "A", "Page", "Lee Letter", "Li Letter", "Zoé", "李明", "42")
    )
    papers[0] = replace(papers[0], authors=(*papers[0].authors, *called))
    content = replace(load(TOY).content, papers=tuple(papers))
    catalog = build_catalog(content)
    pages = [*all_pages(catalog, SETTINGS, ROOT / "theme")]
    paths = [page.path for page in pages]
    assert sorted(paths) == sorted(set(paths))
    by_letter = [page for page in pages if page.path.startswith("authors/letter/") and page.path.count("/") > 2]
    listed = [
        posixpath.normpath(f"{page.path}/../{link}")
        for page in by_letter
        for link in re.findall(r"^- \[.*\]\(([^)]*)\)", page.text, re.MULTILINE)
    ]
    assert all(page.text.count("\n- [") <= name_index.NAMES_ON_A_PAGE for page in by_letter)
    assert sorted(listed) == sorted(f"authors/{author}/index.md" for author in catalog.authors)
    assert "authors/letter/l/page/2/index.md" in paths
    assert "authors/letter/other/index.md" in paths
    front = next(page.text for page in pages if page.path == "authors/index.md")
    firsts = {page.path.removeprefix("authors/") for page in by_letter if "/page/" not in page.path}
    assert set(re.findall(r"\]\((letter/[^)]*)\)", front)) == firsts | {"letter/index.md"}


def test_a_map_of_many_draws_the_newest_and_leads_to_all(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_pages, "MAX_DOTS", 2)
    text = next(page.text for page in all_pages(toy, SETTINGS, ROOT / "theme") if page.path == "map/index.md")
    assert set(re.findall(r'<a href="\.\./papers/([^/]*)/"><circle', text)) == set(list(toy.papers)[:2])
    assert f"The map shows the newest 2 of {len(toy.papers)} papers." in text
    counts = [len(toy.papers_by_topic[topic]) for topic in toy.subtopics[""] if topic in toy.papers_by_topic]
    assert [int(n) for n in re.findall(r'^- .*<span class="count">(\d+)<', text, re.MULTILINE)] == counts


def test_many_corrections_stand_on_several_pages(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "CORRECTIONS_ON_A_PAGE", 1)
    pages = {page.path: page.text for page in all_pages(toy, SETTINGS, ROOT / "theme")}
    counts = [text.count("\n- ") for path, text in pages.items() if path.startswith("corrections/")]
    assert len(counts) > 1
    assert set(counts) == {1}


def test_names_of_one_person_are_joined(toy: Catalog) -> None:
    entry = toy.authors["gido-van-de-ven"]
    assert entry.variants == ("G. M. van de Ven",)
    assert set(entry.papers) == {"oconnor2025cats", "zhu2025dogs"}


def test_spellings_of_one_institution_are_joined(toy: Catalog) -> None:
    assert set(toy.institutions["agh"].papers) == {"oconnor2025cats", "garcia2024null"}


def test_long_lists_are_cut_into_pages() -> None:
    assert [len(part) for part in paged(range(250), 100)] == [100, 100, 50]
    assert paged([], 100) == [[]]


def test_an_empty_digest_has_pages_too() -> None:
    pages = [page.path for page in all_pages(build_catalog(Content()), SETTINGS, ROOT / "theme")]
    assert {"index.md", "archive/index.md", "authors/index.md"} <= set(pages)


def test_a_list_page_says_when_it_has_more(tmp_path: Path, toy: Catalog) -> None:
    small = replace(SETTINGS, page_size=2)
    paths = {page.path for page in all_pages(toy, small, ROOT / "theme")}
    assert "topics/animals/page/2/index.md" in paths


@pytest.mark.parametrize(
    ("total", "number", "shown"),
    [
        (1, 1, ""),
        (3, 2, "1 [2] 3"),
        (12, 7, "1 2 3 4 5 6 [7] 8 9 10 11 12"),
        (13, 1, "[1] 2 3 … 11 … 13"),
        (400, 200, "1 … 100 … 190 … 198 199 [200] 201 202 … 210 … 300 … 400"),
        (400, 400, "1 … 300 … 390 … 398 399 [400]"),
    ],
)
def test_a_pager_names_all_of_few_pages_and_some_of_many(total: int, number: int, shown: str) -> None:
    links = pager("topics/cats", total, number)
    assert (
        " ".join("…" if link is None else link.text if link.site_path else f"[{link.text}]" for link in links) == shown
    )
    assert all(link.site_path == "topics/cats" for link in links if link and link.text == "1" and link.site_path)


def test_a_paper_stands_as_deep_in_the_archive_as_its_date_is_known(pages: dict[str, str], toy: Catalog) -> None:
    def shown(place: str) -> list[str]:
        listed = r'papers/([^/]*)/(?:index\.md\) <span|">.*</a>.*\n</h3>)'
        return re.findall(listed, pages[f"archive/{place}/index.md"])

    assert toy.papers["zhu2025dogs"].published == date(2025, 5, 2)
    assert shown("2025/05/02") == shown("2025/05") == ["zhu2025dogs"]  # the day is stated
    assert "oconnor2025cats" in shown("2025/01")  # the month of the arXiv id
    assert shown("2024") == ["garcia2024null"]  # the year of the edition
    assert set(shown("added/2025/05")) == {"zhu2025dogs", "oconnor2025cats"}
    assert next(iter(toy.papers)) == "zhu2025dogs"
    assert sorted(toy.papers, key=lambda paper: toy.date_of(toy.papers[paper]), reverse=True) == list(toy.papers)


@pytest.mark.parametrize(
    ("published", "arxiv", "starts", "year", "when"),
    [
        (date(2025, 5, 2), "2504.00001", date(2025, 6, 1), 2025, "2025-05-02"),
        (None, "2504.00001", date(2025, 6, 1), 2025, "2025-04"),
        (None, "2508.00001", date(2025, 6, 1), 2025, "2025-06"),  # posted after the conference
        (None, "2504.00001", None, 2025, "2025-04"),
        (None, "2604.00001", None, 2025, "2025"),
        (None, None, date(2025, 6, 1), 2025, "2025-06"),
        (None, None, None, 2025, "2025"),
        (None, "2504.00001", None, None, "2025-04"),
        (None, None, None, None, ""),
    ],
)
def test_the_date_of_a_paper_is_as_exact_as_its_records(
    published: date | None, arxiv: str | None, starts: date | None, year: int | None, when: str
) -> None:
    content = load(TOY).content
    paper = replace(content.papers[0], published=published, arxiv=arxiv, venue="e")
    series = Series(id="s", name="S", kind=VenueKind.CONFERENCE, editions=(Edition(id="e", year=year, starts=starts),))
    catalog = build_catalog(replace(content, papers=(paper,), series=(series,)))
    assert catalog.date_of(paper) == when
    assert dict(catalog.papers_by_date) == {when: (paper.id,)}


def test_a_paper_says_what_is_known_of_its_venue_and_where_its_text_was_read(toy: Catalog) -> None:
    noted = replace(toy.papers["oconnor2025cats"], venue_note={"": "Looked for in *vain*."})
    others = (paper for paper in toy.papers.values() if paper.id != noted.id)
    catalog = build_catalog(replace(load(TOY).content, papers=(noted, *others)))
    pages = {page.path: page.text for page in all_pages(catalog, SETTINGS, ROOT / "theme")}
    text = pages["papers/oconnor2025cats/index.md"]
    assert "\n- Looked for in \\*vain\\*.\n" in text
    assert "[abstract](https://arxiv.org/abs/2501.01234)" in text
    assert "Based on: abstract (v1)." in text


def test_a_small_track_has_one_heading(toy: Catalog) -> None:
    """Three orals on two topics stand together; many posters are divided by topic."""
    views, tracks, topics = Views(toy, SETTINGS), Counter({"oral": 3, "poster": 40}), list(toy.topics)[:2]

    def headings(track: str) -> set[str]:
        papers = [InEdition(f"{track}-{topic}", track, topic) for topic in topics]
        return {headed_paper(views, paper, tracks).heading.title for paper in papers}

    assert headings("oral") == {"Oral"}
    assert len(headings("poster")) == 2


@pytest.mark.parametrize(("total", "shown"), [(0, 0), (2, 2), (3, 3), (4, 4), (5, 3), (90, 3)])
def test_no_list_of_names_ends_with_one_more(total: int, shown: int) -> None:
    assert names_shown(total, 3) == shown
