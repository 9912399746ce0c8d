"""The files that search on the page needs beside Pagefind's index."""

from collections.abc import Iterator, Sequence

from generator.exports.search_facets import facet_files
from generator.exports.search_words import word_files
from generator.model.again import Again, made_again
from generator.model.catalog import Catalog
from generator.model.page import Page
from generator.model.search_record import SearchRecord
from generator.model.settings import Settings


def search_files(
    catalog: Catalog, settings: Settings, records: Sequence[SearchRecord], again: Again = made_again
) -> Iterator[Page]:
    """The files of ``records``, which are those of the catalogue. ``again`` is for ``word_files``."""
    yield from word_files(records, again)
    yield from facet_files(catalog, settings, records)
