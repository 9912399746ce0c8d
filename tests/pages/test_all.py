"""Pages: golden Markdown that a person can read, counts that add up, and the same bytes in any order."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.entities import Edition, Series, VenueKind
from generator.pages.all import all_pages
from generator.pages.views import Views
from generator.store.load import load
from generator.text.names import shown_count
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
    assert sum(views.edition_with_count(edition_id).count for edition_id in catalog.editions) == total
    assert sum(len(catalog.papers_in_series(series_id)) for series_id in catalog.series) == total
    assert sum(len(ids) for ids in catalog.papers_by_added.values()) == total
    for topic_id, link in ((t, views.topic_with_count(t)) for t in catalog.topics):
        below = {
            paper.id for paper in catalog.papers.values()
            if any(topic_id == t or topic_id in catalog.ancestors(t) for t in paper.topics)
        }  # fmt: skip
        assert link.count == len(below)
    assert sum(len(entry.papers) for entry in catalog.authors.values()) == sum(
        len(set(catalog.author_ids[paper.id])) for paper in catalog.papers.values()
    )


def test_names_of_one_person_are_joined(toy: Catalog) -> None:
    entry = toy.authors["gido-van-de-ven"]
    assert entry.variants == ("G. M. van de Ven",)
    assert set(entry.papers) == {"oconnor2025cats", "zhu2025dogs"}


def test_spellings_of_one_institution_are_joined(toy: Catalog) -> None:
    assert set(toy.institutions["agh"].papers) == {"oconnor2025cats", "garcia2024null"}


def test_an_empty_digest_has_pages_too() -> None:
    pages = [page.path for page in all_pages(build_catalog(Content()), SETTINGS, ROOT / "theme")]
    assert {"index.md", "archive/index.md", "authors/index.md"} <= set(pages)


def test_a_long_list_has_further_pages(tmp_path: Path, toy: Catalog) -> None:
    small = replace(SETTINGS, page_size=2)
    paths = {page.path for page in all_pages(toy, small, ROOT / "theme")}
    assert "topics/animals/page/2/index.md" in paths


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


@pytest.mark.parametrize(("total", "shown"), [(0, 0), (2, 2), (3, 3), (4, 4), (5, 3), (90, 3)])
def test_no_list_of_names_ends_with_one_more(total: int, shown: int) -> None:
    assert shown_count(total, 3) == shown
