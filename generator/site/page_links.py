"""Where the relative links of a page lead: to another page by its source, which must exist."""

import re
from collections.abc import Callable, Container

_OUT = re.compile(r"(?:https?|mailto):[^\s\"<>]*")
_LOCAL = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*)index\.md(#[a-z0-9-]+)?", re.ASCII)
_HERE = re.compile(r"#[a-z0-9-]+")
_KEPT = 50_000

Resolve = Callable[[str], "str | Own | None"]


class Own(str):
    """An address that leads there from one page only, not from those beside it."""


class Anchor(Own):
    """An address that asks for an id, ``anchor``, on the page in the folder ``place``."""

    place: str
    anchor: str


class Common:
    """What pages of one section and depth have in common: where links lead, and what of their Markdown is converted.

    ``paragraphs`` are whole ones, ``lines`` what stands in one: a line of a list, a link, a tag. None has own links.
    """

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}
        self.paragraphs: dict[str, str] = {}
        self.lines: dict[str, str] = {}

    def trim(self) -> None:
        """Forget everything once it is too much."""
        for cached in (self.addresses, self.paragraphs, self.lines):
            if len(cached) > _KEPT:
                cached.clear()


class PageLinks:
    """Resolves links as MkDocs does with directory URLs. ``places`` are the folders of all pages ('' is the root).

    As long as these are not known, any page may be there; ``asked`` are the folders to which links led.
    """

    def __init__(self, places: Container[str] | None) -> None:
        self._places = places
        self._common: dict[tuple[str, int], Common] = {}
        self.asked: set[str] = set()

    def common(self, place: str, text: str) -> Common:
        """What the page at ``place`` has in common with others; nothing if a link in its ``text`` goes round."""
        return Common() if f"]({_roundabout(place)}" in text else self._common_at(place)

    def _common_at(self, place: str) -> Common:
        common = self._common.setdefault((place.partition("/")[0], place.count("/")), Common())
        common.trim()
        return common

    def of(self, place: str) -> Resolve:
        """What resolves the links of the page at ``place``: to the address in HTML, or to None.

        None is given for a page that is not there, and for a link written in another way than the generator's.
        """
        here = place.split("/") if place else []
        depth = len(here)
        known = self._common_at(place).addresses
        around = _roundabout(place)

        def resolve(address: str) -> str | Own | None:
            if address in known and not address.startswith(around):
                return known[address]
            match = _LOCAL.fullmatch(address)
            if not match:
                return self._other(place, address)
            up, down, anchor = match.groups()
            left = depth - len(up) // 3
            if left < 0 or (up and down and down.startswith(f"{here[left]}/")):
                return None  # out of the site, or a way round, which MkDocs shortens
            target = "/".join([*here[:left], down[:-1]] if down else here[:left])
            if self._places is None:
                self.asked.add(target)
            elif target not in self._places:
                return None
            resolved = f"{up}{down}" or "./"
            if anchor:
                return _anchored(resolved + anchor, target, anchor[1:])
            if (left > 1 and target != place) or (down and not up):
                return Own(resolved)
            known[address] = resolved
            return resolved

        return resolve

    def _other(self, place: str, address: str) -> str | Own | None:
        if _HERE.fullmatch(address):
            return _anchored(address, place, address[1:])
        return address if _OUT.fullmatch(address) else None


def _roundabout(place: str) -> str:
    """How a link from the page at ``place`` begins that goes by its section and back, which MkDocs shortens."""
    return "../" * place.count("/") + place.partition("/")[2].partition("/")[0] + "/"


def _anchored(address: str, place: str, anchor: str) -> Anchor:
    link = Anchor(address)
    link.place, link.anchor = place, anchor
    return link
