"""Resolve the relative links of a page to the sources of other pages."""

import re
from collections.abc import Callable, Container

_EXTERNAL = re.compile(r"(?:https?|mailto):[^\s\"<>]*")
# ``../topics/index.md#papers``: the only form in which the generator writes links to pages. The groups are ``../``
# repeated, the path below, and the fragment.
_PAGE_LINK = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*)index\.md(#[a-z0-9-]+)?", re.ASCII)
_FRAGMENT = re.compile(r"#[a-z0-9-]+")
_MAX_ENTRIES = 2_000  # entries per cache; larger caches are no faster

Resolve = Callable[[str], "str | PageRelativeLink | None"]


class PageRelativeLink(str):
    """An address that is valid on one page only, and not on the other pages of the same section and depth."""


class Anchor(PageRelativeLink):
    """An address with a fragment. It leads to the id ``anchor`` on the page in ``folder``."""

    folder: str
    anchor: str


class SharedCache:
    """A cache shared by pages of the same section and depth, on which equal Markdown gives equal HTML.

    ``addresses`` has the addresses of resolved links. ``paragraphs`` and ``inline`` have the HTML of Markdown:
    of whole paragraphs, and of smaller parts such as list items, links and tags. Text with page-relative links
    (``PageRelativeLink``) is not cached.
    """

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}
        self.paragraphs: dict[str, str] = {}
        self.inline: dict[str, str] = {}

    def trim(self) -> None:
        """Clear each cache that has grown beyond the limit."""
        for cache in (self.addresses, self.paragraphs, self.inline):
            if len(cache) > _MAX_ENTRIES:
                cache.clear()


class PageLinks:
    """Resolves links as MkDocs does with directory URLs. ``folders`` are the folders of all pages ('' is the root).

    If ``folders`` is None, the pages are not known yet: then all links are resolved, and ``new_targets`` returns the
    folders that they lead to for a later check.
    """

    def __init__(self, folders: Container[str] | None) -> None:
        self._folders = folders
        self._caches: dict[tuple[str, int], SharedCache] = {}
        self._targets: set[str] = set()
        self._reported_targets: set[str] = set()

    def new_targets(self) -> frozenset[str]:
        """Return the folders that links lead to, without those of earlier calls: all together need much memory."""
        targets = frozenset(self._targets - self._reported_targets)
        self._reported_targets |= targets
        self._targets.clear()
        return targets

    def cache_for(self, folder: str, text: str) -> SharedCache:
        """Return the cache for the page in ``folder``: an empty one if a link in its ``text`` is a detour."""
        # On other pages of the section, the same link is no detour, and its HTML may be cached.
        return SharedCache() if f"]({_detour_prefix(folder)}" in text else self._cache_at(folder)

    def _cache_at(self, folder: str) -> SharedCache:
        """Return the cache of all pages with the section and depth of ``folder``."""
        cache = self._caches.setdefault((folder.partition("/")[0], folder.count("/")), SharedCache())
        cache.trim()
        return cache

    def resolver(self, folder: str) -> Resolve:
        """Return a function that resolves the links of the page in ``folder`` to addresses in HTML.

        The function returns None for a link to a missing page and for a link in a form that the generator does not
        write.
        """
        segments = folder.split("/") if folder else []
        depth = len(segments)
        cached = self._cache_at(folder).addresses
        detour = _detour_prefix(folder)

        def resolve(address: str) -> str | PageRelativeLink | None:
            if address in cached and not address.startswith(detour):
                return cached[address]
            match = _PAGE_LINK.fullmatch(address)
            if not match:
                return self._resolve_other(folder, address)
            up, down, fragment = match.groups()
            common_depth = depth - len(up) // len("../")
            if common_depth < 0 or (up and down and down.startswith(f"{segments[common_depth]}/")):
                return None  # outside the site, or a detour, which MkDocs shortens
            common = segments[:common_depth]
            target = "/".join([*common, down.removesuffix("/")] if down else common)
            # Pages are built while others are still unknown; at the end all targets are compared with all pages.
            if self._folders is None:
                self._targets.add(target)
            elif target not in self._folders:
                return None
            resolved = f"{up}{down}" or "./"
            if fragment:
                return _new_anchor(resolved + fragment, target, fragment[1:])
            # Pages of a section share its folder only. A deeper common folder, or a target below the page, differs.
            if (common_depth > 1 and target != folder) or (down and not up):
                return PageRelativeLink(resolved)
            cached[address] = resolved
            return resolved

        return resolve

    def _resolve_other(self, folder: str, address: str) -> str | PageRelativeLink | None:
        """Resolve a link that has no path of a page: a fragment, or an external link."""
        if _FRAGMENT.fullmatch(address):
            return _new_anchor(address, folder, address[1:])
        return address if _EXTERNAL.fullmatch(address) else None


def _detour_prefix(folder: str) -> str:
    """The beginning of the links from the page in ``folder`` that are detours.

    A detour leaves the folder below the section and enters it again, such as ``../../b/`` on the page ``a/b/c``. MkDocs
    shortens such links.
    """
    return "../" * folder.count("/") + folder.partition("/")[2].partition("/")[0] + "/"


def _new_anchor(address: str, folder: str, anchor: str) -> Anchor:
    link = Anchor(address)
    link.folder, link.anchor = folder, anchor
    return link
