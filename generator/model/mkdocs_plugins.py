"""Known MkDocs plugins that the digest ignores or does not need, with the reason or the alternative."""

from types import MappingProxyType

WITHOUT_EFFECT = MappingProxyType(
    {
        "blog": "write collections instead (`content/collections/`)",
        "git-revision-date-localized": "pages are generated; each entry shows its own days",
        "glightbox": "its script is in the page, which the security policy forbids",
        "meta": "pages below `content/pages/` have front matter of their own",
        "offline": "the digest can be read offline anyway (`extra.offline_megabytes`)",
        "privacy": "nothing is loaded from other hosts",
        "search": "the digest has its own search",
        "social": "the digest draws its own cards (`extra.social_cards`)",
        "tags": "papers have tags of their own, in `content/tags/`",
    }
)
"""Plugins that a build ignores, each with the reason or the alternative. MkDocs loads all others."""

SLOW = MappingProxyType(
    {
        "minify": "pages are small already",
        "redirects": "a paper keeps its old id in `aliases`",
    }
)
"""Plugins that work but slow down the build, since any plugin makes MkDocs build all pages itself."""


def short_name(plugin: str) -> str:
    """A plugin's name without its namespace: ``tags`` for ``material/tags``."""
    return plugin.rpartition("/")[2]
