"""Check a built site before publishing: every page exists and is complete, and every paper is in the search index."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

_ROOT_FILES = ("404.html", "sitemap.xml")


def faults_of(
    site: Path, pages: Iterable[str], papers: int, index: str, known: Callable[[str], bool] = lambda _path: False
) -> list[str]:
    """Return the missing or truncated files in the folder ``site``; empty if there are none.

    ``pages`` are the paths of the Markdown pages; ``papers`` is the number of papers expected in the index in the
    folder ``index``. Files for which ``known`` returns true, by path in the site, are not read.
    """
    expected = [*_ROOT_FILES, *(path.removesuffix(".md") + ".html" for path in pages)]
    faults = [fault for name in expected if not known(name) and (fault := _fault(site / name))]
    entry = site / index / "pagefind-entry.json"
    try:
        indexed = sum(language["page_count"] for language in json.loads(entry.read_bytes())["languages"].values())
    except (OSError, ValueError, KeyError) as error:
        return [*faults, f"{entry}: the search index cannot be read ({error})"]
    if indexed != papers:
        faults.append(f"{entry}: search knows {indexed:,} papers of {papers:,}")
    return faults + _missing_words(site / "search")


def _missing_words(search: Path) -> list[str]:
    """Missing word files that the search's ``index.json`` names: a search for their words would fail."""
    if not (index := search / "index.json").is_file():
        return []
    try:
        parts = json.loads(index.read_bytes())
        expected = {"words": _names(parts["words"]), "words/ends": _names(parts["ends"])}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        return [f"{index}: the words of search cannot be read ({error})"]
    return [
        f"{search / folder / name}.json: missing"
        for folder, names in expected.items()
        for name in sorted({*names} - {path.stem for path in (search / folder).glob("*.json")})
    ]


def _names(groups: str) -> list[str]:
    """The names of word files: each is named after the first prefix in it."""
    return [group.split()[0] for group in groups.split("|") if group]


def _fault(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(-64, 2)  # the end shows a truncated file; fails with OSError if it is shorter
            end = file.read().rstrip()
    except OSError:
        return f"{path}: missing or empty"
    return "" if end.endswith((b"</html>", b"</urlset>", b"</sitemapindex>")) else f"{path}: cut before its end"
