"""Where the links of pages written by hand lead: to pages, to files beside them, or elsewhere.

A target is written as Material's documentation does, relative to the file (``setup.md``, ``../shot.png``), or as the
page's address sees it (``../papers/ID/``), or from the root of the site (``/papers/ID/``).
"""

import posixpath
from collections.abc import Container, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.model.places import TAKEN

GENERATED = TAKEN | frozenset("contribute corrections data feeds subscribe".split())
"""The first folders of pages that the generator writes; a page written by hand may take the place of some."""


class Target(NamedTuple):
    """Where a link leads within the site: a page's folder or a file's path, which part of it, and whether it is there.

    ``path`` is None for a link elsewhere.
    """

    path: str | None
    anchor: str
    is_file: bool
    exists: bool


def target_of(page_id: str, link: str, pages: Container[str], files: Container[str]) -> Target:
    """Where ``link`` on the page leads, when there are these pages written by hand and files beside them."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return Target(None, "", is_file=False, exists=True)
    if not parts.path:
        return Target(page_id, parts.fragment, is_file=False, exists=True)
    candidates = [_target(path, pages, files) for path in _candidates(page_id, unquote(parts.path))]
    path, is_file, exists = next((one for one in candidates if one[2]), candidates[0])
    return Target(path, parts.fragment, is_file, exists)


def _candidates(page_id: str, path: str) -> Iterator[str]:
    """The paths from the site's root that a link may mean, the likeliest first."""
    if path.startswith("/"):
        yield _normal(path.lstrip("/"))
        return
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(page_id), path))
    if not inside.startswith(".."):
        yield _normal(inside)
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
