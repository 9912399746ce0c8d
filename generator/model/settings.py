"""The settings of a digest, which are read from ``mkdocs.yml``, and the MkDocs plugins that a digest does not need."""

from datetime import date
from types import MappingProxyType

from generator.model.record import record
from generator.text.words import ENGLISH, Words

IGNORED_PLUGINS = MappingProxyType(
    {
        "blog": "write collections instead (`content/collections/`)",
        "git-revision-date-localized": "pages are generated; each entry shows its own days",
        "glightbox": "it writes scripts into pages, which the security policy forbids",
        "meta": "pages below `content/pages/` have front matter of their own",
        "offline": "the digest can be read offline anyway (`extra.offline_megabytes`)",
        "privacy": "nothing is loaded from other hosts",
        "search": "the digest has its own search",
        "social": "the digest draws its own cards (`extra.social_cards`)",
        "tags": "papers have tags of their own, in `content/tags/`",
    }
)
"""Plugins that a build ignores, each with the reason or the alternative. MkDocs loads all others."""

SLOW_PLUGINS = MappingProxyType(
    {
        "minify": "pages are small already",
        "redirects": "a paper keeps its old id in `aliases`",
    }
)
"""Plugins that work but slow down the build, since MkDocs itself must build all pages for any plugin."""


@record
class Settings:
    """The settings of a digest. A text that is not set is ''.

    ``site_url`` ends with a slash; ``repository`` is the address of the repository of the entries.
    ``language`` is the code of the digest's language.
    ``edit_path`` is the path from the repository's address to the content folder, for edit links.
    ``contact`` is the mail address in requests to other services, and on the page ``accessibility``.
    ``license`` is the name of the license of the digest's own texts and ``license_url`` its address.
    ``tag_authority`` is the authority in feed ids (RFC 4151: a name and a date). It must not change if the site moves.
    ``citation_tags`` enables the meta tags by which Google Scholar and Zotero recognize a paper.
    ``social_cards`` enables a preview picture for each paper, which other sites show beside a link.
    ``mail_form`` is the URL to which the subscription form posts. If it is '', the site has no form.
    ``mail_from`` is the sender's address of mailings, and ``mail_unsubscribe`` the https address that ends a
    subscription by one click, with ``{address}`` in place of the reader's address.
    ``offline_megabytes`` limits what a reader's browser stores for offline reading; 0 stores nothing.
    ``founded`` is the last day of the founding collection: mailings and weekly pages leave out papers added up to this
    day, and feeds list only a few of these papers. None if there is no founding collection.
    ``feeds_from`` is the number of papers from which a list gets a feed and a bibliography.
    ``content_signal`` is the value of ``Content-Signal`` in ``robots.txt``: the permitted uses of pages by crawlers.
    ``preview`` is true for a preview site: browsers do not store it and search engines do not index it.
    ``navigation`` are the titles in the site's navigation; ``words`` are the interface texts in ``language``.
    ``palette`` is the color that ``theme.palette`` sets: a name of Material's or ``#rrggbb``. It is '' for a palette
    without a color, and None if there is no palette.
    ``imports`` are addresses of records that ``digest import --listed`` imports.
    """

    name: str
    description: str
    site_url: str
    repository: str
    language: str
    contact: str = ""
    edit_path: str = ""
    license: str = ""
    license_url: str = ""
    tag_authority: str = "localhost,2026"  # feed readers show all entries as new if it changes
    citation_tags: bool = True
    social_cards: bool = True
    mail_form: str = ""
    mail_from: str = ""
    mail_unsubscribe: str = ""
    offline_megabytes: int = 20
    founded: date | None = None
    feeds_from: int = 3
    content_signal: str = ""
    preview: bool = False
    imports: tuple[str, ...] = ()
    navigation: tuple[str, ...] = ()
    palette: str | None = None
    page_size: int = 50  # papers on one page of a list; not a setting of mkdocs.yml
    words: Words = ENGLISH


def plugin_name(plugin: str) -> str:
    """Return a plugin's name without its namespace: ``tags`` for ``material/tags``."""
    return plugin.rpartition("/")[2]
