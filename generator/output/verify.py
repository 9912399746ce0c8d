"""A built site is looked over before it is published: every page is there and whole, and search knows every paper."""

import json
from collections.abc import Iterable
from pathlib import Path

_ROOT_FILES = ("404.html", "sitemap.xml")


def faults_of(site: Path, pages: Iterable[str], papers: int, index: str) -> list[str]:
    """What is missing or cut in the folder ``site``; empty if all is well.

    ``pages`` are the paths of the Markdown pages, ``papers`` how many the index in the folder ``index`` must know.
    """
    wanted = [*_ROOT_FILES, *(path.removesuffix(".md") + ".html" for path in pages)]
    faults = [fault for name in wanted if (fault := _fault(site / name))]
    entry = site / index / "pagefind-entry.json"
    try:
        known = sum(language["page_count"] for language in json.loads(entry.read_bytes())["languages"].values())
    except (OSError, ValueError, KeyError) as error:
        return [*faults, f"{entry}: the search index cannot be read ({error})"]
    if known != papers:
        faults.append(f"{entry}: search knows {known:,} papers of {papers:,}")
    return faults


def _fault(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(-64, 2)
            end = file.read().rstrip()
    except OSError:
        return f"{path}: missing or empty"
    return "" if end.endswith((b"</html>", b"</urlset>", b"</sitemapindex>")) else f"{path}: cut before its end"
