"""Check all internal links of a built site: to pages, files and anchors."""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_TAG = re.compile(rb"<(?:a|link|script|img)\s[^>]*?(?:href|src)=\"([^\"]*)\"", re.IGNORECASE)
_ID = re.compile(rb"\sid=\"([^\"]+)\"")
_BASE = "https://site.invalid/"  # any origin serves to resolve relative links
_ROOTED = "404.html"
"""Not checked: its links are absolute, since hosts serve it at any address."""


def broken_links(site: Path, address: str) -> Iterator[str]:
    """Yield ``page: link: reason`` for each broken link. ``address`` is the site's, to recognize absolute links."""
    pages = {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.html"))}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    anchors: dict[str, set[str]] = {}
    for name, data in pages.items():
        for link in dict.fromkeys(html.unescape(match.decode("utf-8")) for match in _TAG.findall(data)):
            if name != _ROOTED and (why := _fault(name, link, address, files, pages, anchors)):
                yield f"{name}: {link}: {why}"


def _fault(
    name: str, link: str, address: str, files: set[str], pages: Mapping[str, bytes], anchors: dict[str, set[str]]
) -> str:
    rooted = link.removeprefix(address) if link.startswith(address) else None
    try:
        target = urlsplit(urljoin(_BASE + ("" if rooted is not None else name), link if rooted is None else rooted))
    except ValueError:
        return "it cannot be read"
    if f"{target.scheme}://{target.netloc}/" != _BASE:
        return ""
    path = unquote(target.path).lstrip("/")
    path = path if path and not path.endswith("/") else f"{path}index.html"
    if path not in files:
        return f"there is no {path}"
    if target.fragment and path in pages:
        if path not in anchors:
            anchors[path] = {html.unescape(match.decode("utf-8")) for match in _ID.findall(pages[path])}
        if unquote(target.fragment) not in anchors[path]:
            return f"{path} has no #{target.fragment}"
    return ""
