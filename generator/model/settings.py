"""What a digest says about itself: read from ``mkdocs.yml``, the one place for settings."""

from datetime import date

from generator.model.record import record
from generator.text.words import ENGLISH, Words


@record
class Settings:
    """``site_url`` ends with a slash; ``repository`` is where entries are edited, or ''; ``language`` the own one.

    ``edit_path`` leads there from the repository's address to the content folder, or is '' for the usual one.

    ``contact`` is the mail address that ``digest add`` tells the sites which it asks, or ''.
    ``license`` is the name of the licence of the digest's own texts and ``license_url`` its address, or ''.
    ``tag_authority`` owns the ids of feeds (RFC 4151: a name and a date), and stays when the site moves.
    ``citation_tags`` tells whether pages carry the tags by which Google Scholar and Zotero know a paper.
    ``social_cards`` tells whether each paper gets a picture that is shown where its address is shared.
    ``mail_form`` is the address to which the form for mail sends a reader's address; without one there is no form.
    ``mail_from`` is the address that mailings come from, and ``mail_unsubscribe`` the https address that ends a
    subscription by one click, with ``{address}`` where the reader's address goes; both are '' if there is no mail.
    ``offline_megabytes`` is how much a reader's browser keeps for reading without a network; 0 keeps nothing.
    ``founded`` is the day of the founding collection: what came in until then is no news, so no mailing or weekly page
    lists it and feeds name a few of it only. None if the digest began with nothing.
    ``feeds_from`` is how many papers a list has at least that has a feed and a bibliography beside its page.
    ``content_signal`` tells crawlers for what purposes pages may be used, as ``robots.txt`` writes it, or is ''.
    ``preview`` is true of a site that is only looked at: nobody's browser keeps it, and search engines leave it out.
    ``navigation`` are the titles in the site's navigation; ``words`` are what the site itself says, in ``language``.
    ``palette`` is the colour of ``theme.palette``, Material's name of it or ``#rrggbb``; '' if it has none, None if
    there is no palette.
    ``imports`` are addresses of records that ``digest import --listed`` takes in.
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
    tag_authority: str = "localhost,2026"
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
    page_size: int = 50
    words: Words = ENGLISH
