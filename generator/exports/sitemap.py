"""The sitemap: every page with the date of its last change (https://www.sitemaps.org/protocol.html).

With more than 50,000 URLs, ``sitemap.xml`` is an index of several files.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.build.export_templates import make_environment
from generator.build.task import File, text_file
from generator.exports.listings import Listing, listings
from generator.model import places
from generator.model.catalog import Catalog
from generator.model.settings import Settings

MOST = 50_000


class Address(NamedTuple):
    """A page's URL and the date of its last change."""

    url: str
    changed: str


def sitemap_files(
    catalog: Catalog, settings: Settings, theme: Path, pages: Iterable[str], most: int = MOST
) -> Iterator[File]:
    """Yield ``sitemap.xml`` of the Markdown ``pages`` (paths), with its parts if there are more than ``most``."""
    environment = make_environment(theme)
    days = _days(catalog, listings(catalog, settings))
    newest = max(days.values(), default=date(1970, 1, 1))
    paths = list(pages)

    def file(path: str, template: str, addresses: Sequence[Address]) -> File:
        return text_file(path, environment.get_template(template).render(addresses=addresses))

    def addresses(of_part: Sequence[str]) -> list[Address]:
        places_of = (path.removesuffix("index.md").rstrip("/") for path in of_part)
        return [_address(settings, place, days.get(place.partition("/page/")[0], newest)) for place in places_of]

    if len(paths) <= most:
        yield file("sitemap.xml", "sitemap.xml.j2", addresses(paths))
        return
    index = []
    for number, start in enumerate(
        range(0, len(paths), most), 1
    ):  # only one part is in memory, since there may be 600,000 URLs
        part = addresses(paths[start : start + most])
        name = f"sitemap-{number}.xml"
        index.append(Address(settings.site_url + name, max(address.changed for address in part)))
        yield file(name, "sitemap.xml.j2", part)
    yield file("sitemap.xml", "sitemap-index.xml.j2", index)


def _days(catalog: Catalog, lists: Iterable[Listing]) -> dict[str, date]:
    changed = {paper.id: paper.changed for paper in catalog.papers.values()}
    days = {places.paper(paper_id): day for paper_id, day in changed.items()}
    for listing in lists:
        if listing.papers:
            days[listing.place] = max(changed[paper_id] for paper_id in listing.papers)
    return days


def _address(settings: Settings, place: str, day: date) -> Address:
    return Address(f"{settings.site_url}{place}/" if place else settings.site_url, day.isoformat())
