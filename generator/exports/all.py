"""The list of exports: which files stand beside the pages. A new kind is a module and a line here."""

from collections.abc import Iterator
from pathlib import Path

from generator.citation.reference import references
from generator.exports.bibliographies import bibliography_files
from generator.exports.data import data_files
from generator.exports.feeds import feed_files
from generator.exports.listings import corrections_list, listings
from generator.exports.manifest import manifest_file
from generator.exports.markdown import markdown_files
from generator.exports.opml import opml_file
from generator.exports.records import paper_records
from generator.exports.redirects import redirect_files
from generator.exports.search_facets import facet_files
from generator.exports.search_records import search_records
from generator.exports.search_words import word_files
from generator.exports.table import table_file
from generator.model.catalog import Catalog
from generator.model.page import Page
from generator.model.settings import Settings


def all_exports(catalog: Catalog, settings: Settings, theme: Path) -> Iterator[Page]:
    """Every export that follows from the catalogue alone. The same input gives the same files in order."""
    lists = tuple(listings(catalog, settings))
    cited = references(catalog, settings.language, settings.words)
    yield from bibliography_files(cited, lists)
    yield from feed_files(catalog, settings, theme, cited, lists)
    yield opml_file(settings, theme, (*lists, corrections_list(settings)))
    records = paper_records(catalog, settings)
    yield from data_files(catalog, settings, theme, records)
    yield table_file(records.values())
    yield from markdown_files(catalog, settings, theme, cited)
    yield manifest_file(settings, theme)
    yield from redirect_files(catalog, settings, theme)
    searched = search_records(catalog, settings)
    yield from word_files(searched)
    yield from facet_files(catalog, settings, searched)
