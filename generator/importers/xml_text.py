"""XML documents of strangers: no document type, no entities, nothing external; text of an element with its formulas."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring


class BadXml(Exception):
    """The text is not well-formed XML, or holds what is refused. Its message says which."""


def root_of(text: str) -> Element:
    """The root element. Raises ``BadXml``."""
    try:
        root: Element = fromstring(text.removeprefix("\ufeff").lstrip(), forbid_dtd=True)
    except ParseError as error:
        raise BadXml(f"line {error.position[0]}: {error.msg}") from None
    except (DefusedXmlException, ValueError) as error:
        raise BadXml(f"document types and entities are refused ({type(error).__name__})") from None
    return root


def text_of(element: Element | None) -> str:
    """All text inside an element; ``<tex-math>`` becomes ``$…$``. '' for None."""
    if element is None:
        return ""
    parts: list[str] = []
    waiting: list[Element | str] = [element]  # the next one last; not by recursion, which a stranger could exhaust
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            parts.append(each)
            continue
        mark = "$" if each.tag == "tex-math" and each is not element else ""
        parts += [mark, each.text or ""]
        waiting.append(mark)
        for child in reversed(list(each)):
            waiting += [child.tail or "", child]
    return "".join(parts)
