"""Where the relative links of a page lead: to another page by its source, which must exist."""

import re
from collections.abc import Callable, Container

_OUT = re.compile(r"(?:https?|mailto):[^\s\"<>]*")
_LOCAL = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*)index\.md(#[a-z0-9-]+)?", re.ASCII)
_HERE = re.compile(r"#[a-z0-9-]+")
_KEPT = 50_000

Resolve = Callable[[str], "str | Own | None"]


class Own(str):
    """An address that leads there from one page only, not from those in the same folder."""


class Anchor(Own):
    """An address that asks for an id, ``anchor``, on the page in the folder ``place``."""

    place: str
    anchor: str


class Folder:
    """What pages in one folder have in common: where links lead, and ``lines`` already converted, without own links."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self.lines: dict[str, str] = {}

    def trim(self) -> None:
        """Forget everything once it is too much."""
        for held in (self.known, self.lines):
            if len(held) > _KEPT:
                held.clear()


class PageLinks:
    """Resolves links as MkDocs does with directory URLs. ``places`` are the folders of all pages ('' is the root).

    As long as these are not known, any page may be there; ``asked`` are the folders to which links led.
    """

    def __init__(self, places: Container[str] | None) -> None:
        self._places = places
        self._folders: dict[str, Folder] = {}
        self.asked: set[str] = set()

    def folder(self, place: str) -> Folder:
        """What the page at ``place`` has in common with those beside it."""
        above = f"{place.rpartition('/')[0]}/" if place else ""  # the root stands beside no page
        folder = self._folders.setdefault(above, Folder())
        folder.trim()
        return folder

    def of(self, place: str) -> Resolve:
        """What resolves the links of the page at ``place``: to the address in HTML, or to None.

        None is given for a page that is not there, and for a link written in another way than the generator's.
        """
        here = place.split("/") if place else []
        depth = len(here)
        known = self.folder(place).known
        itself = roundabout(place)

        def resolve(address: str) -> str | Own | None:
            if address in known and not address.startswith(itself):
                return known[address]
            found = _LOCAL.fullmatch(address)
            if not found:
                return self._other(place, address)
            up, down, anchor = found.groups()
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
            if not up and down:
                return Own(resolved)
            known[address] = resolved
            return resolved

        return resolve

    def _other(self, place: str, address: str) -> str | Own | None:
        if _HERE.fullmatch(address):
            return _anchored(address, place, address[1:])
        return address if _OUT.fullmatch(address) else None


def roundabout(place: str) -> str:
    """How a link from the page at ``place`` to itself begins if it goes by the folder above, which MkDocs shortens."""
    return f"../{place.rpartition('/')[2]}/"


def _anchored(address: str, place: str, anchor: str) -> Anchor:
    made = Anchor(address)
    made.place, made.anchor = place, anchor
    return made
