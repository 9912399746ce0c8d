"""Convert text of public records to plain text on one line: decode entities, drop tags, keep formulas."""

import html
import html.entities
import re

from generator.text.characters import superscript, without_forbidden

# Code points have at most seven digits, and ``html.unescape`` fails at numbers of over 4,300 digits.
_INVALID_CODE_POINT = re.compile(r"&#[0-9]{100,};?")
# ``&amp;amp;``, from records that were encoded twice
_ENCODED_TWICE = re.compile(r"&amp;(amp|lt|gt|quot|apos|#[0-9]{1,7});", re.I)
_CAPITALIZED = re.compile(r"&([A-Z][A-Za-z]{1,9});")  # ``&Amp;``, from records that capitalize titles


def decode_entities(text: str) -> str:
    """Decode the entities of ``text``; U+FFFD replaces code points that do not exist."""
    text = _ENCODED_TWICE.sub(r"&\1;", _INVALID_CODE_POINT.sub("\ufffd", text))
    return html.unescape(_CAPITALIZED.sub(_lower_case, text))


def _lower_case(match: re.Match[str]) -> str:
    """``&amp;`` for ``&Amp;``. Entities that HTML defines with a capital (``&Alpha;``) and unknown ones stay."""
    name = match[1]
    is_misspelled = f"{name};" not in html.entities.html5 and f"{name.lower()};" in html.entities.html5
    return f"&{name.lower()};" if is_misspelled else match[0]


# The maximum lengths in these patterns bound the time for a tag that is never closed.

# Only tags that occur in records of Crossref and DataCite, because titles also contain ``n<m and k>0``.
_TAG = re.compile(
    r"</?(?:(?:jats|mml|m):\w+|i|b|u|p|em|strong|su[bp]|sc|scp|tt|span|italic|bold|inf|roman|monospace|underline|"
    r"inline-formula|alternatives|math|mrow|m[inost]|mfrac|msqrt|mtext|msu[bp]|msubsup|mover|munder|semantics)"
    r"(?:\s+[\w:-]+\s*=[^<>]{0,400}|\s*)/?>",
    re.I,
)
_SUPERSCRIPT = re.compile(r"<(?:jats:)?sup>([^<>]{1,20})</(?:jats:)?sup>", re.I)
_BREAK = re.compile(r"<(?:br|jats:break|break)\s{0,9}/?>", re.I)
# MathML may contain the same formula as TeX, which is kept instead.
_TEX = re.compile(
    r"<(?:jats:)?tex-math\b[^<>]{0,200}>(?:<!\[CDATA\[)?([^<>]{1,2000}?)(?:\]\]>)?</(?:jats:)?tex-math>|"
    r"<(?:mml:)?annotation\b[^<>]{0,200}>([^<>]{1,2000})</(?:mml:)?annotation>",
    re.I,
)
_MATHML = re.compile(r"<(?:mml:)?math\b[^<>]{0,400}>(?:(?!</?(?:mml:)?math\b).){0,9000}</(?:mml:)?math>", re.I | re.S)


def plain(text: object) -> str:
    """Text of a record on one line, in NFC, without HTML entities, known tags and forbidden characters.

    '' for a value that is no text.
    """
    if not isinstance(text, str):
        return ""
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return " ".join(text.split())
    text = decode_entities(text)
    if "<" in text:
        text = _BREAK.sub(" ", _TEX.sub(_formula, _MATHML.sub(_tex_of_mathml, text)))
        text = _TAG.sub("", _SUPERSCRIPT.sub(lambda match: superscript(match[1]), text))
    return " ".join(without_forbidden(text).split())


def with_subtitle(title: str, subtitle: str) -> str:
    """The title with its subtitle; one alone if the other is '' or the title already contains the subtitle."""
    if not (title and subtitle) or subtitle.casefold() in title.casefold():
        return title or subtitle
    return f"{title} {subtitle}" if title.endswith(("?", "!", ":", ".", "–", "—")) else f"{title}: {subtitle}"


def _tex_of_mathml(match: re.Match[str]) -> str:
    """The TeX in a MathML element; without TeX, the element."""
    tex = _TEX.search(match[0])
    return _formula(tex) if tex else match[0]


def _formula(match: re.Match[str]) -> str:
    """A match of `_TEX` as ``$…$``."""
    formula = " ".join((match[1] or match[2]).split()).strip("$").strip()
    return f"${formula}$" if formula else ""
