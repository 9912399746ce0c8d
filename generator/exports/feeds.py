"""Feeds of each list and of the corrections: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1.

https://www.rfc-editor.org/rfc/rfc4287, https://www.rssboard.org/rss-specification, https://www.jsonfeed.org/version/1.1/
An entry is written once in each format; a feed is the newest of them joined.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template
from markupsafe import Markup

from generator.citation.reference import Reference
from generator.exports.feed_items import FeedItem, FeedItems
from generator.exports.listings import Listing, corrections_list
from generator.exports.rendering import make_environment, stamp
from generator.model.catalog import Catalog
from generator.model.page import Page
from generator.model.settings import Settings

NEWEST = 50


class Feed(NamedTuple):
    """What a feed says of itself; ``url`` is that of its page, ended by a slash."""

    id: str
    title: str
    about: str
    url: str
    updated: date


class WrittenItem(NamedTuple):
    """An entry in each format, and when it changed."""

    updated: date
    atom: Markup
    rss: Markup
    json: str


class FeedWriter:
    """Writes entries and feeds with the templates of one theme."""

    def __init__(self, settings: Settings, theme: Path) -> None:
        self.environment = make_environment(theme, words=settings.words)
        self.environment.globals["site"] = settings
        self._settings = settings
        self._atom_entry, self._atom = self._templates("atom-entry.xml.j2", "atom.xml.j2")
        self._rss_item, self._rss = self._templates("rss-item.xml.j2", "rss.xml.j2")

    def item(self, item: FeedItem) -> WrittenItem:
        """An entry in each format."""
        return WrittenItem(
            item.updated,
            Markup(self._atom_entry.render(item=item)),
            Markup(self._rss_item.render(item=item)),
            json.dumps(self._json_item(item), ensure_ascii=False),
        )

    def feed(self, listing: Listing, about: str, items: Sequence[WrittenItem], newest: date) -> Iterator[Page]:
        """The three feeds of a list, with a sentence about it; ``newest`` is the day that an empty one changed."""
        site = self._settings
        feed = Feed(
            id=f"tag:{site.tag_authority}:{listing.path('feed')}",
            title=f"{site.name}: {listing.title}" if listing.place else site.name,
            about=about or site.name,
            url=f"{site.site_url}{listing.path('')}",
            updated=max((item.updated for item in items), default=newest),
        )
        yield Page(path=listing.path("feed.xml"), text=self._atom.render(feed=feed, entries=[i.atom for i in items]))
        yield Page(path=listing.path("rss.xml"), text=self._rss.render(feed=feed, entries=[i.rss for i in items]))
        yield Page(path=listing.path("feed.json"), text=self._json(feed, [item.json for item in items]))

    def _templates(self, *names: str) -> list[Template]:
        return [self.environment.get_template(name) for name in names]

    def _json_item(self, item: FeedItem) -> dict[str, Any]:
        written = {
            "id": item.id,
            "url": item.url,
            "external_url": item.paper,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.html,
            "date_published": stamp(item.published),
            "date_modified": stamp(item.updated),
            "authors": [{"name": name} for name in item.authors],
            "tags": [category.label for category in item.categories],
            "_digest": {"license": self._settings.license} if self._settings.license else None,
        }
        return {name: value for name, value in written.items() if value}

    def _json(self, feed: Feed, items: Sequence[str]) -> str:
        head = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.url,
            "feed_url": f"{feed.url}feed.json",
            "description": feed.about,
            "language": self._settings.language,
            "authors": [{"name": self._settings.name, "url": self._settings.site_url}],
        }
        start = json.dumps(head, ensure_ascii=False).removesuffix("}")
        return start + ', "items": [\n' + ",\n".join(items) + "\n]}\n"


def feed_files(
    catalog: Catalog, settings: Settings, theme: Path, references: Mapping[str, Reference], lists: Iterable[Listing]
) -> Iterator[Page]:
    """The feeds of all ``lists`` and of the corrections."""
    writer = FeedWriter(settings, theme)
    items = FeedItems(catalog, settings, writer.environment)
    newest = max((paper.changed for paper in catalog.papers.values()), default=date(1970, 1, 1))
    written = {paper.id: writer.item(items.paper(paper, references[paper.id])) for paper in catalog.papers.values()}
    for listing in lists:
        said = settings.words.say("The newest papers of {list} in {digest}.", list=listing.title, digest=settings.name)
        about = said if listing.place else settings.description
        yield from writer.feed(listing, about, [written[paper_id] for paper_id in listing.papers[:NEWEST]], newest)
    corrected = [item for p in catalog.papers.values() for item in items.corrections(p, references[p.id])]
    corrected.sort(key=lambda item: (item.published, item.id), reverse=True)
    about = settings.words.say("What {digest} corrected in its own texts.", digest=settings.name)
    yield from writer.feed(
        corrections_list(settings), about, [writer.item(item) for item in corrected[:NEWEST]], newest
    )
