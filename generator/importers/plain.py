"""Text of public records on one line: decode entities, drop the markup of titles, keep formulas."""

import html
import html.entities
import re

from generator.text.characters import superscript, without_forbidden

# Python refuses to read numbers of over 4,300 digits. Code points have at most seven.
_NO_CHARACTER = re.compile(r"&#[0-9]{100,};?")
# ``&amp;amp;`` is in records that were encoded twice.
_TWICE = re.compile(r"&amp;(amp|lt|gt|quot|apos|#[0-9]{1,7});", re.I)
_CAPITAL = re.compile(r"&([A-Z][A-Za-z]{1,9});")  # ``&Amp;`` in records that capitalize titles


def decoded(text: str) -> str:
    """Decode the entities of ``text``; U+FFFD replaces code points that do not exist."""
    text = _TWICE.sub(r"&\1;", _NO_CHARACTER.sub("\ufffd", text))
    return html.unescape(_CAPITAL.sub(_lowered, text))


def _lowered(match: re.Match[str]) -> str:
    """Write an entity in lower case, ``&Amp;`` as ``&amp;``, unless HTML has one with that capital."""
    name = match[1]
    known = f"{name};" in html.entities.html5 or f"{name.lower()};" not in html.entities.html5
    return match[0] if known else f"&{name.lower()};"


# Only the tags of titles in Crossref's and DataCite's records: "n<m and k>0" contains no tag.
_TAG = re.compile(
    r"</?(?:(?:jats|mml|m):\w+|i|b|u|p|em|strong|su[bp]|sc|scp|tt|span|italic|bold|inf|roman|monospace|underline|"
    r"inline-formula|alternatives|math|mrow|m[inost]|mfrac|msqrt|mtext|msu[bp]|msubsup|mover|munder|semantics)"
    r"(?:\s+[\w:-]+\s*=[^<>]{0,400}|\s*)/?>",
    re.I,
)
_RAISED = re.compile(r"<(?:jats:)?sup>([^<>]{1,20})</(?:jats:)?sup>", re.I)
_BREAK = re.compile(r"<(?:br|jats:break|break)\s{0,9}/?>", re.I)
# The TeX beside a formula in MathML is the better form of the same formula.
_TEX = re.compile(
    r"<(?:jats:)?tex-math\b[^<>]{0,200}>(?:<!\[CDATA\[)?([^<>]{1,2000}?)(?:\]\]>)?</(?:jats:)?tex-math>|"
    r"<(?:mml:)?annotation\b[^<>]{0,200}>([^<>]{1,2000})</(?:mml:)?annotation>",
    re.I,
)
# The limits bound the time for a tag that is never closed.
_MATHML = re.compile(r"<(?:mml:)?math\b[^<>]{0,400}>(?:(?!</?(?:mml:)?math\b).){0,9000}</(?:mml:)?math>", re.I | re.S)


def plain(text: object) -> str:
    """Text of a record on one line, in NFC: decode HTML entities, drop known tags and forbidden characters."""
    if not isinstance(text, str):
        return ""
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return " ".join(text.split())
    text = decoded(text)
    if "<" in text:
        text = _BREAK.sub(" ", _TEX.sub(_formula, _MATHML.sub(_one_form, text)))
        text = _TAG.sub("", _RAISED.sub(lambda match: superscript(match[1]), text))
    return " ".join(without_forbidden(text).split())


def with_subtitle(title: str, subtitle: str) -> str:
    """Join title and subtitle, unless the title contains it already."""
    if not (title and subtitle) or subtitle.casefold() in title.casefold():
        return title or subtitle
    return f"{title} {subtitle}" if title.endswith(("?", "!", ":", ".", "–", "—")) else f"{title}: {subtitle}"


def _one_form(match: re.Match[str]) -> str:
    """A formula in one form: as TeX if its MathML contains that."""
    tex = _TEX.search(match[0])
    return _formula(tex) if tex else match[0]


def _formula(match: re.Match[str]) -> str:
    formula = " ".join((match[1] or match[2]).split()).strip("$").strip()
    return f"${formula}$" if formula else ""
