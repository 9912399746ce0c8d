"""The number of files and bytes for each paper, and the report of a site's size."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from statistics import median

from generator.build.cache import Cache
from generator.commands import doctor
from generator.commands.doctor import State
from generator.commands.project import Project
from generator.commands.site_builder import build_site
from generator.commands.stages import Stages
from generator.model.catalog import Catalog
from generator.site.hosts import Host, size_of
from generator.site.publish import publish
from generator.site.staging import staging
from tests.conftest import ROOT, SETTINGS

FILES, BYTES = 17, 100_000
"""The most that a paper costs, all files and bytes shared out among the papers."""
SEARCH_FILES = 900
MEDIANS = {"papers/*/index.html": 14 * 1024, "papers/*/card.png": 11_000, "authors/*/index.html": 6_000}
"""Bytes that the median file of a kind stays below, uncompressed."""


def _sizes(paths: Iterable[Path]) -> list[int]:
    return [path.stat().st_size for path in paths]


def test_the_real_digest_is_within_its_budget(real_site: Path) -> None:
    size = size_of(real_site)
    assert size.papers == 521
    assert size.files <= FILES * size.papers
    assert size.size <= BYTES * size.papers
    assert size.fits(Host("a host that takes 20,000 files", files=20_000))
    searched = [path for folder in ("search", "pagefind") for path in (real_site / folder).rglob("*")]
    assert sum(path.is_file() for path in searched) <= SEARCH_FILES
    medians = {pattern: median(_sizes(real_site.glob(pattern))) for pattern in MEDIANS}
    assert {pattern: size for pattern, size in medians.items() if size >= MEDIANS[pattern]} == {}


def test_a_build_reports_the_size_of_its_site(toy: Catalog, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for settings in (
        SETTINGS,
        replace(SETTINGS, feeds_from=9999, social_cards=False),
    ):  # the second has files to delete
        project = Project(ROOT / "mkdocs.yml", ROOT / "theme", settings, toy)
        with staging(site, Cache()) as staged:
            result = build_site(project, staged, Cache(), Stages())
            publish(staged.path, site)
        assert result.size == size_of(site)


def test_doctor_names_the_hosts_that_a_site_fits(toy_site: Path, tmp_path: Path) -> None:
    assert doctor.check_size(toy_site).state is State.GOOD
    assert "fits GitHub Pages" in doctor.check_size(toy_site).detail
    assert doctor.check_size(tmp_path).state is State.NOTE
