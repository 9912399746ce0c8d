"""Pages: golden Markdown that a person can read, counts that add up, and the same bytes in any order."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.catalog import Catalog, build_catalog
from generator.model.content import Content
from generator.pages.all import all_pages
from generator.pages.views import Views, paged
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY

GOLDEN = ROOT / "tests" / "golden"
GOLDEN_PAGES = (
    "index.md", "papers/oconnor2025cats/index.md", "venues/conf/2025/index.md", "topics/cats/index.md",
    "authors/gido-van-de-ven/index.md", "archive/2025/05/02/index.md", "institutions/agh/index.md",
    "stats/index.md", "awards/index.md",
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
        "search/", "about/", "stats/", "awards/",
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
    assert sum(len(ids) for ids in catalog.papers_by_day.values()) == total
    for topic_id, link in ((t, views.topic(t)) for t in catalog.topics):
        below = {
            paper.id for paper in catalog.papers.values()
            if any(topic_id == t or topic_id in catalog.ancestors(t) for t in paper.topics)
        }  # fmt: skip
        assert link.count == len(below)
    assert sum(len(entry.papers) for entry in catalog.authors.values()) == sum(
        len({catalog.author_ids[name] for name in paper.author_names}) for paper in catalog.papers.values()
    )


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
