"""Read untrusted JSON and XML documents: values that may have any type, and the lines of records.

XML is read without document types, entities and external resources.
"""

import json
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring


def json_value(text: str, *keys: str) -> Any:
    """Parse a JSON list or object. Other text, and text that begins with 200 blank characters, gives None.

    ``keys`` are texts that it must contain, a quick check before parsing.
    """
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
    """The value if it is a mapping, else an empty mapping."""
    return value if isinstance(value, dict) else {}


def texts(value: Any) -> list[str]:
    """The texts in a list, or a single text as a list; an empty list for any other value."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def first_text(value: Any) -> str:
    """The first text in a list, or a single text; '' for any other value."""
    return next(iter(texts(value)), "")


class LineFinder:
    """Finds the lines of records, in their order, for parsers that do not report lines."""

    def __init__(self, text: str) -> None:
        self._text, self._position, self._line = text, 0, 1

    def line_of(self, piece: str) -> int:
        """The line of the next occurrence of ``piece``; if there is none, the line of the previous result."""
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
    # The parser refuses an XML declaration after blank characters or a byte order mark.
    document = text.removeprefix("\ufeff").lstrip()
    try:
        root: Element = fromstring(document, forbid_dtd=True)
    except ParseError as error:
        line = error.position[0] + text.count("\n", 0, len(text) - len(document))
        raise BadXml(f"line {line}: {error.msg}") from None
    except (DefusedXmlException, ValueError) as error:
        raise BadXml(f"document types and entities are refused ({type(error).__name__})") from None
    return root


def text_of(element: Element | None) -> str:
    """All text in an element; ``<tex-math>`` inside it becomes ``$…$``. '' for None."""
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
        # The last item comes first from the stack, so the closing dollar is pushed before the children.
        stack.append(dollar)
        for child in reversed(list(node)):
            stack += [child.tail or "", child]
    return "".join(parts)
