"""Slugs (the ASCII names of pages), keys that compare titles or names, and the slugs that the site reserves."""

import re
from unicodedata import category, normalize

from anyascii import anyascii

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SLUG = 80  # characters; the limit of ids in the content folder
_WORD = re.compile(r"[a-z0-9]+")
_NOT_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9]+")

WINDOWS_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
)
"""The names of devices of Windows, which cannot create a folder of such a name.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""

RESERVED = frozenset({"index", "feed", "rss", "search", "page", "all", "404"}) | WINDOWS_DEVICES
"""Ids that would collide with the site's own files, or that Windows cannot store."""


def slugify(text: str, max_length: int = MAX_SLUG) -> str:
    """Convert ``text`` to lower-case ASCII words joined by hyphens, cut between words to ``max_length`` characters.

    The result is empty for a text without letters and digits.
    """
    words = _WORD.findall(_romanized(text).replace("'", ""))  # ``o'connor`` is one word
    slug = "-".join(words)
    if len(slug) <= max_length:
        return slug
    cut = slug[: max_length + 1].rpartition("-")[0]  # one character more: a word that ends at the limit stays
    return cut or slug[:max_length]


def folded(text: str) -> str:
    """Return only the letters and digits, in ASCII lower case: a key that is equal for all spellings of one title."""
    return _NOT_LETTER_OR_DIGIT.sub("", _romanized(text))


def _romanized(text: str) -> str:
    return (text if text.isascii() else anyascii(text)).lower()


def name_key(name: str) -> str:
    """Return a key that is equal for all spellings of one name: without case, accents and punctuation.

    Names in other scripts are not romanized, since different names can have the same romanization.
    """
    letters = [letter for letter in normalize("NFKD", name).casefold() if category(letter) != "Mn"]
    return "".join(_romanized(c) if _is_latin(c) else c for c in letters if c.isalnum()) or name


def _is_latin(letter: str) -> bool:
    """Whether a letter is Latin. ``anyascii`` then removes a stroke or splits a ligature, and romanizes nothing."""
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"
