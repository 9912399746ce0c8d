"""A built site is looked over before it is published: every page is there and whole, and search knows every paper."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

_ROOT_FILES = ("404.html", "sitemap.xml")


def faults_of(
    site: Path, pages: Iterable[str], papers: int, index: str, known: Callable[[str], bool] = lambda _path: False
) -> list[str]:
    """What is missing or cut in the folder ``site``; empty if all is well.

    ``pages`` are the paths of the Markdown pages, ``papers`` how many the index in the folder ``index`` must know.
    What is ``known`` to be whole, by its path in the site, is not read.
    """
    wanted = [*_ROOT_FILES, *(path.removesuffix(".md") + ".html" for path in pages)]
    faults = [fault for name in wanted if not known(name) and (fault := _fault(site / name))]
    entry = site / index / "pagefind-entry.json"
    try:
        indexed = sum(language["page_count"] for language in json.loads(entry.read_bytes())["languages"].values())
    except (OSError, ValueError, KeyError) as error:
        return [*faults, f"{entry}: the search index cannot be read ({error})"]
    if indexed != papers:
        faults.append(f"{entry}: search knows {indexed:,} papers of {papers:,}")
    return faults + _missing_words(site / "search")


def _missing_words(search: Path) -> list[str]:
    """Files of search's words that ``index.json`` names and that are not there: a search for such a word would fail."""
    if not (index := search / "index.json").is_file():
        return []
    try:
        parts = json.loads(index.read_bytes())
        wanted = {"words": _names(parts["words"]), "words/ends": _names(parts["ends"])}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        return [f"{index}: the words of search cannot be read ({error})"]
    return [
        f"{search / folder / name}.json: missing"
        for folder, names in wanted.items()
        for name in sorted({*names} - {path.stem for path in (search / folder).glob("*.json")})
    ]


def _names(groups: str) -> list[str]:
    """The names of files of words: each is the first of the beginnings that the file holds."""
    return [group.split()[0] for group in groups.split("|") if group]


def _fault(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(-64, 2)
            end = file.read().rstrip()
    except OSError:
        return f"{path}: missing or empty"
    return "" if end.endswith((b"</html>", b"</urlset>", b"</sitemapindex>")) else f"{path}: cut before its end"
