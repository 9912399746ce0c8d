"""The digest's Markdown subset: paragraphs, emphasis, code, links, lists and formulas. Other markup is literal text.

Untrusted summaries are parsed here, and only here. The result is HTML with a few tags, or plain text.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.text import maths
from generator.text.escape import for_html, for_markdown
from generator.text.identifiers import is_web_address

_MAX_ADDRESS = 2000  # characters; longer URLs are cut, since browsers and servers refuse them
# HTML elements of the subset without attributes.
_TAGS = frozenset({"p", "em", "strong", "ul", "ol", "li"})
_MAX_FORMULAS = 100  # formulas of one text that are rendered; others are shown as source, since rendering takes time
_CACHE_SIZE = 2_000  # texts; page, feeds and search render the same text
# A line without markup: no markup character inside or at its start, and no space at its ends.
_UNMARKED = re.compile(
    r"[^\W\d_](?:[^\x00-\x1f\x7f-\xa0\ue000-\uf8ff\\`*_\[\]$]*[^\s\x00-\x1f\x7f-\xa0\ue000-\uf8ff\\`*_\[\]$])?"
)
# Replaces the formula with this index. Entries cannot contain these private-use characters.
_PLACEHOLDER = re.compile("\ue000([0-9]+)\ue001")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": 10})
    parser.enable(["list", "backticks", "emphasis", "link", "escape", "newline"])
    parser.validateLink = _may_link  # type: ignore[method-assign]  # a refused link stays text
    return parser


def _may_link(url: str) -> bool:
    """Whether a link may have this target."""
    return is_web_address(url) or url.startswith("mailto:")


class ProseForms(NamedTuple):
    """A text of the subset in two forms."""

    html: str
    """HTML blocks, one per line."""
    plain: str
    """Paragraphs separated by empty lines, with formulas in plain characters."""


@lru_cache(maxsize=_CACHE_SIZE)
def read_prose(text: str) -> ProseForms:
    """Parse a text of the subset."""
    paragraphs = text.split("\n\n")
    if all(map(_UNMARKED.fullmatch, paragraphs)):  # most texts; the parser takes fifty times as long
        return ProseForms(html="\n".join(f"<p>{for_html(line)}</p>" for line in paragraphs), plain=text)
    without_formulas, formulas = _with_placeholders(text)
    tokens = _parser().parse(without_formulas)
    return ProseForms(html=_html_blocks(tokens, formulas), plain=_plain_text(tokens, formulas))


def prose_html(text: str) -> str:
    """Return a text of the subset as HTML blocks, one per line."""
    return read_prose(text).html


def prose_plain(text: str) -> str:
    """Return a text of the subset as plain text: paragraphs separated by empty lines, formulas in plain characters."""
    return read_prose(text).plain


def line_markdown(text: str) -> str:
    """Convert one line of plain text with formulas to Markdown, which contains the formulas as MathML."""
    return "".join(
        _formula_html(part.text) if part.is_maths else _encode_between_formulas(part.text)
        for part in maths.segments(text)
    )


def line_html(text: str) -> str:
    """Convert one line of plain text with formulas to HTML."""
    return "".join(_formula_html(part.text) if part.is_maths else for_html(part.text) for part in maths.segments(text))


def line_html_in_markdown(text: str) -> str:
    """Convert one line as ``line_html`` does, but with entities for every character with a meaning in Markdown."""
    return line_html(text).translate(_ENTITIES)


def _encode_between_formulas(text: str) -> str:
    """Encode text for Markdown, and keep the spaces at its ends, which separate it from formulas."""
    encoded = for_markdown(text)
    return (" " if text[:1].isspace() else "") + encoded + (" " if encoded and text[-1:].isspace() else "")


def _formula_html(tex: str) -> str:
    """A formula as MathML, or its source as code if it cannot be converted."""
    mathml = maths.to_mathml(tex)
    if not mathml:
        return f"<code>{for_html(f'${tex}$').translate(_ENTITIES)}</code>"
    return f'<span class="maths">{mathml.translate(_ENTITIES)}</span>'


# For text between the tags of inline HTML, which Markdown still parses.
_ENTITIES = {ord(character): f"&#{ord(character)};" for character in "*_[]{}\\`|~^$"}


def _with_placeholders(text: str) -> tuple[str, list[str]]:
    """Replace the formulas of ``text`` by placeholders that Markdown leaves alone. Returns text and formulas."""
    formulas: list[str] = []
    parts = []
    for part in maths.segments(text):
        if part.is_maths and len(formulas) < _MAX_FORMULAS:
            parts.append(f"\ue000{len(formulas)}\ue001")
            formulas.append(part.text)
        else:
            parts.append(f"${part.text}$" if part.is_maths else part.text)
    return "".join(parts), formulas


def _plain_text(tokens: Sequence[Token], formulas: list[str]) -> str:
    paragraphs = []
    for token in tokens:
        if token.type == "inline":
            children = token.children or []
            text = "".join(_plain_inline(child, formulas) for child in children)
            paragraphs.append(_PLACEHOLDER.sub(lambda match: maths.to_plain(f"${formulas[int(match[1])]}$"), text))
    return "\n\n".join(paragraphs)


def _plain_inline(token: Token, formulas: list[str]) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return _with_dollars(token.content, formulas) if token.type == "code_inline" else token.content


def _with_dollars(code: str, formulas: list[str]) -> str:
    """Return code with ``$x$`` again in place of a placeholder: it contains no formulas."""
    return _PLACEHOLDER.sub(lambda match: f"${formulas[int(match[1])]}$", code)


def _html_blocks(tokens: Sequence[Token], formulas: list[str]) -> str:
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append(_inline_html(token.children or [], formulas))
        elif token.hidden:  # the paragraph of an item in a list without empty lines
            continue
        elif token.tag in _TAGS and token.nesting == 1:
            parts.append(f"<{token.tag}>")
        elif token.tag in _TAGS and token.nesting == -1:
            parts.append(f"</{token.tag}>" + ("\n" if token.level == 0 else ""))
    return "".join(parts).strip()


def _inline_html(tokens: Sequence[Token], formulas: list[str]) -> str:
    parts = []
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                parts.append(for_html(token.content))
            case "softbreak" | "hardbreak":
                parts.append(" ")
            case "code_inline":
                parts.append(f"<code>{for_html(_with_dollars(token.content, formulas))}</code>")
            case "link_open":
                address = str(token.attrGet("href") or "")
                parts.append(f'<a href="{for_html(address[:_MAX_ADDRESS])}" rel="nofollow noopener ugc">')
            case "link_close":
                parts.append("</a>")
            case _ if token.tag in _TAGS:
                parts.append(f"<{token.tag}>" if token.nesting == 1 else f"</{token.tag}>")
            case _:
                parts.append(for_html(token.content))
    return _PLACEHOLDER.sub(lambda match: _formula_html(formulas[int(match[1])]), "".join(parts))
