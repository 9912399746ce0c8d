"""A mailing as a message: plain text and HTML, with the same bytes on every run.

Headers follow https://www.rfc-editor.org/rfc/rfc5322, lists https://www.rfc-editor.org/rfc/rfc2919 (List-Id) and
https://www.rfc-editor.org/rfc/rfc2369, one-click unsubscribing https://www.rfc-editor.org/rfc/rfc8058.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from textwrap import fill
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from generator.build.export_templates import make_environment
from generator.citation.reference import references
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.editorial import collection_texts
from generator.model.localized import in_digest_language
from generator.model.period import Period, group_by_area, picks_in_period
from generator.model.settings import Settings
from generator.text.color import DARK, LIGHT, palette_color, readable
from generator.text.escape import for_html, for_mail_header, for_mail_text, for_url
from generator.text.markup import prose_plain
from generator.text.names import shown_count
from generator.text.words import ENGLISH, Words

MAX_BYTES = 100_000
"""The maximum size of a message in bytes, unless picks alone need more. Mail services truncate longer ones, Gmail
after 102 KB."""
# Header lines of up to 998 characters, the limit of RFC 5322: some mail programs do not unfold List-Unsubscribe.
_UNFOLDED = SMTP.clone(max_line_length=998)
_LINK, _LINK_DARK = "#7c2a18", "#f0ae98"  # the link colors of the theme's style sheet
_AUTHORS_SHOWN = 4
_LINE_LENGTH = 76  # characters; RFC 5322 recommends at most 78 per line


class ListedPaper(NamedTuple):
    """The texts by which a mailing shows a paper. ``url`` is the paper's page."""

    title: str
    url: str
    authors: str
    venue: str
    tldr: str


class Area(NamedTuple):
    """A heading with papers under it."""

    name: str
    papers: tuple[ListedPaper, ...]


class MailWriter:
    """Writes the mailings of one catalog with the templates of a theme."""

    def __init__(self, catalog: Catalog, settings: Settings, theme: Path) -> None:
        self._catalog = catalog
        self._settings = settings
        self._references = references(catalog, settings.language, settings.words)
        self._html = make_environment(theme, for_html, settings.words).get_template("mail.html.j2")
        plain = make_environment(theme, for_mail_text, settings.words)
        plain.filters["wrapped"] = lambda text: Markup(fill(for_mail_text(text), _LINE_LENGTH, break_long_words=False))
        self._text = plain.get_template("mail.txt.j2")

    def message(self, period: Period, paper_ids: Sequence[str], recipient: str) -> bytes:
        """Return the mailing of ``period`` for the address ``recipient``, as bytes.

        The picks of the period come first, then as many of the papers as the size allows, and a link to the others.
        """
        count = len(paper_ids)
        while True:
            message = self._compose(period, paper_ids[:count], len(paper_ids), recipient).as_bytes(policy=_UNFOLDED)
            if len(message) <= MAX_BYTES or not count:
                return message
            # The estimate may be too high, because headers and footer do not shrink. So leave out at least one paper.
            count = min(count - 1, count * MAX_BYTES // len(message))

    def _compose(self, period: Period, paper_ids: Sequence[str], total: int, recipient: str) -> EmailMessage:
        """Return the mailing with these papers, of ``total`` in the period."""
        site = self._settings  # under this name in the templates, too
        unsubscribe = site.mail_unsubscribe.replace("{address}", for_url(recipient))
        color = palette_color(site.palette or "")
        picks = [self._picks_area(collection) for collection in picks_in_period(self._catalog, period)]
        context = {
            "site": site,
            "period": period,
            "total": total,
            "areas": [*picks, *self._areas(paper_ids)],
            "more": total - len(paper_ids),
            "archive": f"{site.site_url}{site_paths.week(period.slug) if period.is_week else 'archive'}/",
            "unsubscribe": unsubscribe,
            "link": readable(color, LIGHT) if color else _LINK,
            "link_dark": readable(color, DARK) if color else _LINK_DARK,
        }
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(for_mail_header(site.name), addr_spec=site.mail_from)
        message["To"] = Address(addr_spec=recipient)
        subject = count_of(total, site.words) if total or not picks else picks[0].name
        message["Subject"] = for_mail_header(f"{site.name}, {period.name}: {subject}")
        # Part of the Message-ID, so that another selection of papers is another message.
        selection = (*(area.name for area in picks), *paper_ids)
        selection_hash = _short_hash(site.site_url, site.tag_authority, *selection, recipient)
        self._add_headers(message, period, selection_hash, unsubscribe)
        message.set_content(self._text.render(context), cte="quoted-printable")
        message.add_alternative(self._html.render(context), subtype="html", cte="quoted-printable")
        message["Content-Language"] = site.language
        # The default is random, but the same mailing must have the same bytes.
        message.set_boundary(f"={_short_hash(site.site_url, period.slug, recipient)}")
        return message

    def _add_headers(self, message: EmailMessage, period: Period, selection_hash: str, unsubscribe: str) -> None:
        """Add date, Message-ID and the headers of a mailing list."""
        site = self._settings
        host = urlsplit(site.site_url).hostname or "localhost"
        # The morning after the period instead of the current time, so that a resumed mailing has the same bytes.
        sent = datetime.combine(period.last + timedelta(days=1), time(6), tzinfo=UTC)
        message["Date"] = format_datetime(sent)
        message["Message-ID"] = f"<{period.slug}.{selection_hash}@{host}>"
        message["List-Id"] = f"<papers.{host}>"
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["List-Archive"] = f"<{site.site_url}weekly/>"

    def _areas(self, paper_ids: Sequence[str]) -> list[Area]:
        """Return the papers by area, that is, by top-level topic."""
        topics = self._catalog.topics
        return [
            Area(self._localized(topics[topic_id].name), tuple(self._paper(paper_id) for paper_id in ids_in_area))
            for topic_id, ids_in_area in group_by_area(self._catalog, paper_ids).items()
        ]

    def _picks_area(self, collection_id: str) -> Area:
        """Return the papers of a collection of picks. The editor's notes replace the sentences on the papers."""
        text = collection_texts(self._catalog.collections[collection_id], self._settings.language)[0]
        papers = (self._paper(item.paper)._replace(tldr=prose_plain(item.note)) for item in text.items)
        return Area(text.name, tuple(papers))

    def _paper(self, paper_id: str) -> ListedPaper:
        paper = self._catalog.papers[paper_id]
        names = paper.author_names[: shown_count(len(paper.author_names), _AUTHORS_SHOWN)]
        rest = len(paper.author_names) - len(names)
        return ListedPaper(
            title=paper.title,
            url=f"{self._settings.site_url}{site_paths.paper(paper.id)}/",
            authors=", ".join(names) + (" " + self._settings.words.say("and {n} more", n=rest) if rest else ""),
            venue=self._references[paper_id].event,
            tldr=self._localized(paper.tldr),
        )

    def _localized(self, text: Mapping[str, str] | None) -> str:
        return in_digest_language(text, self._settings.language)


def count_of(total: int, words: Words = ENGLISH) -> str:
    """Return ``1 paper`` or ``61 papers``, in the language of ``words``."""
    return words.say_many("{n} paper", "{n} papers", total)


def _short_hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
