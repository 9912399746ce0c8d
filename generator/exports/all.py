"""The list of exports: which files stand beside the pages. A new kind is a module and a line here.

Which file belongs to which portion is told by papers and numbers alone, so a portion is made without the others: a
small list with its newest paper, since they say the same; of large lists and of what tells of all papers, each format
alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from generator.exports.bibliographies import ENDINGS, bibliography_files, citation_files, endings_of
from generator.exports.data import data_files, record_file
from generator.exports.feed_files import correction_feed, feed_files
from generator.exports.listings import Listing, corrections_list, followed
from generator.exports.manifest import manifest_file
from generator.exports.markdown import MarkdownWriter
from generator.exports.opml import opml_file
from generator.exports.paper_texts import PaperTexts
from generator.exports.redirects import redirect_files
from generator.exports.table import table_file
from generator.model.catalog import Catalog
from generator.model.fingerprints import Fingerprints
from generator.model.page import Batch, Draft, Page, untold
from generator.model.portion import WHOLE, Portion
from generator.model.settings import Settings

_SMALL = 20
"""So many papers a small list has at most."""

File = Draft | Page


def all_exports(catalog: Catalog, settings: Settings, theme: Path, portion: Portion = WHOLE) -> Iterator[File]:
    """Every export of a ``portion`` but those of search, each written when its text is asked for.

    The same input gives the same files in order.
    """
    batches = export_batches(catalog, settings, theme, Fingerprints(catalog), portion)
    return chain.from_iterable(batch.make() for batch in batches)


def export_batches(
    catalog: Catalog, settings: Settings, theme: Path, marks: Fingerprints, portion: Portion = WHOLE
) -> Iterator[Batch[File]]:
    """The same in batches: the files of a paper, those of a small list, and what tells of many papers.

    ``marks`` are the fingerprints of the catalogue.
    """
    texts = PaperTexts(catalog, settings, theme)
    newest = max((paper.changed for paper in catalog.papers.values()), default=date(1970, 1, 1))
    lists = tuple(followed(catalog, settings))
    yield from _of_papers(texts, marks, portion, lists, newest)
    large = [listing for listing in lists if not _is_small(listing)]
    yield from map(untold, portion.taken(_of_all(texts, marks, large, lists, newest)))


def _is_small(listing: Listing) -> bool:
    return 0 < len(listing.papers) <= _SMALL


def _of_papers(
    texts: PaperTexts, marks: Fingerprints, portion: Portion, lists: Sequence[Listing], newest: date
) -> Iterator[Batch[File]]:
    """The files of each paper, and after them those of the small lists that it leads."""
    led: dict[str, list[Listing]] = defaultdict(list)
    for listing in filter(_is_small, lists):
        led[listing.papers[0]].append(listing)
    markdown = MarkdownWriter(texts, marks)
    for paper_id in portion.taken(texts.catalog.papers):
        yield Batch(
            partial(marks.told, "exports of paper", papers=(paper_id,)),
            partial(_paper_files, texts, marks, markdown, paper_id),
        )
        for listing in led[paper_id]:
            yield Batch(
                partial(marks.told, "exports of list", listing.place, listing.title, papers=listing.papers),
                partial(_list_files, texts, marks, listing, newest),
            )


def _paper_files(texts: PaperTexts, marks: Fingerprints, markdown: MarkdownWriter, paper_id: str) -> Iterator[Draft]:
    yield from citation_files(texts, marks, paper_id)
    yield record_file(texts, marks, paper_id)
    yield markdown.twin(paper_id)


def _list_files(texts: PaperTexts, marks: Fingerprints, listing: Listing, newest: date) -> Iterator[Draft]:
    yield from bibliography_files(texts, marks, listing, endings_of(listing))
    yield from feed_files(texts, marks, listing, newest)


def _of_all(
    texts: PaperTexts, marks: Fingerprints, large: Sequence[Listing], lists: Sequence[Listing], newest: date
) -> Iterator[Callable[[], Iterator[File]]]:
    """What tells of many papers, in pieces that cost about as much; the dearest first."""
    yield lambda: _data_files(texts, marks)
    for ending in ENDINGS:
        yield partial(_large_bibliographies, texts, marks, large, ending)
    yield lambda: (file for listing in large for file in feed_files(texts, marks, listing, newest))
    yield lambda: _others(texts, marks, lists, newest)


def _large_bibliographies(
    texts: PaperTexts, marks: Fingerprints, large: Sequence[Listing], ending: str
) -> Iterator[Draft]:
    for listing in large:
        if ending in endings_of(listing):
            yield from bibliography_files(texts, marks, listing, [ending])


def _data_files(texts: PaperTexts, marks: Fingerprints) -> Iterator[Draft]:
    yield from data_files(texts, marks)
    yield table_file(texts, marks)


def _others(texts: PaperTexts, marks: Fingerprints, lists: Sequence[Listing], newest: date) -> Iterator[File]:
    catalog, settings, theme = texts.catalog, texts.settings, texts.theme
    yield correction_feed(texts, marks, newest)
    yield MarkdownWriter(texts, marks).llms()
    yield opml_file(settings, theme, (*lists, corrections_list(settings)))
    yield manifest_file(settings, theme)
    yield from redirect_files(catalog, settings, theme)
