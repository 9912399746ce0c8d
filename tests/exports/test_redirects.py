"""Addresses that moved lead on: earlier ids of papers, and names that were joined."""

import json
import re
from dataclasses import replace
from pathlib import Path

from generator.build.inputs import Inputs
from generator.build.task import File
from generator.commands.check import problems_of
from generator.exports.paper_texts import PaperTexts
from generator.exports.redirects import Redirects
from generator.model import site_paths
from generator.model.catalog import Catalog, build_catalog
from generator.model.period import Length, period_of
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY

THEME = ROOT / "theme"


def redirect_files(catalog: Catalog) -> list[File]:
    tasks = Redirects(PaperTexts(catalog, SETTINGS, THEME, Inputs())).tasks()
    return [file for task in tasks for file in task.run({}) if isinstance(file, File)]


def test_an_alias_and_a_joined_name_redirect(toy: Catalog) -> None:
    moved = {page.path: page.text for page in redirect_files(toy)}
    assert 'url=../../papers/berg2025many/"' in moved["papers/berg2025lots/index.html"]
    assert 'href="https://toy.example/papers/berg2025many/"' in moved["papers/berg2025lots/index.html"]
    assert "authors/g-m-van-de-ven/index.html" in moved
    assert set(moved) & {f"{kind}/{name}/index.html" for kind in ("authors", "papers") for name in toy.authors} == set()


def test_an_edition_whose_year_became_known_keeps_its_earlier_address(content: Path) -> None:
    venue = content / "venues/conf.yaml"
    venue.write_text(
        venue.read_text("utf-8").replace("- id: conf-2025\n", "- id: conf-2025\n  aliases:\n  - conf\n"), "utf-8"
    )
    (content / "permalinks.txt").write_text("venues/conf/conf\n", "utf-8")
    loaded = load(content)
    assert problems_of(loaded) == []
    moved = {page.path: page.text for page in redirect_files(build_catalog(loaded.content))}
    assert 'url=../../../venues/conf/2025/"' in moved["venues/conf/conf/index.html"]
    venue.write_text(venue.read_text("utf-8").replace("  - conf\n", "  - 2024\n"), "utf-8")
    assert {problem.code for problem in problems_of(load(content))} == {"E313", "E320"}


def test_the_record_is_also_at_an_alias_with_the_new_id(toy: Catalog) -> None:
    moved = {page.path: page.text for page in redirect_files(toy)}
    assert [path for path in moved if path.endswith(".json")] == ["papers/berg2025lots/index.json"]
    record = json.loads(moved["papers/berg2025lots/index.json"])
    assert (record["id"], record["aliases"]) == ("berg2025many", ["berg2025lots"])


def test_a_hostile_title_is_inert_there(toy: Catalog) -> None:
    cats = replace(toy.papers["oconnor2025cats"], aliases=("old",))
    (page,) = [
        page
        for page in redirect_files(replace(toy, papers={"oconnor2025cats": cats}))
        if page.path == "papers/old/index.html"
    ]
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text


def test_no_redirect_replaces_a_page(content: Path) -> None:
    """A name that was joined to one person but is another's slug as well keeps its page."""
    (content / "people/x.yaml").write_text("name: Zhu Li\naliases:\n- Plato\n", "utf-8")
    (content / "people/y.yaml").write_text("name: Platon\n", "utf-8")
    catalog = build_catalog(load(content).content)
    paths = [page.path for page in redirect_files(catalog)]
    assert len(paths) == len(set(paths))
    assert not {f"authors/{name}/index.html" for name in catalog.authors} & set(paths)


def test_every_link_target_exists_in_the_built_site(toy_site: Path) -> None:
    count = 0
    for page in toy_site.rglob("index.html"):
        text = page.read_text("utf-8")
        if match := re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text):
            assert (page.parent / match[1] / "index.html").is_file(), page
            count += 1
    assert count >= 2


def test_former_pages_of_the_founding_collection_redirect(toy: Catalog) -> None:
    """It stood in the archive, then by date added, and in weeks."""
    content = load(TOY).content
    first, last = min(toy.papers_by_added), max(toy.papers_by_added)
    moved = {page.path: page.text for page in redirect_files(build_catalog(content, last))}
    week = site_paths.earlier_week(period_of(Length.WEEK, first).slug)
    assert '/archive/added/2025/01/"' in moved[f"{week}/index.html"]  # a week without picks, so without a page
    places_of_days = {site_paths.archive(when) for when in toy.papers_by_date}
    assert not {f"{place}/index.html" for place in places_of_days} & set(moved)
    days = {site_paths.archive(day.isoformat()) for day in toy.papers_by_added} - places_of_days
    assert days
    assert {f"{place}/index.html" for place in days} <= set(moved)
    assert not [path for path in (page.path for page in redirect_files(toy)) if path.startswith("archive/")]
