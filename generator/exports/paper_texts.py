"""What exports say of each paper: written once, when the first file asks for it, and joined by every other one.

Of a hundred thousand papers the latest used are kept; the order of the files is such that few are written twice.
"""

import json
from functools import lru_cache
from pathlib import Path

from generator.citation.bibtex import bibtex
from generator.citation.csl import csl
from generator.citation.reference import Reference, reference_of
from generator.citation.ris import ris
from generator.exports.feed_items import FeedItem, FeedItems
from generator.exports.feeds import FeedWriter, WrittenItem
from generator.exports.records import Record, record_of
from generator.model.catalog import Catalog
from generator.model.settings import Settings

_KEPT = 20_000
_JSON = json.JSONEncoder(ensure_ascii=False)


class PaperTexts:
    """The texts of one catalogue's papers. Every method takes a paper's id."""

    def __init__(self, catalog: Catalog, settings: Settings, theme: Path) -> None:
        self.catalog, self.settings, self.theme = catalog, settings, theme
        self.feeds = FeedWriter(settings, theme)
        self._items = FeedItems(catalog, settings, self.feeds.environment)
        kept = lru_cache(maxsize=_KEPT)
        self.reference = kept(self._reference)
        self.bibtex = kept(self._bibtex)
        self.ris = kept(self._ris)
        self.csl = kept(self._csl)
        self.item = kept(self._item)
        self.record = kept(self._record)
        self.record_line = kept(self._record_line)

    def corrections(self, paper_id: str) -> list[FeedItem]:
        """The corrections of its text, as entries of a feed."""
        return list(self._items.corrections(self.catalog.papers[paper_id], self.reference(paper_id)))

    def _reference(self, paper_id: str) -> Reference:
        return reference_of(self.catalog, self.catalog.papers[paper_id], self.settings.language, self.settings.words)

    def _bibtex(self, paper_id: str) -> str:
        return bibtex(self.reference(paper_id))

    def _ris(self, paper_id: str) -> str:
        return ris(self.reference(paper_id))

    def _csl(self, paper_id: str) -> str:
        return _JSON.encode(csl(self.reference(paper_id)))

    def _item(self, paper_id: str) -> WrittenItem:
        return self.feeds.item(self._items.paper(self.catalog.papers[paper_id], self.reference(paper_id)))

    def _record(self, paper_id: str) -> Record:
        return record_of(self.catalog, self.settings, self.catalog.papers[paper_id])

    def _record_line(self, paper_id: str) -> str:
        return _JSON.encode(self.record(paper_id)) + "\n"
