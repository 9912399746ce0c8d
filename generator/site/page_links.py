"""Resolve the relative links of a page to the sources of other pages."""

import re
from collections.abc import Callable, Container

_OUT = re.compile(r"(?:https?|mailto):[^\s\"<>]*")  # links that lead out of the site
# ``../topics/index.md#papers``: the generator writes links in this form only
_LOCAL = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*)index\.md(#[a-z0-9-]+)?", re.ASCII)
_HERE = re.compile(r"#[a-z0-9-]+")
_KEPT = 2_000  # entries per cache; with more, a worker is no faster

Resolve = Callable[[str], "str | PageRelativeLink | None"]


class PageRelativeLink(str):
    """An address that is valid on one page only, not on pages in the same section."""


class Anchor(PageRelativeLink):
    """An address with the fragment ``anchor``, on the page in the folder ``place``."""

    place: str
    anchor: str


class Common:
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
            if len(cached) > _KEPT:
                cached.clear()


class PageLinks:
    """Resolves links as MkDocs does with directory URLs. ``places`` are the folders of all pages ('' is the root).

    If ``places`` is None, any page may exist. ``asked`` collects the folders of all link targets for a later check.
    """

    def __init__(self, places: Container[str] | None) -> None:
        self._places = places
        self._common: dict[tuple[str, int], Common] = {}
        self.asked: set[str] = set()

    def common(self, place: str, text: str) -> Common:
        """Return the shared cache for the page at ``place``; an empty one if a link in ``text`` is a detour."""
        return Common() if f"]({_roundabout(place)}" in text else self._common_at(place)

    def _common_at(self, place: str) -> Common:
        common = self._common.setdefault((place.partition("/")[0], place.count("/")), Common())
        common.trim()
        return common

    def of(self, place: str) -> Resolve:
        """Return a function that resolves the links of the page at ``place`` to addresses in HTML.

        It returns None for a missing page, and for a link in a form that the generator does not write.
        """
        folders = place.split("/") if place else []
        depth = len(folders)
        cached = self._common_at(place).addresses
        around = _roundabout(place)

        def resolve(address: str) -> str | PageRelativeLink | None:
            if address in cached and not address.startswith(around):
                return cached[address]
            match = _LOCAL.fullmatch(address)
            if not match:
                return self._other(place, address)
            up, down, anchor = match.groups()
            left = depth - len(up) // 3
            if left < 0 or (up and down and down.startswith(f"{folders[left]}/")):
                return None  # outside the site, or a detour, which MkDocs shortens
            target = "/".join([*folders[:left], down[:-1]] if down else folders[:left])
            if self._places is None:
                self.asked.add(target)
            elif target not in self._places:
                return None
            resolved = f"{up}{down}" or "./"
            if anchor:
                return _anchored(resolved + anchor, target, anchor[1:])
            if (left > 1 and target != place) or (down and not up):
                return PageRelativeLink(resolved)
            cached[address] = resolved
            return resolved

        return resolve

    def _other(self, place: str, address: str) -> str | PageRelativeLink | None:
        if _HERE.fullmatch(address):
            return _anchored(address, place, address[1:])
        return address if _OUT.fullmatch(address) else None


def _roundabout(place: str) -> str:
    """The prefix of a detour: a link that leaves the page's folder and enters it again, which MkDocs shortens."""
    return "../" * place.count("/") + place.partition("/")[2].partition("/")[0] + "/"


def _anchored(address: str, place: str, anchor: str) -> Anchor:
    link = Anchor(address)
    link.place, link.anchor = place, anchor
    return link
