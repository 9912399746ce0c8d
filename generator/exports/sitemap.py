"""The sitemap: every page with the day on which it last changed (https://www.sitemaps.org/protocol.html).

Beyond 50,000 addresses ``sitemap.xml`` is an index of several files.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.exports.listings import Listing, listings
from generator.exports.rendering import make_environment
from generator.model import places
from generator.model.catalog import Catalog
from generator.model.page import Page
from generator.model.settings import Settings

MOST = 50_000


class Address(NamedTuple):
    """A page's address and the day on which it changed."""

    url: str
    changed: str


def sitemap_files(
    catalog: Catalog, settings: Settings, theme: Path, pages: Iterable[str], most: int = MOST
) -> Iterator[Page]:
    """``sitemap.xml`` of the Markdown ``pages`` (paths), with its parts if there are more than ``most``."""
    environment = make_environment(theme)
    days = _days(catalog, listings(catalog, settings))
    newest = max(days.values(), default=date(1970, 1, 1))
    places_of = [path.removesuffix("index.md").rstrip("/") for path in pages]
    addresses = [_address(settings, place, days.get(place.partition("/page/")[0], newest)) for place in places_of]
    parts = [addresses[start : start + most] for start in range(0, len(addresses), most)]
    template = environment.get_template("sitemap.xml.j2")
    if len(parts) < 2:
        yield Page(path="sitemap.xml", text=template.render(addresses=addresses))
        return
    named = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, 1)}
    index = [Address(settings.site_url + name, max(a.changed for a in part)) for name, part in named.items()]
    yield Page(path="sitemap.xml", text=environment.get_template("sitemap-index.xml.j2").render(addresses=index))
    for name, part in named.items():
        yield Page(path=name, text=template.render(addresses=part))


def _days(catalog: Catalog, lists: Iterable[Listing]) -> dict[str, date]:
    changed = {paper.id: paper.changed for paper in catalog.papers.values()}
    days = {places.paper(paper_id): day for paper_id, day in changed.items()}
    for listing in lists:
        if listing.papers:
            days[listing.place] = max(changed[paper_id] for paper_id in listing.papers)
    return days


def _address(settings: Settings, place: str, day: date) -> Address:
    return Address(f"{settings.site_url}{place}/" if place else settings.site_url, day.isoformat())
