"""Letters of one script that pass for those of another: ``pаper`` with a Cyrillic ``а``.

The rule is "highly restrictive" of https://www.unicode.org/reports/tr39/#Restriction_Level_Detection: one script a
word, or Latin with those of East Asia.
"""

import re
import unicodedata
from urllib.parse import urlsplit

_WORD = re.compile(r"[^\W\d_]+")
_EAST_ASIAN = frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
# Letters without a script of their own, such as µ, ª and the modifiers.
_COMMON = frozenset({"MICRO", "FEMININE", "MASCULINE", "MODIFIER", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "DOUBLE-STRUCK"})
# Lower-case Cyrillic and Greek letters that most fonts draw like Latin ones.
_DISGUISED = frozenset("асеорхуіјѕһԛԝӏкпгтвмηινορτυκαχωγ")


def find_mixed(text: str) -> tuple[int, str] | None:
    """The first word of ``text`` that mixes scripts, as (index, the scripts' names), or None."""
    for match in () if text.isascii() else _WORD.finditer(text):  # ASCII has one script
        scripts = _scripts(match[0])
        if len(scripts) > 1 and not set(scripts) <= _EAST_ASIAN:
            return match.start(), " and ".join(name.capitalize() for name in scripts)
    return None


def disguised_host(address: str) -> str:
    """The label of the address's host that may pass for another, as it reads, or ''. ``xn--`` labels are decoded."""
    if address.isascii() and "xn--" not in address.lower():
        return ""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # a bracket that is not of a numeric address; a browser does not follow it
        return ""
    for label in host.split("."):
        read = _decoded(label)
        letters = [c for c in read if c.isalpha()]
        looks_latin = not read.isascii() and all(c in _DISGUISED for c in letters)
        if looks_latin or find_mixed("".join(letters)):
            return read
    return ""


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    return decoded if decoded.isprintable() else label


def _scripts(word: str) -> list[str]:
    """The scripts of a word's letters, in order of appearance."""
    names = (unicodedata.name(letter, "UNNAMED").split(" ", 1)[0] for letter in word)
    return list(dict.fromkeys(name.removeprefix("FULLWIDTH") or "LATIN" for name in names if name not in _COMMON))
