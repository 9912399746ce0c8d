"""Slugs: the ASCII names of pages. And which names the site keeps for itself."""

import re

from anyascii import anyascii

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST = 80

RESERVED = frozenset({"index", "con", "prn", "aux", "nul", "feed", "rss", "search", "page", "all", "404"}) | {
    f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)
}
"""Ids that would collide with the site's own files, or that Windows cannot store."""


def slugify(text: str, most: int = MOST) -> str:
    """``text`` as lower-case ASCII words joined by hyphens, cut between words to at most ``most`` characters.

    The result may be empty: a text without any letter or digit has no slug.
    """
    words = re.findall(r"[a-z0-9]+", anyascii(text).lower().replace("'", ""))
    slug = "-".join(words)
    if len(slug) <= most:
        return slug
    cut = slug[: most + 1].rpartition("-")[0]
    return cut or slug[:most]


def folded(text: str) -> str:
    """Letters and digits only, in ASCII lower case: equal for two spellings of one title."""
    return re.sub(r"[^a-z0-9]", "", anyascii(text).lower())
