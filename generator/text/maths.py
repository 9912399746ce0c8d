r"""Formulas in running text: find ``$…$``, render it to MathML at build time, or write it in plain characters.

latex2mathml copies HTML from the arguments of ``\mbox``, ``\href`` and ``\class``; an allow-list removes it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import nh3
from latex2mathml.converter import convert
from pylatexenc.latex2text import LatexNodes2Text

from generator.text.latex import convert_strictly

# As in pandoc: no space after the opening dollar or before the closing one, and no digit after it.
_MATHS = re.compile(r"\$(?=\S)([^$\n]{1,500}?)(?<=\S)\$(?!\d)")
ELEMENTS = frozenset(
    "math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup munder mover "
    "munderover mmultiscripts mprescripts mtable mtr mtd".split()
)
"""The elements of MathML that a formula may consist of."""
# The attributes of these elements that are kept.
_ATTRIBUTES = {
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {"stretchy", "fence", "separator", "form", "lspace", "rspace", "minsize", "maxsize", "accent"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mspace": {"width"},
    "mfrac": {"linethickness"},
    "mtable": {"columnalign"},
}
_MAX_DEPTH = 12  # nested braces, parentheses or environments; the conversion is recursive
# Commands that define macros, load or link something, or set attributes.
_REFUSED = re.compile(r"\\(?:def|newcommand|let|require|href|html\w*|url|class|style|input)\b")


class Segment(NamedTuple):
    """A part of a text: plain, or the TeX source of a formula without its dollar signs."""

    text: str
    is_maths: bool


def segments(text: str) -> Iterator[Segment]:
    """Split ``text`` into plain parts and formulas, in order."""
    position = 0
    for match in _MATHS.finditer(text):
        if match.start() > position:
            yield Segment(text[position : match.start()], False)
        yield Segment(match[1], True)
        position = match.end()
    if position < len(text):
        yield Segment(text[position:], False)


@lru_cache(maxsize=4096)
def to_mathml(tex: str) -> str:
    """Return the MathML of a formula, or '' if it cannot be converted: the caller then shows its source."""
    if _depth(tex) > _MAX_DEPTH or _REFUSED.search(tex):
        return ""
    try:
        mathml = convert(tex)
    except Exception:  # noqa: BLE001  # the library raises many kinds of exceptions for unknown formulas
        return ""
    clean = nh3.clean(
        mathml,
        tags=set(ELEMENTS),
        attributes=_ATTRIBUTES,
        link_rel=None,
        clean_content_tags={"script", "style"},
        strip_comments=True,
    )
    is_complete = "\\" not in clean and clean.count("<math") == 1  # an unknown command stays as text
    return clean if is_complete else ""


def to_plain(text: str) -> str:
    r"""Return ``text`` with its formulas in plain characters, for window titles and search: ``$\ell_2$`` as ``ℓ_2``."""
    if "$" not in text:
        return text
    return "".join(_plain_formula(part.text) if part.is_maths else part.text for part in segments(text))


@lru_cache(maxsize=1)
def _plain_converter() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text")


@lru_cache(maxsize=4096)
def _plain_formula(tex: str) -> str:
    text = convert_strictly(tex, _plain_converter())
    return tex if text is None else " ".join(text.split())


def _depth(tex: str) -> int:
    """An upper bound of the depth to which a formula is nested."""
    depth = deepest = 0
    for character in tex:
        depth += (character in "{(") - (character in "})")
        deepest = max(deepest, depth)
    return max(deepest, tex.count("\\begin"))
