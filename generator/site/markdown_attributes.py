"""Attributes of HTML elements as Python-Markdown's serializer and ``attr_list`` write them."""

import re
from functools import lru_cache

_ATTRIBUTE = re.compile(r'(?<![a-z-])([a-z-]++)="([^"]*)"')
# Block-level elements of Python-Markdown.
BLOCK = (
    "article|aside|d[dlt]|details|div|fig(?:caption|ure)|form|h[1-6]|li|nav|[ou]l|p|pre|script|section|style|summary"
    "|t(?:able|body|d|h|head|r)"
)
# Raw HTML inside a ``markdown`` element passes through the serializer, which breaks lines between adjacent blocks and
# sorts attributes.
_ADJACENT = re.compile(rf"</?(?:{BLOCK})(?: [^<>]*)?></?(?:{BLOCK})\b")
_ATTRIBUTES = re.compile(rf"<(?:{BLOCK}) ([^<>]*)>")


class Declined(Exception):
    """The text contains something that only Python-Markdown converts."""


def is_rewritten(line: str) -> bool:
    """Whether the serializer would change a line, or ``attr_list`` would read attributes at its end."""
    if "<dt" in line and "{" in line:
        return True
    return bool("><" in line and _ADJACENT.search(line)) or not all(map(_are_in_order, _ATTRIBUTES.findall(line)))


@lru_cache(maxsize=4096)
def _are_in_order(attributes: str) -> bool:
    names = [name for name, _ in _ATTRIBUTE.findall(attributes)]
    return names == sorted(set(names)) and not _ATTRIBUTE.sub("", attributes).strip()


@lru_cache(maxsize=4096)
def in_order(attributes: str) -> tuple[str, tuple[str, ...]]:
    """Return attributes in the order of the serializer, and the ids among them. Raises Declined on duplicates."""
    pairs = _ATTRIBUTE.findall(attributes)
    if len({name for name, _ in pairs}) != len(pairs):
        raise Declined
    written = "".join(f' {name}="{value}"' for name, value in sorted(pairs))
    return written, tuple(value for name, value in pairs if name == "id")


@lru_cache(maxsize=4096)
def written_attributes(braces: str, address: str = "", title: str = "") -> str:
    """Return attributes as ``attr_list`` reads them, in the order of the serializer. Raises Declined for others."""
    attributes: dict[str, str] = {}
    if address:
        attributes["href"] = address
    if title:
        attributes["title"] = title
    for part in re.findall(r'[^\s"]+(?:"[^"]*")?', braces):
        if re.fullmatch(r"\.[a-z][a-z-]*", part):
            attributes["class"] = f"{attributes['class']} {part[1:]}" if "class" in attributes else part[1:]
        elif named := re.fullmatch(r'(rel|hreflang)="([^"<>&]*)"', part):
            attributes[named[1]] = named[2]
        else:
            raise Declined
    return "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))
