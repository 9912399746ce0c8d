"""Files at the root: the web manifest for browsers, robots.txt and the sitemap for crawlers, feeds.opml for readers.

- manifest: https://www.w3.org/TR/appmanifest/
- robots.txt: RFC 9309; its line ``Content-Signal`` states permitted uses of pages: https://contentsignals.org/
- sitemap: every page with the date of its last change, https://www.sitemaps.org/protocol.html; beyond 50,000 addresses
  ``sitemap.xml`` is an index of several files
- OPML: https://opml.org/spec2.opml
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
"""Letters that fit below an icon; launchers cut longer names."""

_KINDS = {
    "venues": translatable("Venues"), "topics": translatable("Topics"), "tags": translatable("Tags"),
    "collections": translatable("Collections"), "authors": translatable("Authors"),
    "institutions": translatable("Institutions"), "awards": translatable("Awards"),
    "corrections": translatable("Corrections"),
}  # fmt: skip
"""The headings of ``feeds.opml`` by the folder in which lists are."""
MAX_ADDRESSES = 50_000  # of one file, by the protocol


def manifest_file(settings: Settings, theme: Path, inputs: Inputs) -> File:
    """``manifest.webmanifest``. Its addresses are relative, so it works in any folder of a host."""
    template = make_environment(theme, json.dumps, settings.words, inputs).get_template("manifest.webmanifest.j2")
    color = palette_color(settings.palette or "") or LIGHT
    text = template.render(site=settings, short_name=short_name(settings.name), color=color)
    return text_file("manifest.webmanifest", text)


def robots_file(settings: Settings) -> File:
    """``robots.txt``: everything may be fetched; ``content_signal`` says what for."""
    signal = [f"Content-Signal: {settings.content_signal}"] if settings.content_signal else []
    lines = ["User-agent: *", *signal, "Allow: /", "", f"Sitemap: {settings.site_url}sitemap.xml"]
    return text_file("robots.txt", "\n".join(lines) + "\n")


def short_name(name: str) -> str:
    """As many whole words of ``name`` as fit below an icon, at least the first one, cut if it must be."""
    words = name.split() or [name]
    short = words[0]
    for word in words[1:]:
        if len(short) + 1 + len(word) > _MAX_SHORT_NAME:
            break
        short = f"{short} {word}"
    return short[:_MAX_SHORT_NAME]


def opml_file(settings: Settings, theme: Path, lists: Listings, inputs: Inputs) -> File:
    """``feeds.opml``: the feeds of ``lists`` in folders by kind, except those of years and weeks."""
    groups: dict[str, list[Listing]] = defaultdict(list)
    corrections = corrections_list(settings)
    for site_path, title in (*lists.names(), (corrections.site_path, corrections.title)):
        # Feed readers subscribe to all feeds of the file; years and weeks repeat what the others have.
        if not site_path.startswith(("archive/", "weekly/")):
            kind = site_path.partition("/")[0]
            name = settings.words.say(_KINDS[kind]) if kind else settings.name
            groups[name].append(Listing(site_path=site_path, title=title, papers=()))
    template = make_environment(theme, words=settings.words, inputs=inputs).get_template("feeds.opml.j2")
    return text_file("feeds.opml", template.render(site=settings, groups=groups.items()))


class Address(NamedTuple):
    """A page's URL and the date of its last change."""

    url: str
    changed: str


def sitemap_files(
    catalog: Catalog, settings: Settings, theme: Path, pages: Iterable[str], max_addresses: int = MAX_ADDRESSES
) -> Iterator[File]:
    """Yield ``sitemap.xml`` of the Markdown ``pages`` (paths); with more than ``max_addresses``, also its parts."""
    environment = make_environment(theme)
    days = _days(catalog, listings(catalog, settings))
    # Pages that list no papers, such as home and search, have the date of the newest change.
    newest = max(days.values(), default=date(1970, 1, 1))
    paths = list(pages)

    def file(path: str, template: str, addresses: Sequence[Address]) -> File:
        return text_file(path, environment.get_template(template).render(addresses=addresses))

    def addresses(part: Sequence[str]) -> list[Address]:
        paths_of_part = (path.removesuffix("index.md").rstrip("/") for path in part)
        return [
            _address(settings, site_path, days.get(site_path.partition("/page/")[0], newest))
            for site_path in paths_of_part
        ]

    if len(paths) <= max_addresses:
        yield file("sitemap.xml", "sitemap.xml.j2", addresses(paths))
        return
    index = []
    for number, start in enumerate(
        range(0, len(paths), max_addresses), 1
    ):  # only one part is in memory, since there may be 600,000 URLs
        part = addresses(paths[start : start + max_addresses])
        name = f"sitemap-{number}.xml"
        index.append(Address(settings.site_url + name, max(address.changed for address in part)))
        yield file(name, "sitemap.xml.j2", part)
    yield file("sitemap.xml", "sitemap-index.xml.j2", index)


def _days(catalog: Catalog, lists: Iterable[Listing]) -> dict[str, date]:
    changed = {paper.id: paper.changed for paper in catalog.papers.values()}
    days = {site_paths.paper(paper_id): day for paper_id, day in changed.items()}
    for listing in lists:
        if listing.papers:
            days[listing.site_path] = max(changed[paper_id] for paper_id in listing.papers)
    return days


def _address(settings: Settings, site_path: str, day: date) -> Address:
    return Address(f"{settings.site_url}{site_path}/" if site_path else settings.site_url, day.isoformat())
