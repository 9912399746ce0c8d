"""The texts of each paper in exports. Each is written for the first file that needs it, and reused for others."""

from pathlib import Path

from generator.build.inputs import Inputs, memo, query
from generator.citation.bibtex import bibtex
from generator.citation.csl import csl
from generator.citation.reference import Reference, reference_of
from generator.citation.ris import ris
from generator.exports.feed_items import EntryContent, FeedItem, FeedItems
from generator.exports.feeds import FeedWriter, WrittenItem
from generator.exports.records import Record, RecordWriter, to_json
from generator.model.catalog import Catalog
from generator.model.settings import Settings


class PaperTexts:
    """The texts of one catalog's papers. Every method takes a paper's id."""

    def __init__(self, catalog: Catalog, settings: Settings, theme: Path, inputs: Inputs) -> None:
        self.catalog, self.settings, self.theme = catalog, settings, theme
        self.inputs = inputs
        inputs.register(self)
        self.feeds = FeedWriter(settings, theme, inputs)
        self.records = RecordWriter(catalog, settings, inputs)
        self._items = FeedItems(catalog, settings, self.records)

    def corrections(self, paper_id: str) -> list[FeedItem]:
        """The corrections of the digest's text, as entries of a feed."""
        return list(self._items.corrections(self.catalog.papers[paper_id], self.reference(paper_id)))

    # Values are queries of the build engine (``build/inputs.py``): if a value is the same after an edit, the files that
    # read it are up to date. Finished texts are memos, which save time within one build.

    @query
    def reference(self, paper_id: str) -> Reference:
        """The reference of a paper."""
        return reference_of(self.catalog, self.catalog.papers[paper_id], self.settings.language, self.settings.words)

    @memo
    def bibtex(self, paper_id: str) -> str:
        """The BibTeX entry of a paper."""
        return bibtex(self.reference(paper_id))

    @memo
    def ris(self, paper_id: str) -> str:
        """The RIS record of a paper."""
        return ris(self.reference(paper_id))

    @memo
    def csl(self, paper_id: str) -> str:
        """The CSL item of a paper as JSON."""
        return to_json(csl(self.reference(paper_id)))

    @query
    def feed_item(self, paper_id: str) -> FeedItem:
        """The entry of a paper in feeds, without the content."""
        return self._items.paper(self.catalog.papers[paper_id], self.reference(paper_id))

    @query
    def feed_content(self, paper_id: str) -> EntryContent:
        """The values from which the full text in feeds is written."""
        return self._items.content(self.catalog.papers[paper_id], self.reference(paper_id))

    @memo
    def full_item(self, paper_id: str) -> WrittenItem:
        """The entry with the full text, for the feeds of the whole digest."""
        return self.feeds.full_item(self.feed_item(paper_id), self.feed_content(paper_id))

    @memo
    def brief_item(self, paper_id: str) -> str:
        """The entry as Atom with the summary only, for the feeds of lists."""
        return self.feeds.atom_entry(self.feed_item(paper_id))

    @memo
    def record(self, paper_id: str) -> Record:
        """The record of a paper as plain data."""
        return self.records.record(self.catalog.papers[paper_id])

    def record_line(self, paper_id: str) -> str:
        """The record of a paper as a line of JSON."""
        return to_json(self.record(paper_id)) + "\n"
