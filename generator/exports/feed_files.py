"""The feed of each list, of the papers added last, and that of the corrections.

The whole digest has three formats with whole texts. A list has Atom with summaries: with whole texts, the feeds of
lists would repeat every text six times over.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from generator.build.inputs import query
from generator.build.task import File, text_file
from generator.exports.editorial import Picks
from generator.exports.feeds import Feed
from generator.exports.listings import Listing, Listings, corrections_list
from generator.exports.paper_texts import PaperTexts

_CORRECTIONS_MOST = 200  # a line each; on some days many are made
_FEED = "feed.xml"


class FeedFiles:
    """Makes the feeds of one catalogue."""

    def __init__(self, texts: PaperTexts, lists: Listings) -> None:
        self._texts, self._lists, self.inputs = texts, lists, texts.inputs
        self._picks = Picks(texts.catalog, texts.settings, texts.inputs)
        self.inputs.register(self)

    def of_list(self, place: str) -> Iterator[File]:
        """The feed of a list; those of the whole digest."""
        listing = self._lists.at(place)
        shown = listing.feed
        head = self._head(listing, self._updated(place, shown))
        texts, feeds = self._texts, self._texts.feeds
        if place:
            yield text_file(listing.path(_FEED), feeds.atom(head, [texts.brief_item(paper_id) for paper_id in shown]))
            return
        dated = [(texts.feed_item(paper_id).published, texts.item(paper_id)) for paper_id in shown]
        dated += [(picked.item.published, feeds.picks(picked)) for picked in self._picks.newest()]
        items = [item for _, item in sorted(dated, key=lambda pair: pair[0], reverse=True)]
        yield text_file(_FEED, feeds.atom(head, [item.atom for item in items]))
        yield text_file("rss.xml", feeds.rss(head, [item.rss for item in items]))
        yield text_file("feed.json", feeds.json(head, [item.json for item in items]))

    def _updated(self, place: str, shown: Sequence[str]) -> date:
        """When the feed of a list changed last; that of the whole digest has picks, too."""
        papers = self.updated(place) if shown else self.newest()
        return papers if place else max((papers, *(picked.item.updated for picked in self._picks.newest())))

    def of_corrections(self) -> Iterator[File]:
        """The feed of what was corrected in the digest's own texts."""
        texts, settings = self._texts, self._texts.settings
        items = [(item, paper_id) for paper_id in self.corrected() for item in texts.corrections(paper_id)]
        items = sorted(items, key=lambda pair: (pair[0].published, pair[0].id), reverse=True)[:_CORRECTIONS_MOST]
        about = settings.words.say("Corrections to the texts of {digest}.", digest=settings.name)
        listing = corrections_list(settings)
        head = texts.feeds.head(listing, about, max((item.updated for item, _ in items), default=self.newest()))
        entries = [texts.feeds.brief_item(item) for item, _ in items]
        yield text_file(listing.path(_FEED), texts.feeds.atom(head, entries))

    @query
    def newest(self) -> date:
        """The last day on which a paper was added or changed, which is when an empty feed changed."""
        papers = self._texts.catalog.papers.values()
        return max((paper.changed for paper in papers), default=date(1970, 1, 1))

    @query
    def updated(self, place: str) -> date:
        """The last day on which one of the papers in the feed of a list changed."""
        papers = self._texts.catalog.papers
        return max(papers[paper_id].changed for paper_id in self._lists.at(place).feed)

    @query
    def corrected(self) -> tuple[str, ...]:
        """The ids of all papers with corrections."""
        return tuple(paper.id for paper in self._texts.catalog.papers.values() if paper.corrections)

    def _head(self, listing: Listing, updated: date) -> Feed:
        settings = self._texts.settings
        about = settings.description
        if listing.place:
            words = settings.words
            about = words.say("New papers in {digest}: {list}.", list=listing.title, digest=settings.name)
        return self._texts.feeds.head(listing, about, updated)
