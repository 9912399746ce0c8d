"""The list of exports: which files stand beside the pages. A new kind is a module and a line here."""

from collections.abc import Iterator
from pathlib import Path

from generator.citation.reference import references
from generator.exports.bibliographies import bibliography_files
from generator.exports.feeds import feed_files
from generator.exports.listings import listings
from generator.model.catalog import Catalog
from generator.model.page import Page
from generator.model.settings import Settings


def all_exports(catalog: Catalog, settings: Settings, theme: Path) -> Iterator[Page]:
    """Every export of the site. The same catalogue and theme give the same files in the same order."""
    lists = tuple(listings(catalog, settings))
    cited = references(catalog, settings.language)
    yield from bibliography_files(cited, lists)
    yield from feed_files(catalog, settings, theme, cited, lists)
