"""The size of a site, and the hosts whose limits it fits.

Limits were checked on 2026-11-28:

- GitHub Pages: https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits
- Cloudflare Pages: https://developers.cloudflare.com/pages/platform/limits/
- GitLab Pages: https://docs.gitlab.com/user/gitlab_com/#gitlab-pages
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.build.output import sizes_below

LIMITS_CHECKED = "2026-11-28"


class Host(NamedTuple):
    """The limits of a host: total bytes, files, entries (files and folders), bytes per file. 0 means no limit."""

    name: str
    size: int = 0
    files: int = 0
    entries: int = 0
    largest: int = 0


HOSTS = (
    Host("GitHub Pages", size=1_000_000_000),
    Host("Cloudflare Pages", files=20_000, largest=25 * 1024 * 1024),
    Host("Cloudflare Pages (paid)", files=100_000, largest=25 * 1024 * 1024),
    Host("GitLab Pages", entries=200_000),
)


class SiteSize(NamedTuple):
    """The size of a built site: numbers of papers, files and folders, total bytes, and bytes of the largest file."""

    papers: int
    files: int
    folders: int
    size: int
    largest: int

    def fits(self, host: Host) -> bool:
        """Whether the site is within the host's limits."""
        amounts = (self.size, self.files, self.files + self.folders, self.largest)
        limits = (host.size, host.files, host.entries, host.largest)  # in the order of ``amounts``
        return all(amount <= limit for amount, limit in zip(amounts, limits, strict=True) if limit)

    def __str__(self) -> str:
        """Files and bytes, in total and per paper, and the hosts that fit."""
        papers = max(self.papers, 1)
        hosts = ", ".join(host.name for host in HOSTS if self.fits(host)) or "none of the known hosts"
        return (
            f"{self.files:,} files, {self.size / 1e6:,.1f} MB; {self.files / papers:.1f} files, "
            f"{self.size / papers / 1000:.0f} KB per paper; fits {hosts} (limits of {LIMITS_CHECKED})"
        )


def size_of_files(sizes: Mapping[str, int]) -> SiteSize:
    """The size of a site from the sizes of its files by path."""
    # Each paper has one such file. The folder that redirects from a renamed paper's old address has none.
    papers = sum(path.endswith("/cite.bib") for path in sizes)
    folders: set[str] = set()
    for path in sizes:
        # If a folder is in the set, all folders above it are, too.
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return SiteSize(papers, len(sizes), len(folders), sum(sizes.values()), max(sizes.values(), default=0))


def size_of(site: Path) -> SiteSize:
    """The size of the site in a folder. Raises OSError."""
    return size_of_files(sizes_below(os.fspath(site)))
