"""Attributes of HTML elements as Python-Markdown's serializer and ``attr_list`` write them."""

import re
from functools import lru_cache

_ATTRIBUTE = re.compile(r'(?<![a-z-])([a-z-]++)="([^"]*)"')  # ``class="a"``
# A pattern for the names of most block-level elements of Python-Markdown, without ``body``, ``video``, ``textarea`` and
# the like.
BLOCK = (
    "address|article|aside|blockquote|colgroup|d[dlt]|details|div|fieldset|fig(?:caption|ure)|footer|form|h[1-6]|header"
    "|hgroup|hr|legend|li|main|menu|nav|[ou]l|p|pre|script|section|style|summary|t(?:able|body|d|foot|h|head|r)"
)
# Raw HTML inside an element with the attribute ``markdown`` (extension ``md_in_html``) passes through the serializer,
# which breaks lines between adjacent blocks and sorts attributes.
_ADJACENT_TAGS = re.compile(rf"</?(?:{BLOCK})(?: [^<>]*)?></?(?:{BLOCK})\b")  # ``</p><p``
_ATTRIBUTES = re.compile(rf"<(?:{BLOCK}) ([^<>]*)>")  # all attributes of a tag


class Declined(Exception):
    """The text contains something that only Python-Markdown converts, and not ``plain_markdown.py``."""


def is_rewritten(line: str) -> bool:
    """Whether the serializer would change a line, or ``attr_list`` may read attributes in it."""
    # ``attr_list`` reads attributes in braces at the end of a term.
    if "<dt" in line and "{" in line:
        return True
    return bool("><" in line and _ADJACENT_TAGS.search(line)) or not all(map(_are_sorted, _ATTRIBUTES.findall(line)))


@lru_cache(maxsize=4096)
def _are_sorted(attributes: str) -> bool:
    """Whether attributes are sorted by name, without duplicates and without anything else among them."""
    names = [name for name, _ in _ATTRIBUTE.findall(attributes)]
    return names == sorted(set(names)) and not _ATTRIBUTE.sub("", attributes).strip()


@lru_cache(maxsize=4096)
def sort_attributes(attributes: str) -> tuple[str, tuple[str, ...]]:
    """Return attributes in the order of the serializer, and the ids among them. Raises Declined on duplicates."""
    pairs = _ATTRIBUTE.findall(attributes)
    if len({name for name, _ in pairs}) != len(pairs):
        raise Declined
    sorted_attributes = "".join(f' {name}="{value}"' for name, value in sorted(pairs))
    return sorted_attributes, tuple(value for name, value in pairs if name == "id")


@lru_cache(maxsize=4096)
def attributes_from_braces(braces: str, address: str = "", title: str = "") -> str:
    """Return the HTML attributes for the attributes in braces, and for the address and title of a link.

    They are in the order of the serializer: ``.a rel="me"`` gives ``class="a" rel="me"`` after a space. Raises Declined
    for attributes that the generator does not write.
    """
    attributes: dict[str, str] = {}
    if address:
        attributes["href"] = address
    if title:
        attributes["title"] = title
    for part in re.findall(r'[^\s"]+(?:"[^"]*")?', braces):
        if re.fullmatch(r"\.[a-z][a-z-]*", part):
            attributes["class"] = f"{attributes['class']} {part[1:]}" if "class" in attributes else part[1:]
        elif attribute := re.fullmatch(r'(rel|hreflang)="([^"<>&]*)"', part):
            attributes[attribute[1]] = attribute[2]
        else:
            raise Declined
    return "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))
