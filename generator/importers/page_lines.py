"""The lines of a copied page with their numbers, without Markdown and traces of copying.

Browser extensions and converters copy pages as Markdown; lines are reduced to the text that readers see.
"""

import re
from collections import Counter
from typing import NamedTuple

from generator.importers.plain import decoded
from generator.text.characters import without_forbidden

MAX_TITLE_LENGTH = 250  # characters; longer lines are abstracts
# Does not match ``Kettles vs. Pots``, ``St. Ives`` or ``Kettle 2.0``.
_SENTENCE_END = re.compile(r"[a-z]{4}\. [A-Z][a-z]* [a-z]")
_LEAD = re.compile(r"(?:[#>*+-]{1,6}|[0-9]{1,3}[.)])\s+")
_RULE = re.compile(r"[-*_=]{3,}")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?: \"[^\"]*\")?\)")
# A link may contain escaped brackets, and its target one pair of parentheses, as in URLs of Wikipedia.
_LINK = re.compile(
    r"(?<!\\)\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)?)(?: \"[^\"]*\")?\)"
)
_HALF_LINK = re.compile(r"\[|\]\([^()\s]*\)")  # half of a link that spans several lines
_STRONG = re.compile(r"(\*\*|__)(?P<text>[^*_]+)\1")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
# A link and its number of votes, which lists put on one line.
_COUNTED = re.compile(
    r"(?P<link>\[.*\]\(.*\))[\s·•,:(–—-]*"
    r"(?P<count>[0-9][0-9.,]*k?(?: ?(?:up)?votes?| likes?| comments?| stars?)?)\)?",
    re.I,
)
_MAX_COUNTED_LENGTH = 600  # characters; on longer lines the pattern would take too many steps
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_MIN_SENTENCE = 8  # words; a shorter text with links is a list of links
_SEPARATORS = re.compile(r"[\s|·•,/]*")  # separators between links on one line


class NumberedLine(NamedTuple):
    """A line that is not blank: its number in the file, from 1, its text, and its target if it is a link."""

    number: int
    text: str
    target: str = ""


def clean_lines(text: str, repairs: Counter[str]) -> list[NumberedLine]:
    """The lines that are not blank, in NFC, without control characters, HTML entities and Markdown."""
    lines = []
    markdown = is_markdown(text)
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        plain = decoded(line)
        repairs["entities"] += plain != line
        for part in parts_of(plain) if markdown else [LinePart(plain, "")]:
            repairs["markdown"] += bool(part.text) and part.text != plain.strip()
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
    """A line or part of a line without Markdown; ``target`` is the URL if all of it is one link, else ''."""

    text: str
    target: str


def is_markdown(text: str) -> bool:
    """Whether ``text`` was copied as Markdown: some line consists of a Markdown link or image only."""
    return any(_is_link(line) for line in text.splitlines() if "](" in line)


def _is_link(line: str) -> bool:
    if _TABLE_ROW.fullmatch(line):
        return any(map(_is_link, line.strip().strip("|").split("|")))
    text = _STRONG.sub(r"\g<text>", _bare(line)).strip()
    if _IMAGE.fullmatch(text) or _HALF_LINK.fullmatch(text):
        return True
    if counted := _counted(text):
        text = counted["link"]
    return bool(_LINK.search(text) and _SEPARATORS.fullmatch(_LINK.sub("", text)))


def parts_of(line: str) -> list[LinePart]:
    """Divide a table row into cells and a list of links into links, without Markdown. Other lines stay whole."""
    if _TABLE_ROW.fullmatch(line):
        return [part for cell in line.strip().strip("|").split("|") for part in parts_of(cell)]
    line = _bare(line)
    if (counted := _counted(line)) and _LINK.fullmatch(counted["link"]):
        return [without_markdown(counted["link"]), without_markdown(counted["count"])]
    links = list(_LINK.finditer(_IMAGE.sub("", line)))
    if len(links) > 1 and _SEPARATORS.fullmatch(_LINK.sub("", _IMAGE.sub("", line))):
        return [without_markdown(link[0]) for link in links]
    return [without_markdown(line)]


def _counted(line: str) -> re.Match[str] | None:
    return _COUNTED.fullmatch(line) if len(line) <= _MAX_COUNTED_LENGTH else None


def _bare(line: str) -> str:
    """A line without the Markdown of headings, lists and quotations."""
    text = line.strip()
    while match := _LEAD.match(text):
        text = text[match.end() :].strip()
    return text


def without_markdown(line: str) -> LinePart:
    """A line of Markdown without images and markup. A link inside a sentence keeps its URL in brackets."""
    text = _bare(_IMAGE.sub("", line))
    if _RULE.fullmatch(text) or _HALF_LINK.fullmatch(text):
        return LinePart("", "")
    text = _STRONG.sub(r"\g<text>", text).strip()
    link = _LINK.fullmatch(text)
    if link is None:
        bare = _LINK.sub(r"\g<text>", text)
        is_sentence = len(bare.split()) >= _MIN_SENTENCE or bare.endswith((".", "!", "?"))
        text = _LINK.sub(_with_url, text) if is_sentence else bare
    else:
        text = link["text"]
    return LinePart(_ESCAPED.sub(r"\1", text).strip(), link["target"] if link else "")


def _with_url(match: re.Match[str]) -> str:
    text, target = match["text"], match["target"]
    return text if not target.startswith("http") or target in text else f"{text} ({target})"
