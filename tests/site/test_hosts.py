"""The size of a site, and the hosts whose limits it fits."""

from pathlib import Path

import pytest

from generator.site.hosts import HOSTS, SiteSize, size_of, size_of_files


def test_the_size_of_a_folder_is_that_of_its_files(toy_site: Path, tmp_path: Path) -> None:
    files = [path for path in toy_site.rglob("*") if path.is_file()]
    size = size_of(toy_site)
    assert size.papers == len(list(toy_site.glob("papers/*/cite.bib")))
    assert size.files == len(files)
    assert size.folders == len([path for path in toy_site.rglob("*") if path.is_dir()])
    assert size.size == sum(path.stat().st_size for path in files)
    assert size.largest == max(path.stat().st_size for path in files)
    assert str(size).startswith(f"{len(files):,} files, ")
    assert "0.0 files, 0 KB per paper; fits GitHub Pages, Cloudflare Pages" in str(size_of(tmp_path))


@pytest.mark.parametrize(
    ("size", "hosts"),
    [
        (SiteSize(1, 20_000, 100, 10**9, 1), {host.name for host in HOSTS}),
        (SiteSize(1, 20_001, 100, 10**9 + 1, 1), {"Cloudflare Pages (paid)", "GitLab Pages"}),
        (SiteSize(1, 99_000, 101_001, 10**9, 1), {"GitHub Pages", "Cloudflare Pages (paid)"}),
        (SiteSize(1, 2, 1, 10**8, 26_214_401), {"GitHub Pages", "GitLab Pages"}),
        (SiteSize(1, 10**6, 1, 10**10, 1), set()),
    ],
)  # fmt: skip
def test_a_site_fits_hosts_whose_limits_it_keeps(size: SiteSize, hosts: set[str]) -> None:
    assert {host.name for host in HOSTS if size.fits(host)} == hosts
    assert all(name in str(size) for name in hosts or {"none of the known hosts"})


def test_folders_above_files_are_counted_once_and_papers_by_their_citation() -> None:
    sizes = {"index.html": 5, "papers/a/cite.bib": 1, "papers/a/index.html": 7, "papers/b/index.html": 2}
    assert size_of_files(sizes) == SiteSize(papers=1, files=4, folders=3, size=15, largest=7)
    assert size_of_files({}) == SiteSize(0, 0, 0, 0, 0)
