"""Lines of Markdown, as a browser extension or a converter copies a page: reduced to the text that a reader saw."""

import re
from typing import NamedTuple

_LEAD = re.compile(r"(?:[#>*+-]{1,6}|[0-9]{1,3}[.)])\s+")
_RULE = re.compile(r"[-*_=]{3,}")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?: \"[^\"]*\")?\)")
_LINK = re.compile(r"\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)?)(?: \"[^\"]*\")?\)")
_HALF = re.compile(r"\[|\]\([^()\s]*\)")  # of a link that goes over several lines
_STRONG = re.compile(r"(\*\*|__)(?P<text>[^*_]+)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


_SENTENCE = 8  # words
_BETWEEN = re.compile(r"[\s|·•,/]*")


class Reduced(NamedTuple):
    """A line without its Markdown; ``target`` is where it leads if the whole line is one link, else ''."""

    text: str
    target: str


def is_markdown(text: str) -> bool:
    """Whether a line is nothing but a link or a picture of Markdown: text holds such a line in copies alone."""
    return any(_is_link(line) for line in text.splitlines() if "](" in line)


def _is_link(line: str) -> bool:
    text = line.strip()
    while match := _LEAD.match(text):
        text = text[match.end() :].strip()
    text = _STRONG.sub(r"\g<text>", text).strip()
    if _IMAGE.fullmatch(text) or _HALF.fullmatch(text):
        return True
    return bool(_LINK.search(text) and _BETWEEN.fullmatch(_LINK.sub("", text)))


def parts_of(line: str) -> list[Reduced]:
    """What `reduced` makes of a line; each link by itself if the line is nothing but several of them."""
    links = list(_LINK.finditer(_IMAGE.sub("", line)))
    if len(links) > 1 and _BETWEEN.fullmatch(_LINK.sub("", _IMAGE.sub("", line))):
        return [reduced(link[0]) for link in links]
    return [reduced(line)]


def reduced(line: str) -> Reduced:
    """A line of Markdown without pictures, links and marks. A link inside a sentence keeps its address in brackets."""
    text = _IMAGE.sub("", line).strip()
    while match := _LEAD.match(text):
        text = text[match.end() :].strip()
    if _RULE.fullmatch(text) or _HALF.fullmatch(text):
        return Reduced("", "")
    text = _STRONG.sub(r"\g<text>", text).strip()
    whole = _LINK.fullmatch(text)
    if whole is None:
        bare = _LINK.sub(r"\g<text>", text)
        is_sentence = len(bare.split()) >= _SENTENCE or bare.endswith((".", "!", "?"))
        text = _LINK.sub(_shown, text) if is_sentence else bare
    else:
        text = whole["text"]
    return Reduced(_ESCAPED.sub(r"\1", text).strip(), whole["target"] if whole else "")


def _shown(match: re.Match[str]) -> str:
    text, target = match["text"], match["target"]
    return text if not target.startswith("http") or target in text else f"{text} ({target})"
