"""Files at the root: the web manifest for browsers, robots.txt and the sitemap for crawlers, and feeds.opml.

- manifest: https://www.w3.org/TR/appmanifest/
- robots.txt: RFC 9309; its line ``Content-Signal`` states permitted uses of pages: https://contentsignals.org/
- sitemap: every page with the date of its last change, https://www.sitemaps.org/protocol.html; with more than 50,000
  pages, ``sitemap.xml`` is an index of several files
- feeds.opml: all feeds, for import into a feed reader, https://opml.org/spec2.opml
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.build.export_templates import make_environment
from generator.build.inputs import Inputs
from generator.build.task import File, text_file
from generator.exports.listings import Listing, Listings, corrections_list, listings
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.settings import Settings
from generator.text.color import LIGHT, palette_color
from generator.text.words import translatable

_MAX_SHORT_NAME = 12
"""Characters that fit below an icon; launchers cut longer names."""

_KINDS = {
    "venues": translatable("Venues"), "topics": translatable("Topics"), "tags": translatable("Tags"),
    "collections": translatable("Collections"), "authors": translatable("Authors"),
    "institutions": translatable("Institutions"), "awards": translatable("Awards"),
    "corrections": translatable("Corrections"),
}  # fmt: skip
"""The headings of ``feeds.opml``, by the first folder of the lists under them."""
MAX_ADDRESSES = 50_000  # of one sitemap file, by the protocol


def manifest_file(settings: Settings, theme: Path, inputs: Inputs) -> File:
    """Return ``manifest.webmanifest``. Its URLs are relative, so the site works in any folder of a host."""
    template = make_environment(theme, json.dumps, settings.words, inputs).get_template("manifest.webmanifest.j2")
    color = palette_color(settings.palette or "") or LIGHT
    text = template.render(site=settings, short_name=short_name(settings.name), color=color)
    return text_file("manifest.webmanifest", text)


def robots_file(settings: Settings) -> File:
    """Return ``robots.txt``: everything may be fetched, for the uses that ``Settings.content_signal`` permits."""
    signal = [f"Content-Signal: {settings.content_signal}"] if settings.content_signal else []
    lines = ["User-agent: *", *signal, "Allow: /", "", f"Sitemap: {settings.site_url}sitemap.xml"]
    return text_file("robots.txt", "\n".join(lines) + "\n")


def short_name(name: str) -> str:
    """As many whole words of ``name`` as fit below an icon. A first word that is too long is cut."""
    words = name.split() or [name]
    short = words[0]
    for word in words[1:]:
        if len(short) + 1 + len(word) > _MAX_SHORT_NAME:
            break
        short = f"{short} {word}"
    return short[:_MAX_SHORT_NAME]


def opml_file(settings: Settings, theme: Path, lists: Listings, inputs: Inputs) -> File:
    """Return ``feeds.opml``: the feeds of corrections and of ``lists``, except those of years and weeks, by kind."""
    groups: dict[str, list[Listing]] = defaultdict(list)
    corrections = corrections_list(settings)
    for site_path, title in (*lists.titles(), (corrections.site_path, corrections.title)):
        # Feed readers subscribe to all feeds in the file. Those of years and weeks only repeat papers of the others.
        if not site_path.startswith(("archive/", "weekly/")):
            kind = site_path.partition("/")[0]
            heading = settings.words.say(_KINDS[kind]) if kind else settings.name
            groups[heading].append(Listing(site_path=site_path, title=title, papers=()))
    template = make_environment(theme, words=settings.words, inputs=inputs).get_template("feeds.opml.j2")
    return text_file("feeds.opml", template.render(site=settings, groups=groups.items()))


class Address(NamedTuple):
    """The URL of a page or of a sitemap file, and the date of its last change (ISO 8601)."""

    url: str
    changed: str


def sitemap_files(
    catalog: Catalog, settings: Settings, theme: Path, pages: Iterable[str], max_addresses: int = MAX_ADDRESSES
) -> Iterator[File]:
    """Yield ``sitemap.xml`` for the paths of Markdown ``pages``.

    With more than ``max_addresses`` pages, this file is an index, and the pages are in ``sitemap-1.xml`` and so on.
    """
    environment = make_environment(theme)
    changes = _last_changes(catalog, listings(catalog, settings))
    # Pages of other papers or none, such as months of the archive and search, have the last date of all papers.
    last_change = max(changes.values(), default=date(1970, 1, 1))
    paths = list(pages)

    def render(path: str, template: str, addresses: Sequence[Address]) -> File:
        return text_file(path, environment.get_template(template).render(addresses=addresses))

    def addresses_of(page_paths: Sequence[str]) -> list[Address]:
        site_folders = (path.removesuffix("index.md").rstrip("/") for path in page_paths)
        return [
            # ``topics/cats/page/2`` has the date of ``topics/cats``.
            _address(settings, site_path, changes.get(site_path.partition("/page/")[0], last_change))
            for site_path in site_folders
        ]

    if len(paths) <= max_addresses:
        yield render("sitemap.xml", "sitemap.xml.j2", addresses_of(paths))
        return
    index = []
    # There can be 600,000 pages, so only the addresses of one file are in memory.
    for number, start in enumerate(range(0, len(paths), max_addresses), 1):
        addresses = addresses_of(paths[start : start + max_addresses])
        name = f"sitemap-{number}.xml"
        index.append(Address(settings.site_url + name, max(address.changed for address in addresses)))
        yield render(name, "sitemap.xml.j2", addresses)
    yield render("sitemap.xml", "sitemap-index.xml.j2", index)


def _last_changes(catalog: Catalog, lists: Iterable[Listing]) -> dict[str, date]:
    """The last change of the pages of papers and lists, by site path."""
    changes_of_papers = {paper.id: paper.last_changed for paper in catalog.papers.values()}
    changes = {site_paths.paper(paper_id): day for paper_id, day in changes_of_papers.items()}
    for listing in lists:
        if listing.papers:
            changes[listing.site_path] = max(changes_of_papers[paper_id] for paper_id in listing.papers)
    return changes


def _address(settings: Settings, site_path: str, day: date) -> Address:
    return Address(f"{settings.site_url}{site_path}/" if site_path else settings.site_url, day.isoformat())
