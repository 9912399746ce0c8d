"""Characters that entries must not contain, and letters that imitate those of another script.

Letters of every script are allowed. An example of an imitation is ``pаper`` with a Cyrillic ``а``; see
https://www.unicode.org/reports/tr39/.
"""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import urlsplit

# Controls except the line break, bidirectional controls, zero-width and invisible characters, tags, variation
# selectors beyond emoji, interlinear annotations, surrogates, private use, noncharacters: UTS 39 and Trojan Source
# (CVE-2021-42574).
_ALWAYS_FORBIDDEN = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_FORBIDDEN = re.compile(f"[{_ALWAYS_FORBIDDEN}]")
# Joiners are needed between letters of scripts such as Persian and Hindi, and in emoji. Elsewhere they are invisible.
_JOINERS = "\u200c\u200d"
_JOINER = re.compile(f"[{_JOINERS}]")
_SELECTORS = "\ufe00-\ufe0f"
_JOINER_OR_SELECTOR = f"[{_JOINERS}{_SELECTORS}]"
# Several joiners and variation selectors in a row can hide data. Emoji have at most a selector and then a joiner.
_INVISIBLE_RUN = re.compile(
    f"(?<!{_JOINER_OR_SELECTOR})(?![{_SELECTORS}][{_JOINERS}](?!{_JOINER_OR_SELECTOR})){_JOINER_OR_SELECTOR}{{2,}}"
)
_PERHAPS_FORBIDDEN = re.compile(f"[{_ALWAYS_FORBIDDEN}{_JOINERS}{_SELECTORS}]")
_EXPONENT = re.compile(r"[+−-]?[0-9]+")
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_WORD = re.compile(r"[^\W\d_]+")
# Scripts that may occur together in one word.
_EAST_ASIAN = frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
# First words of the Unicode names of letters without a script of their own, such as µ (MICRO SIGN), ª and modifiers.
_NO_SCRIPT = frozenset(
    {"MICRO", "FEMININE", "MASCULINE", "MODIFIER", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "DOUBLE-STRUCK"}
)
# Lower-case Cyrillic and Greek letters that most fonts draw like Latin ones.
_LATIN_LOOKALIKES = frozenset("асеорхуіјѕһԛԝӏкпгтвмηινορτυκαχωγ")


class Occurrence(NamedTuple):
    """A fault in a text: the ``position`` of its first character, counted from 0, and its description."""

    position: int
    description: str


def find_forbidden(text: str) -> Occurrence | None:
    """Return the first forbidden character of ``text``, described by its code point and name; or None."""
    if _PERHAPS_FORBIDDEN.search(text) is None:
        return None
    joiner = next((joiner for joiner in _JOINER.finditer(text) if not _joins(text, joiner.start())), None)
    matches = [match for match in (_FORBIDDEN.search(text), _INVISIBLE_RUN.search(text), joiner) if match]
    first = min(matches, key=lambda match: match.start(), default=None)
    return None if first is None else Occurrence(first.start(), describe(first[0][0]))


def describe(character: str) -> str:
    """Return the code point and name of a character, e.g. ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    name = unicodedata.name(character, "control or unassigned character")
    return f"U+{ord(character):04X} {name}"


def without_forbidden(text: str) -> str:
    """Return ``text`` in NFC, without forbidden characters and with spaces for tabs."""
    clean = _INVISIBLE_RUN.sub("", _FORBIDDEN.sub("", text.replace("\t", " ")))
    clean = "".join(c for index, c in enumerate(clean) if not _JOINER.match(c) or _joins(clean, index))
    return unicodedata.normalize("NFC", clean)


def superscript(text: str) -> str:
    """Return a number in superscript characters (``10<sup>3</sup>`` must not become 103); other text unchanged."""
    return text.translate(_SUPERSCRIPTS) if _EXPONENT.fullmatch(text) else text


def is_normal(text: str) -> bool:
    """Whether ``text`` is in Unicode normal form NFC."""
    return unicodedata.is_normalized("NFC", text)


def _joins(text: str, index: int) -> bool:
    """Whether the joiner at ``index`` is between two characters beyond Latin, Greek, Cyrillic and Armenian."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before and after) and before > "\u058f" and after > "\u058f"


def find_mixed_scripts(text: str) -> Occurrence | None:
    """Return the first word of ``text`` that mixes scripts, described by these: ``Latin and Cyrillic``; or None."""
    if text.isascii():  # ASCII has one script
        return None
    for match in _WORD.finditer(text):
        scripts = _scripts(match[0])
        if len(scripts) > 1 and not set(scripts) <= _EAST_ASIAN:
            return Occurrence(match.start(), " and ".join(name.capitalize() for name in scripts))
    return None


def disguised_host(address: str) -> str:
    """Return the first label of the URL's host that imitates a Latin word or mixes scripts, or ''.

    A label that begins with ``xn--`` is decoded.
    """
    if address.isascii() and "xn--" not in address.lower():
        return ""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # malformed brackets of an IPv6 address; browsers reject such a URL
        return ""
    for label in host.split("."):
        decoded = _decode_label(label)
        letters = [c for c in decoded if c.isalpha()]
        looks_latin = bool(letters) and not decoded.isascii() and all(c in _LATIN_LOOKALIKES for c in letters)
        if looks_latin or find_mixed_scripts("".join(letters)):
            return decoded
    return ""


def _decode_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    return decoded if decoded.isprintable() else label


def _scripts(word: str) -> list[str]:
    """The scripts of a word's letters, in order of appearance: the first words of their Unicode names."""
    # Full-width Latin letters have names such as FULLWIDTH LATIN SMALL LETTER A.
    names = (unicodedata.name(letter, "UNNAMED").split(" ", 1)[0] for letter in word)
    return list(dict.fromkeys(name.removeprefix("FULLWIDTH") or "LATIN" for name in names if name not in _NO_SCRIPT))
