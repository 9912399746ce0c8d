"""Untrusted JSON and XML documents: access to values of unexpected types, and lines of records.

XML is read without document types, entities and external resources.
"""

import json
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring


def json_value(text: str, *keys: str) -> Any:
    """The value in ``text``; None if it is not JSON or does not mention all ``keys``, a quick check before parsing."""
    if text[:200].lstrip("\ufeff \t\r\n")[:1] not in ("{", "[") or not all(key in text for key in keys):
        return None
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):  # RecursionError for thousands of nested brackets
        return None


def mappings(value: Any) -> list[dict[str, Any]]:
    """The mappings in a list; none if the value is not a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: Any) -> list[str]:
    """The texts in a list, or the text itself; none if the value is neither."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def first(value: Any) -> str:
    """The first text in a list, or the text itself, or ''."""
    return next(iter(texts(value)), "")


class LineFinder:
    """Finds the lines of records for parsers that do not report them, in one pass over the text."""

    def __init__(self, text: str) -> None:
        self._text, self._position, self._line = text, 0, 1

    def line_of(self, piece: str) -> int:
        """The line of the next ``piece``; the last line that was found if there is none."""
        # Only forward: searching from the beginning for each record would take quadratic time.
        position = self._text.find(piece, self._position) if piece else -1
        if position >= 0:
            self._line += self._text.count("\n", self._position, position)
            self._position = position + len(piece)
        return self._line


class BadXml(Exception):
    """The text is not well-formed XML, or contains forbidden constructs. The message says which."""


def root_of(text: str) -> Element:
    """The root element. Raises ``BadXml``."""
    try:
        # The parser refuses an XML declaration after blank characters or a byte order mark.
        root: Element = fromstring(text.removeprefix("\ufeff").lstrip(), forbid_dtd=True)
    except ParseError as error:
        raise BadXml(f"line {error.position[0]}: {error.msg}") from None
    except (DefusedXmlException, ValueError) as error:
        raise BadXml(f"document types and entities are refused ({type(error).__name__})") from None
    return root


def text_of(element: Element | None) -> str:
    """All text in an element; ``<tex-math>`` becomes ``$…$``. '' for None."""
    if element is None:
        return ""
    parts: list[str] = []
    stack: list[Element | str] = [element]  # not recursion: nested elements could exceed its limit
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        dollar = "$" if node.tag == "tex-math" and node is not element else ""
        parts += [dollar, node.text or ""]
        stack.append(dollar)
        for child in reversed(list(node)):
            stack += [child.tail or "", child]
    return "".join(parts)
