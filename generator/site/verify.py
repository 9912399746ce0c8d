"""Check a built site: every page exists and is complete, every paper is in the search index, and links have targets.

``digest build`` checks pages and index before it publishes a site. ``digest links`` checks the internal links (to
pages, files and anchors).
"""

import html
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_ROOT_FILES = ("404.html", "sitemap.xml")
# ``<a class="x" href="../y/">``: the group is the address.
_LINK = re.compile(rb"<(?:a|link|script|img)\s[^>]*?(?:href|src)=\"([^\"]*)\"", re.IGNORECASE)
_ID = re.compile(rb"\sid=\"([^\"]+)\"")
_PLACEHOLDER_ORIGIN = "https://site.invalid/"  # any origin serves to resolve relative links
_NOT_FOUND_PAGE = "404.html"
"""A page whose links are not checked: they are absolute, since hosts serve it at any address."""


def site_faults(
    site: Path, pages: Iterable[str], papers: int, index: str, is_verified: Callable[[str], bool] = lambda _path: False
) -> list[str]:
    """Return a message for each missing or truncated file in the folder ``site``, and for each fault of its search.

    ``pages`` are the paths of the Markdown pages. ``papers`` is the number of papers expected in the search index,
    which is in the folder ``index`` of the site. If ``is_verified(path)`` is true, the file is not read.
    """
    expected = [*_ROOT_FILES, *(path.removesuffix(".md") + ".html" for path in pages)]
    faults = [fault for name in expected if not is_verified(name) and (fault := _file_fault(site / name))]
    entry = site / index / "pagefind-entry.json"
    try:
        indexed = sum(language["page_count"] for language in json.loads(entry.read_bytes())["languages"].values())
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [*faults, f"{entry}: the search index cannot be read ({error})"]
    if indexed != papers:
        faults.append(f"{entry}: the search index has {indexed:,} papers of {papers:,}")
    return faults + _missing_word_files(site / "search")


def _missing_word_files(search: Path) -> list[str]:
    """Return a message for each missing word file that ``index.json`` in the folder ``search`` names."""
    if not (index := search / "index.json").is_file():
        return []
    try:
        fields = json.loads(index.read_bytes())
        # The names of files without ``.json``, by their folders in ``search/``.
        expected = {"words": _word_file_names(fields["words"]), "words/ends": _word_file_names(fields["ends"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"{index}: the words of search cannot be read ({error})"]
    return [
        f"{search / folder / name}.json: missing"
        for folder, names in expected.items()
        for name in sorted({*names} - {path.stem for path in (search / folder).glob("*.json")})
    ]


def _word_file_names(groups: str) -> list[str]:
    """The names of word files, each of which is the first prefix of a group: ``a ab|c`` gives ``a`` and ``c``."""
    return [group.split()[0] for group in groups.split("|") if group]


def _file_fault(path: Path) -> str:
    """What is wrong with a page or sitemap; '' if nothing is."""
    try:
        with path.open("rb") as file:
            file.seek(-64, os.SEEK_END)  # a shorter file raises OSError
            end = file.read().rstrip()
    except OSError:
        return f"{path}: missing or empty"
    return "" if end.endswith((b"</html>", b"</urlset>", b"</sitemapindex>")) else f"{path}: cut before its end"


def broken_links(site: Path, address: str) -> Iterator[str]:
    """Yield ``page: link: reason`` for each broken link.

    ``address`` is that of the published site: absolute links that begin with it are internal.
    """
    pages = {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.html"))}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    anchors: dict[str, set[str]] = {}
    for page, content in pages.items():
        # ``fromkeys`` removes duplicates and keeps their order.
        for link in dict.fromkeys(html.unescape(match.decode("utf-8")) for match in _LINK.findall(content)):
            if page != _NOT_FOUND_PAGE and (why := _link_fault(page, link, address, files, pages, anchors)):
                yield f"{page}: {link}: {why}"


def _link_fault(
    page: str, link: str, address: str, files: set[str], pages: Mapping[str, bytes], anchors: dict[str, set[str]]
) -> str:
    """What is wrong with a link; '' if nothing is. ``anchors`` caches the ids of pages, by their paths."""
    is_absolute = link.startswith(address)
    try:
        base = _PLACEHOLDER_ORIGIN if is_absolute else _PLACEHOLDER_ORIGIN + page
        target = urlsplit(urljoin(base, link.removeprefix(address) if is_absolute else link))
    except ValueError:
        return "it cannot be read"
    # Links to other sites are not checked here: ``digest links`` sends requests to them.
    if f"{target.scheme}://{target.netloc}/" != _PLACEHOLDER_ORIGIN:
        return ""
    path = unquote(target.path).lstrip("/")
    # For the address of a folder, hosts serve its ``index.html``.
    path = path if path and not path.endswith("/") else f"{path}index.html"
    if path not in files:
        return f"there is no {path}"
    if target.fragment and path in pages:
        if path not in anchors:
            anchors[path] = {html.unescape(id_.decode("utf-8")) for id_ in _ID.findall(pages[path])}
        if unquote(target.fragment) not in anchors[path]:
            return f"{path} has no #{target.fragment}"
    return ""
