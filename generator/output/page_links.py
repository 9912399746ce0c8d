"""Where the relative links of a page lead: to another page by its source, which must exist."""

import re
from collections.abc import Callable, Container

_OUT = re.compile(r"(?:https?|mailto):[^\s\"<>]*")
_LOCAL = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*)index\.md(#[a-z0-9-]+)?", re.ASCII)
_HERE = re.compile(r"#[a-z0-9-]+")
_KEPT = 50_000

Resolve = Callable[[str], "str | Anchor | None"]


class Anchor(str):
    """An address that asks for an id, ``anchor``, on the page in the folder ``place``."""

    place: str
    anchor: str


class PageLinks:
    """Resolves links as MkDocs does with directory URLs. ``places`` are the folders of all pages ('' is the root).

    As long as these are not known, any page may be there; ``asked`` are the folders to which links led.
    """

    def __init__(self, places: Container[str] | None) -> None:
        self._places = places
        self.asked: set[str] = set()
        self._from_root: dict[int, dict[str, str]] = {}

    def of(self, place: str) -> Resolve:
        """What resolves the links of the page at ``place``: to the address in HTML, or to None.

        None is given for a page that is not there, and for a link written in another way than the generator's.
        """
        here = place.split("/") if place else []
        depth = len(here)
        known = self._from_root.setdefault(depth, {})

        def resolve(address: str) -> str | Anchor | None:
            if address in known:
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
            if not left:
                if len(known) > _KEPT:
                    known.clear()
                known[address] = resolved
            return resolved

        return resolve

    def _other(self, place: str, address: str) -> str | Anchor | None:
        if _HERE.fullmatch(address):
            return _anchored(address, place, address[1:])
        return address if _OUT.fullmatch(address) else None


def _anchored(address: str, place: str, anchor: str) -> Anchor:
    made = Anchor(address)
    made.place, made.anchor = place, anchor
    return made
