"""Slugs: the ASCII names of pages. And which names the site keeps for itself."""

import re

from anyascii import anyascii

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST = 80
_WORD = re.compile(r"[a-z0-9]+")
_REST = re.compile(r"[^a-z0-9]+")

RESERVED = frozenset({"index", "con", "prn", "aux", "nul", "feed", "rss", "search", "page", "all", "404"}) | {
    f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)
}
"""Ids that would collide with the site's own files, or that Windows cannot store."""


def slugify(text: str, most: int = MOST) -> str:
    """``text`` as lower-case ASCII words joined by hyphens, cut between words to at most ``most`` characters.

    The result may be empty: a text without any letter or digit has no slug.
    """
    words = _WORD.findall(_ascii(text).replace("'", ""))
    slug = "-".join(words)
    if len(slug) <= most:
        return slug
    cut = slug[: most + 1].rpartition("-")[0]
    return cut or slug[:most]


def folded(text: str) -> str:
    """Letters and digits only, in ASCII lower case: equal for two spellings of one title."""
    return _REST.sub("", _ascii(text))


def _ascii(text: str) -> str:
    return (text if text.isascii() else anyascii(text)).lower()
