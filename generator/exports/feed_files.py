"""The feed of each list, of its newest papers, and that of the corrections. The whole digest has three formats."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from generator.build.inputs import query
from generator.build.task import File, text_file
from generator.exports.feeds import Feed, FeedWriter, WrittenItem
from generator.exports.listings import Listing, Listings, corrections_list
from generator.exports.paper_texts import PaperTexts

_NEWEST, _NEWEST_OF_LISTS = 50, 20  # papers; a reader who comes once a week misses none
Write = Callable[[FeedWriter, Feed, Sequence[WrittenItem]], str]
_FEED = "feed.xml"
_FORMATS: Mapping[str, Write] = {
    _FEED: FeedWriter.atom, "rss.xml": FeedWriter.rss, "feed.json": FeedWriter.json,
}  # fmt: skip


def newest_of(listing: Listing) -> tuple[str, ...]:
    """The papers in the feed of a list."""
    return listing.papers[: _NEWEST_OF_LISTS if listing.place else _NEWEST]


class FeedFiles:
    """Makes the feeds of one catalogue."""

    def __init__(self, texts: PaperTexts, lists: Listings) -> None:
        self._texts, self._lists, self.inputs = texts, lists, texts.inputs
        self.inputs.register(self)

    def of_list(self, place: str) -> Iterator[File]:
        """The feed of a list; those of the whole digest."""
        listing = self._lists.at(place)
        shown = newest_of(listing)
        head = self._head(listing, self.updated(place) if shown else self.newest())
        items = [self._texts.item(paper_id) for paper_id in shown]
        for name in [_FEED] if place else _FORMATS:
            yield text_file(listing.path(name), _FORMATS[name](self._texts.feeds, head, items))

    def of_corrections(self) -> Iterator[File]:
        """The feed of what was corrected in the digest's own texts."""
        texts, settings = self._texts, self._texts.settings
        items = [item for paper_id in self.corrected() for item in texts.corrections(paper_id)]
        items = sorted(items, key=lambda item: (item.published, item.id), reverse=True)[:_NEWEST]
        about = settings.words.say("What {digest} corrected in its own texts.", digest=settings.name)
        listing = corrections_list(settings)
        head = texts.feeds.head(listing, about, max((item.updated for item in items), default=self.newest()))
        yield text_file(listing.path(_FEED), texts.feeds.atom(head, [texts.feeds.item(item) for item in items]))

    @query
    def newest(self) -> date:
        """The last day on which a paper was added or changed, which is when an empty feed changed."""
        papers = self._texts.catalog.papers.values()
        return max((paper.changed for paper in papers), default=date(1970, 1, 1))

    @query
    def updated(self, place: str) -> date:
        """The last day on which one of the newest papers of a list changed."""
        papers = self._texts.catalog.papers
        return max(papers[paper_id].changed for paper_id in newest_of(self._lists.at(place)))

    @query
    def corrected(self) -> tuple[str, ...]:
        """The ids of all papers with corrections."""
        return tuple(paper.id for paper in self._texts.catalog.papers.values() if paper.corrections)

    def _head(self, listing: Listing, updated: date) -> Feed:
        settings = self._texts.settings
        about = settings.description
        if listing.place:
            words = settings.words
            about = words.say("The newest papers of {list} in {digest}.", list=listing.title, digest=settings.name)
        return self._texts.feeds.head(listing, about, updated)
