"""Check a built site: every page exists and is complete, every paper is in the search index, and links have targets.

The first two are checked before each publishing, all internal links (pages, files, anchors) by ``digest links``.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_ROOT_FILES = ("404.html", "sitemap.xml")
_TAG = re.compile(rb"<(?:a|link|script|img)\s[^>]*?(?:href|src)=\"([^\"]*)\"", re.IGNORECASE)
_ID = re.compile(rb"\sid=\"([^\"]+)\"")
_BASE = "https://site.invalid/"  # any origin serves to resolve relative links
_NOT_FOUND_PAGE = "404.html"
"""Not checked: its links are absolute, since hosts serve it at any address."""


def site_faults(
    site: Path, pages: Iterable[str], papers: int, index: str, is_verified: Callable[[str], bool] = lambda _path: False
) -> list[str]:
    """Return the missing or truncated files in the folder ``site``; empty if there are none.

    ``pages`` are the paths of the Markdown pages; ``papers`` is the number of papers expected in the index in the
    folder ``index``. Files for which ``is_verified`` returns true, by path in the site, are not read.
    """
    expected = [*_ROOT_FILES, *(path.removesuffix(".md") + ".html" for path in pages)]
    faults = [fault for name in expected if not is_verified(name) and (fault := _fault(site / name))]
    entry = site / index / "pagefind-entry.json"
    try:
        indexed = sum(language["page_count"] for language in json.loads(entry.read_bytes())["languages"].values())
    except (OSError, ValueError, KeyError, TypeError) as error:
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
        # Folders of the files, relative to ``search/``, and the prefixes after which their files are named.
        expected = {"words": _names(parts["words"]), "words/ends": _names(parts["ends"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
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


def broken_links(site: Path, address: str) -> Iterator[str]:
    """Yield ``page: link: reason`` for each broken link. ``address`` is the site's, to recognize absolute links."""
    pages = {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.html"))}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    anchors: dict[str, set[str]] = {}
    for name, data in pages.items():
        # ``fromkeys`` removes duplicates and keeps their order.
        for link in dict.fromkeys(html.unescape(match.decode("utf-8")) for match in _TAG.findall(data)):
            if name != _NOT_FOUND_PAGE and (why := _link_fault(name, link, address, files, pages, anchors)):
                yield f"{name}: {link}: {why}"


def _link_fault(
    name: str, link: str, address: str, files: set[str], pages: Mapping[str, bytes], anchors: dict[str, set[str]]
) -> str:
    from_root = link.removeprefix(address) if link.startswith(address) else None
    try:
        target = urlsplit(
            urljoin(_BASE + ("" if from_root is not None else name), link if from_root is None else from_root)
        )
    except ValueError:
        return "it cannot be read"
    # This checks the site itself; ``digest links`` requests addresses of other sites.
    if f"{target.scheme}://{target.netloc}/" != _BASE:
        return ""
    path = unquote(target.path).lstrip("/")
    # Hosts serve the index of a folder.
    path = path if path and not path.endswith("/") else f"{path}index.html"
    if path not in files:
        return f"there is no {path}"
    if target.fragment and path in pages:
        if path not in anchors:
            anchors[path] = {html.unescape(match.decode("utf-8")) for match in _ID.findall(pages[path])}
        if unquote(target.fragment) not in anchors[path]:
            return f"{path} has no #{target.fragment}"
    return ""
