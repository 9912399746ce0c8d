"""Characters that entries must not contain, and letters that imitate those of another script.

Rules are by Unicode category, so that every script is allowed. An example of an imitation is ``pаper`` with a Cyrillic
``а``; see https://www.unicode.org/reports/tr39/.
"""

import re
import unicodedata
from urllib.parse import urlsplit

# Bidirectional controls, zero-width and invisible characters, tags, variation selectors beyond emoji,
# interlinear annotations, surrogates, private use, noncharacters: UTS 39 and Trojan Source (CVE-2021-42574).
_ALWAYS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_FORBIDDEN = re.compile(f"[{_ALWAYS}]")
# Joiners are needed between letters of scripts such as Persian and Hindi, and in emoji. Elsewhere they are invisible.
_JOINER = re.compile("[\u200c\u200d]")
_SELECTOR = re.compile("[\ufe00-\ufe0f]{2,}")  # one variation selector belongs to emoji; several in a row can hide data
_TAB = re.compile("\t")
_NUMBER = re.compile(r"[+−-]?[0-9]+")
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUSPECT = re.compile(f"[{_ALWAYS}\t\u200c\u200d\ufe00-\ufe0f]")
_WORD = re.compile(r"[^\W\d_]+")
# scripts that occur together in one word
_EAST_ASIAN = frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
# Letters without a script of their own, such as µ, ª and the modifiers.
_COMMON = frozenset({"MICRO", "FEMININE", "MASCULINE", "MODIFIER", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "DOUBLE-STRUCK"})
# Lower-case Cyrillic and Greek letters that most fonts draw like Latin ones.
_LATIN_LOOKALIKES = frozenset("асеорхуіјѕһԛԝӏкпгтвмηινορτυκαχωγ")


def find_forbidden(text: str) -> tuple[int, str] | None:
    """The first forbidden character of ``text`` as (index, name), or None."""
    if _SUSPECT.search(text) is None:
        return None
    match = _FORBIDDEN.search(text) or _TAB.search(text) or _SELECTOR.search(text)
    joiner = next((m for m in _JOINER.finditer(text) if not _joins(text, m.start())), None)
    if joiner and (match is None or joiner.start() < match.start()):
        match = joiner
    if match is None:
        return None
    return match.start(), describe(match.group()[0])


def describe(character: str) -> str:
    """Describe a character by code point and name, e.g. ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    name = unicodedata.name(character, "control or unassigned character")
    return f"U+{ord(character):04X} {name}"


def without_forbidden(text: str) -> str:
    """``text`` in NFC, without forbidden characters and with spaces for tabs. Importers repair text with it."""
    clean = _SELECTOR.sub("", _FORBIDDEN.sub("", text.replace("\t", " ")))
    clean = "".join(c for i, c in enumerate(clean) if not _JOINER.match(c) or _joins(clean, i))
    return unicodedata.normalize("NFC", clean)


def superscript(text: str) -> str:
    """Write a number as an exponent, so that ``10<sup>3</sup>`` does not become 103. Other text stays as it is."""
    return text.translate(_SUPERSCRIPTS) if _NUMBER.fullmatch(text) else text


def is_normal(text: str) -> bool:
    """Whether ``text`` is in Unicode normal form NFC."""
    return unicodedata.is_normalized("NFC", text)


def _joins(text: str, index: int) -> bool:
    """Whether the joiner at ``index`` is between two characters beyond Latin, Greek and Cyrillic."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before and after) and before > "\u058f" and after > "\u058f"


def find_mixed_scripts(text: str) -> tuple[int, str] | None:
    """The first word of ``text`` that mixes scripts, as (index, the scripts' names), or None."""
    for match in () if text.isascii() else _WORD.finditer(text):  # ASCII has one script
        scripts = _scripts_of(match[0])
        if len(scripts) > 1 and not set(scripts) <= _EAST_ASIAN:
            return match.start(), " and ".join(name.capitalize() for name in scripts)
    return None


def disguised_host(address: str) -> str:
    """Return the label of the URL's host that imitates another one, or ''. ``xn--`` labels are decoded."""
    if address.isascii() and "xn--" not in address.lower():
        return ""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # malformed brackets, as of an IPv6 address; browsers reject such a URL
        return ""
    for label in host.split("."):
        decoded = _decoded(label)
        letters = [c for c in decoded if c.isalpha()]
        looks_latin = not decoded.isascii() and all(c in _LATIN_LOOKALIKES for c in letters)
        if looks_latin or find_mixed_scripts("".join(letters)):
            return decoded
    return ""


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    return decoded if decoded.isprintable() else label


def _scripts_of(word: str) -> list[str]:
    """The scripts of a word's letters, in order of appearance."""
    names = (unicodedata.name(letter, "UNNAMED").split(" ", 1)[0] for letter in word)
    return list(dict.fromkeys(name.removeprefix("FULLWIDTH") or "LATIN" for name in names if name not in _COMMON))
