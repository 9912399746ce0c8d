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
_TAGS = frozenset({"p", "em", "strong", "ul", "ol", "li"})
_MAX_FORMULAS = 100  # formulas of one text that are rendered; others are shown as source, since rendering takes time
_CACHED = 2_000  # page, feeds and search render the same text
# A line without markup: no markup character inside or at its start, and no space at its ends.
_UNMARKED = re.compile(
    r"[^\W\d_](?:[^\x00-\x1f\x7f-\xa0\ue000-\uf8ff\\`*_\[\]$]*[^\s\x00-\x1f\x7f-\xa0\ue000-\uf8ff\\`*_\[\]$])?"
)
# Replaces a formula: private-use characters, which entries cannot contain.
_PLACEHOLDER = re.compile("\ue000([0-9]+)\ue001")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": 10})
    parser.enable(["list", "backticks", "emphasis", "link", "escape", "newline"])
    parser.validateLink = _may_link  # type: ignore[method-assign]  # a refused link stays text
    return parser


def _may_link(url: str) -> bool:
    return is_web_address(url) or url.startswith("mailto:")


class Prose(NamedTuple):
    """A parsed text of the subset."""

    html: str
    """HTML blocks, one per line."""
    plain: str
    """Paragraphs separated by empty lines, with formulas in plain characters."""


@lru_cache(maxsize=_CACHED)
def read_prose(text: str) -> Prose:
    """Parse a text of the subset, once for all its uses."""
    paragraphs = text.split("\n\n")
    if all(map(_UNMARKED.fullmatch, paragraphs)):  # true of most texts; the parser takes fifty times as long
        return Prose(html="\n".join(f"<p>{for_html(line)}</p>" for line in paragraphs), plain=text)
    without_formulas, formulas = _with_placeholders(text)
    tokens = _parser().parse(without_formulas)
    return Prose(html=_blocks(tokens, formulas), plain=_paragraphs(tokens, formulas))


def prose_html(text: str) -> str:
    """The subset as HTML blocks, one per line."""
    return read_prose(text).html


def prose_plain(text: str) -> str:
    """The subset as plain text: paragraphs separated by empty lines, formulas in plain characters."""
    return read_prose(text).plain


def line_markdown(text: str) -> str:
    """One line of plain text with formulas, as Markdown with MathML inside."""
    return "".join(
        _maths_inline(part.text) if part.is_maths else _keep_ends(part.text) for part in maths.segments(text)
    )


def line_html(text: str) -> str:
    """One line of plain text with formulas, as HTML."""
    return "".join(_maths_inline(part.text) if part.is_maths else for_html(part.text) for part in maths.segments(text))


def line_html_in_markdown(text: str) -> str:
    """`line_html` for a page's Markdown: every character with a meaning in Markdown is an entity."""
    return line_html(text).translate(_ENTITIES)


def _keep_ends(text: str) -> str:
    """Encode a part between formulas without losing the spaces that separate it from them."""
    body = for_markdown(text)
    return (" " if text[:1].isspace() else "") + body + (" " if body and text[-1:].isspace() else "")


def _maths_inline(tex: str) -> str:
    mathml = maths.to_mathml(tex)
    if not mathml:
        return f"<code>{for_html(f'${tex}$').translate(_ENTITIES)}</code>"
    return f'<span class="maths">{mathml.translate(_ENTITIES)}</span>'


# For text between the tags of inline HTML, which Markdown still parses.
_ENTITIES = {ord(character): f"&#{ord(character)};" for character in "*_[]{}\\`|~^$"}


def _with_placeholders(text: str) -> tuple[str, list[str]]:
    """Replace the formulas of ``text`` by placeholders that Markdown leaves alone. Returns text and formulas."""
    formulas: list[str] = []
    out = []
    for part in maths.segments(text):
        if part.is_maths and len(formulas) < _MAX_FORMULAS:
            out.append(f"\ue000{len(formulas)}\ue001")
            formulas.append(part.text)
        else:
            out.append(f"${part.text}$" if part.is_maths else part.text)
    return "".join(out), formulas


def _paragraphs(tokens: Sequence[Token], formulas: list[str]) -> str:
    paragraphs = []
    for token in tokens:
        if token.type == "inline":
            words = "".join(child.content or " " * child.type.endswith("break") for child in token.children or [])
            paragraphs.append(_PLACEHOLDER.sub(lambda match: maths.to_plain(f"${formulas[int(match[1])]}$"), words))
    return "\n\n".join(paragraphs)


def _blocks(tokens: Sequence[Token], formulas: list[str]) -> str:
    out = []
    for token in tokens:
        if token.type == "inline":
            out.append(_inline(token.children or [], formulas))
        elif token.hidden:
            continue
        elif token.tag in _TAGS and token.nesting == 1:
            out.append(f"<{token.tag}>")
        elif token.tag in _TAGS and token.nesting == -1:
            out.append(f"</{token.tag}>" + ("\n" if token.level == 0 else ""))
    return "".join(out).strip()


def _inline(tokens: Sequence[Token], formulas: list[str]) -> str:
    out = []
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                out.append(for_html(token.content))
            case "softbreak" | "hardbreak":
                out.append(" ")
            case "code_inline":
                out.append(f"<code>{for_html(token.content)}</code>")
            case "link_open":
                address = str(token.attrGet("href") or "")
                out.append(f'<a href="{for_html(address[:_MAX_ADDRESS])}" rel="nofollow noopener ugc">')
            case "link_close":
                out.append("</a>")
            case _ if token.tag in _TAGS:
                out.append(f"<{token.tag}>" if token.nesting == 1 else f"</{token.tag}>")
            case _:
                out.append(for_html(token.content))
    return _PLACEHOLDER.sub(lambda match: _maths_inline(formulas[int(match[1])]), "".join(out))
