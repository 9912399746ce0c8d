"""Write entries and feeds in three formats.

- Atom: RFC 4287, https://www.rfc-editor.org/rfc/rfc4287
- RSS 2.0: https://www.rssboard.org/rss-specification
- JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/

Each entry is written once in each format. A feed is its metadata followed by entries.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from generator.build.export_templates import FeedTemplate, mail_date, make_environment, stamp
from generator.build.inputs import Inputs, memo
from generator.exports.editorial import PicksEntry
from generator.exports.feed_items import EntryContent, FeedItem
from generator.exports.listings import Listing
from generator.exports.records import non_empty, to_json
from generator.model.settings import Settings
from generator.text.escape import for_xml

# In the templates of feeds: the fields of ``Feed``, with the date in the formats of Atom and RSS.
_FEED_VALUE_NAMES = ("id", "title", "about", "url", "root", "stamp", "mail_date")


class Feed(NamedTuple):
    """The metadata of a feed.

    ``about`` is a sentence, ``url`` the folder of the feed and its page, ``root`` the relative path to the site's root.
    """

    id: str
    title: str
    about: str
    url: str
    root: str
    updated: date


class WrittenItem(NamedTuple):
    """An entry with the full text, in each format."""

    atom: str
    rss: str
    json: str


class FeedWriter:
    """Writes entries and feeds with the templates of a theme."""

    def __init__(self, settings: Settings, theme: Path, inputs: Inputs) -> None:
        self.environment = make_environment(theme, words=settings.words, inputs=inputs)
        self.environment.globals["site"] = settings
        self._settings, self.inputs = settings, inputs

    def full_item(self, item: FeedItem, content: EntryContent) -> WrittenItem:
        """Write the entry of a paper with the full text, in each format."""
        return self._in_each_format(item, "entry.html.j2", content._asdict())

    def picks_item(self, picks: PicksEntry) -> WrittenItem:
        """Write picks as one entry with their papers, in each format."""
        return self._in_each_format(picks.item, "picks.html.j2", picks._asdict())

    def _in_each_format(self, item: FeedItem, template: str, content: Mapping[str, Any]) -> WrittenItem:
        html = self.environment.get_template(template).render(content)
        return WrittenItem(
            self._render("atom-entry.xml.j2", item, html),
            self._render("rss-item.xml.j2", item, html),
            to_json(self._json_item(item, html)),
        )

    def atom_entry(self, item: FeedItem, html: str = "") -> str:
        """Write an entry as Atom, with ``html`` as its content, or with its summary only."""
        return self._render("atom-entry.xml.j2", item, html)

    def metadata(self, listing: Listing, about: str, updated: date) -> Feed:
        """The metadata of the feeds of a list."""
        site = self._settings
        return Feed(
            id=f"tag:{site.tag_authority}:{listing.path('feed')}",
            title=f"{site.name}: {listing.title}" if listing.site_path else site.name,
            about=about or site.name,
            url=f"{site.site_url}{listing.path('')}",
            root="../" * listing.path("").count("/"),
            updated=updated,
        )

    def atom(self, feed: Feed, entries: Iterable[str]) -> str:
        """Write a feed as Atom."""
        return self._feed_template("atom.xml.j2").render(_template_values(feed), "".join(entries))

    def rss(self, feed: Feed, entries: Iterable[str]) -> str:
        """Write a feed as RSS."""
        return self._feed_template("rss.xml.j2").render(_template_values(feed), "".join(entries))

    def json(self, feed: Feed, entries: Iterable[str]) -> str:
        """Write a feed as JSON Feed."""
        metadata = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.url,
            "feed_url": f"{feed.url}feed.json",
            "description": feed.about,
            "language": self._settings.language,
            "authors": [{"name": self._settings.name, "url": self._settings.site_url}],
        }
        # The entries are JSON already, so the document is joined as text instead of being parsed again.
        start = to_json(metadata).removesuffix("}")
        return start + ',"items":[\n' + ",\n".join(entries) + "\n]}\n"

    def _render(self, template: str, item: FeedItem, html: str) -> str:
        return self.environment.get_template(template).render(item=item, html=html)

    @memo
    def _feed_template(self, template: str) -> FeedTemplate:
        return FeedTemplate(self.environment.get_template(template), _FEED_VALUE_NAMES)

    def _json_item(self, item: FeedItem, html: str) -> dict[str, Any]:
        values = {
            "id": item.id,
            "url": item.url,
            "external_url": item.paper_url,
            "title": item.title,
            "summary": item.summary,
            "content_html": html,
            "date_published": stamp(item.published),
            "date_modified": stamp(item.updated),
            "authors": [{"name": name} for name in item.authors],
            "tags": [category.label for category in item.categories],
            "_digest": non_empty({"license": self._settings.license, "license_url": self._settings.license_url}),
        }
        return {name: value for name, value in values.items() if value}


@lru_cache(maxsize=4)  # the Atom and RSS feeds of the digest use the same values
def _template_values(feed: Feed) -> dict[str, str]:
    """The values for ``_FEED_VALUE_NAMES`` by name, encoded for XML."""
    values = {
        "id": feed.id, "title": feed.title, "about": feed.about, "url": feed.url, "root": feed.root,
        "stamp": stamp(feed.updated), "mail_date": mail_date(feed.updated),
    }  # fmt: skip
    return {name: for_xml(value) for name, value in values.items()}
