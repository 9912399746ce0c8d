"""Resolve the links of pages written by hand: to pages, to files beside them, or elsewhere.

A target is relative to the source file, as in Material's documentation (``setup.md``, ``../shot.png``), relative to the
page's address (``../papers/ID/``), or relative to the root of the site (``/papers/ID/``).
"""

import posixpath
from collections.abc import Container, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.model.places import TAKEN

GENERATED = TAKEN | frozenset("contribute corrections data feeds subscribe".split())
"""Top-level folders of generated pages. A page written by hand may replace some of them."""


class Target(NamedTuple):
    """The target of a link within the site: a page's folder or a file's path, the anchor, and whether it exists.

    ``path`` is None for an external link.
    """

    path: str | None
    anchor: str
    is_file: bool
    exists: bool


def target_of(page_id: str, link: str, pages: Container[str], files: Container[str]) -> Target:
    """Resolve ``link`` on a page, given all pages written by hand and the files beside them."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return Target(None, "", is_file=False, exists=True)
    if not parts.path:
        return Target(page_id, parts.fragment, is_file=False, exists=True)
    candidates = [_target(path, pages, files) for path in _candidates(page_id, unquote(parts.path))]
    path, is_file, exists = next((candidate for candidate in candidates if candidate[2]), candidates[0])
    return Target(path, parts.fragment, is_file, exists)


def _candidates(page_id: str, path: str) -> Iterator[str]:
    """The possible meanings of a link as paths from the site's root, most likely first."""
    if path.startswith("/"):
        yield _normal(path.lstrip("/"))
        return
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(page_id), path))
    if not inside.startswith(".."):
        yield _normal(inside)
    # Directory URLs add a level: ``howto.md`` becomes ``howto/``, so an address has one ``../`` more than a file path.
    yield _normal(posixpath.normpath(posixpath.join(page_id, path)).removeprefix("../"))


def _normal(path: str) -> str:
    return "" if path == "." else path.rstrip("/")


def _target(path: str, pages: Container[str], files: Container[str]) -> tuple[str, bool, bool]:
    if path in files:
        return path, True, True
    stem = path.removesuffix(".md") if path.endswith(".md") else path.removesuffix(".html")
    place = "" if stem == "index" else stem.removesuffix("/index")
    exists = place == "" or place in pages or place.partition("/")[0] in GENERATED
    return place, False, exists
