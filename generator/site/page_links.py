"""Resolve the relative links of a page to the sources of other pages."""

import re
from collections.abc import Callable, Container

_EXTERNAL = re.compile(r"(?:https?|mailto):[^\s\"<>]*")  # links that lead out of the site
# ``../topics/index.md#papers``: the generator writes links in this form only
_RELATIVE = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*)index\.md(#[a-z0-9-]+)?", re.ASCII)
_FRAGMENT = re.compile(r"#[a-z0-9-]+")
_MAX_ENTRIES = 2_000  # entries per cache; with more, a worker is no faster

Resolve = Callable[[str], "str | PageRelativeLink | None"]


class PageRelativeLink(str):
    """An address that is valid on one page only, not on pages in the same section."""


class Anchor(PageRelativeLink):
    """An address with the fragment ``anchor``, on the page in ``folder``."""

    folder: str
    anchor: str


class SharedCache:
    """A cache shared by pages of the same section and depth: resolved links and converted Markdown.

    ``paragraphs`` holds whole paragraphs, ``lines`` parts of one: a list item, a link, a tag. Text with page-relative
    links (``PageRelativeLink``) is not cached.
    """

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}
        self.paragraphs: dict[str, str] = {}
        self.lines: dict[str, str] = {}

    def trim(self) -> None:
        """Clear a cache that has grown beyond the limit."""
        for cached in (self.addresses, self.paragraphs, self.lines):
            if len(cached) > _MAX_ENTRIES:
                cached.clear()


class PageLinks:
    """Resolves links as MkDocs does with directory URLs. ``folders`` are the folders of all pages ('' is the root).

    If ``folders`` is None, any page may exist. ``targets`` collects the folders of all link targets for a later check.
    """

    def __init__(self, folders: Container[str] | None) -> None:
        self._folders = folders
        self._caches: dict[tuple[str, int], SharedCache] = {}
        self.targets: set[str] = set()

    def cache_for(self, folder: str, text: str) -> SharedCache:
        """Return the shared cache for the page at ``folder``; an empty one if a link in ``text`` is a detour."""
        return SharedCache() if f"]({_detour_prefix(folder)}" in text else self._cache_at(folder)

    def _cache_at(self, folder: str) -> SharedCache:
        cache = self._caches.setdefault((folder.partition("/")[0], folder.count("/")), SharedCache())
        cache.trim()
        return cache

    def resolver(self, folder: str) -> Resolve:
        """Return a function that resolves the links of the page at ``folder`` to addresses in HTML.

        It returns None for a missing page, and for a link in a form that the generator does not write.
        """
        segments = folder.split("/") if folder else []
        depth = len(segments)
        cached = self._cache_at(folder).addresses
        detour = _detour_prefix(folder)

        def resolve(address: str) -> str | PageRelativeLink | None:
            if address in cached and not address.startswith(detour):
                return cached[address]
            match = _RELATIVE.fullmatch(address)
            if not match:
                return self._other(folder, address)
            up, down, anchor = match.groups()
            left = depth - len(up) // 3
            if left < 0 or (up and down and down.startswith(f"{segments[left]}/")):
                return None  # outside the site, or a detour, which MkDocs shortens
            target = "/".join([*segments[:left], down[:-1]] if down else segments[:left])
            # Pages are built while others are still unknown; at the end all targets are compared with all pages.
            if self._folders is None:
                self.targets.add(target)
            elif target not in self._folders:
                return None
            resolved = f"{up}{down}" or "./"
            if anchor:
                return _anchor_link(resolved + anchor, target, anchor[1:])
            if (left > 1 and target != folder) or (down and not up):
                return PageRelativeLink(resolved)
            cached[address] = resolved
            return resolved

        return resolve

    def _other(self, folder: str, address: str) -> str | PageRelativeLink | None:
        if _FRAGMENT.fullmatch(address):
            return _anchor_link(address, folder, address[1:])
        return address if _EXTERNAL.fullmatch(address) else None


def _detour_prefix(folder: str) -> str:
    """The prefix of a detour: a link that leaves the page's folder and enters it again, which MkDocs shortens."""
    return "../" * folder.count("/") + folder.partition("/")[2].partition("/")[0] + "/"


def _anchor_link(address: str, folder: str, anchor: str) -> Anchor:
    link = Anchor(address)
    link.folder, link.anchor = folder, anchor
    return link
