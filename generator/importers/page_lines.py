"""The lines of a copied web page with their numbers, as readers see them: without Markdown and control characters.

Browser extensions and converters copy pages as Markdown.
"""

import re
from collections import Counter
from typing import NamedTuple

from generator.importers.plain import decode_entities
from generator.text.characters import without_forbidden

MAX_TITLE_LENGTH = 250  # characters; longer lines are abstracts
# A sentence and the next one, ``… boils. The pot …``, but not ``Kettles vs. Pots``, ``St. Ives`` or ``Kettle 2.0``
_SENTENCE_END = re.compile(r"[a-z]{4}\. [A-Z][a-z]* [a-z]")
# ``## `` of a heading, ``- `` and ``3. `` of lists, ``> `` of a quotation
_BLOCK_MARKER = re.compile(r"(?:[#>*+-]{1,6}|[0-9]{1,3}[.)])\s+")
_RULE = re.compile(r"[-*_=]{3,}")  # ``---``, a line across the page
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?: \"[^\"]*\")?\)")
# A link may contain escaped brackets, and its target one pair of parentheses, as in URLs of Wikipedia.
_LINK = re.compile(
    r"(?<!\\)\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)?)(?: \"[^\"]*\")?\)"
)
_HALF_LINK = re.compile(r"\[|\]\([^()\s]*\)")  # half of a link that spans several lines
_STRONG = re.compile(r"(\*\*|__)(?P<text>[^*_]+)\1")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
# ``[Kettles](/papers/2301.00017) · 12 upvotes``: a link and a number on one line
_LINK_WITH_COUNT = re.compile(
    r"(?P<link>\[.*\]\(.*\))[\s·•,:(–—-]*"
    r"(?P<count>[0-9][0-9.,]*k?(?: ?(?:up)?votes?| likes?| comments?| stars?)?)\)?",
    re.I,
)
_MAX_LINK_WITH_COUNT = 600  # characters; on longer lines the pattern would take too much time
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")  # ``\*``
_MIN_SENTENCE = 8  # words; a shorter text with links is a list of links
_SEPARATORS = re.compile(r"[\s|·•,/]*")  # separators between links on one line


class NumberedLine(NamedTuple):
    """A line that is not blank: its number in the file, from 1, and its text. ``target`` is the URL if it is a link."""

    number: int
    text: str
    target: str = ""


def clean_lines(text: str, repairs: Counter[str]) -> list[NumberedLine]:
    """The lines that are not blank, in NFC, without control characters and Markdown, and with HTML entities decoded.

    Counts decoded entities and removed Markdown in ``repairs``.
    """
    lines = []
    has_markdown = is_markdown(text)
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        decoded_line = decode_entities(line)
        repairs["entities"] += decoded_line != line
        for part in parts_of(decoded_line) if has_markdown else [LinePart(decoded_line, "")]:
            repairs["markdown"] += bool(part.text) and part.text != decoded_line.strip()
            cleaned = " ".join(without_forbidden(part.text).split())
            if cleaned:
                lines.append(NumberedLine(number, cleaned, part.target))
    return lines


def looks_like_title(line: str) -> bool:
    """Whether a line is a title rather than part of an abstract."""
    if len(line) > MAX_TITLE_LENGTH or line.endswith((".", ";", ",")) or "http" in line or _SENTENCE_END.search(line):
        return False
    # Some titles begin in lower case: ``t-SNE``, ``xLSTM``, ``mixup``, ``diffGrad``.
    return not line[0].islower() or bool(re.match(r"[a-zα-ω]{1,3}(?:-|[A-Z0-9])|mixup\b|diff[A-Z]", line))


class LinePart(NamedTuple):
    """A line or part of a line without Markdown. ``target`` is the URL if the part is a link, else ''."""

    text: str
    target: str


def is_markdown(text: str) -> bool:
    """Whether ``text`` was copied as Markdown: some line has nothing but links or images, or a link with a number."""
    return any(_has_only_links(line) for line in text.splitlines() if "](" in line)


def _has_only_links(line: str) -> bool:
    """Whether a line, or a cell of a table row, has nothing but links or images, or a link with a number."""
    if _TABLE_ROW.fullmatch(line):
        return any(map(_has_only_links, line.strip().strip("|").split("|")))
    text = _STRONG.sub(r"\g<text>", _without_block_markers(line)).strip()
    if _IMAGE.fullmatch(text) or _HALF_LINK.fullmatch(text):
        return True
    if match := _link_with_count(text):
        text = match["link"]
    return bool(_LINK.search(text) and _SEPARATORS.fullmatch(_LINK.sub("", text)))


def parts_of(line: str) -> list[LinePart]:
    """Divide a table row into cells, a list of links into links, and a link with a number into both, without Markdown.

    Any other line is one part.
    """
    if _TABLE_ROW.fullmatch(line):
        return [part for cell in line.strip().strip("|").split("|") for part in parts_of(cell)]
    line = _without_block_markers(line)
    if (match := _link_with_count(line)) and _LINK.fullmatch(match["link"]):
        return [without_markdown(match["link"]), without_markdown(match["count"])]
    without_images = _IMAGE.sub("", line)
    links = list(_LINK.finditer(without_images))
    if len(links) > 1 and _SEPARATORS.fullmatch(_LINK.sub("", without_images)):
        return [without_markdown(link[0]) for link in links]
    return [without_markdown(line)]


def _link_with_count(line: str) -> re.Match[str] | None:
    return _LINK_WITH_COUNT.fullmatch(line) if len(line) <= _MAX_LINK_WITH_COUNT else None


def _without_block_markers(line: str) -> str:
    """A line without the Markdown of headings, lists and quotations."""
    text = line.strip()
    while match := _BLOCK_MARKER.match(text):
        text = text[match.end() :].strip()
    return text


def without_markdown(line: str) -> LinePart:
    """A line of Markdown without images and markup.

    A link inside a sentence becomes its text and URL, ``here (https://…)``.
    """
    text = _without_block_markers(_IMAGE.sub("", line))
    if _RULE.fullmatch(text) or _HALF_LINK.fullmatch(text):
        return LinePart("", "")
    text = _STRONG.sub(r"\g<text>", text).strip()
    link = _LINK.fullmatch(text)
    if link is None:
        without_urls = _LINK.sub(r"\g<text>", text)
        is_sentence = len(without_urls.split()) >= _MIN_SENTENCE or without_urls.endswith((".", "!", "?"))
        text = _LINK.sub(_with_url, text) if is_sentence else without_urls
    else:
        text = link["text"]
    return LinePart(_ESCAPED.sub(r"\1", text).strip(), link["target"] if link else "")


def _with_url(match: re.Match[str]) -> str:
    text, target = match["text"], match["target"]
    return text if not target.startswith("http") or target in text else f"{text} ({target})"
