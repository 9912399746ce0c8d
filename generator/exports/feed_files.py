"""The feed of each list, of its newest papers, and that of the corrections. The whole digest has three formats."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial

from generator.exports.feeds import Feed, FeedWriter, WrittenItem
from generator.exports.listings import Listing, corrections_list
from generator.exports.paper_texts import PaperTexts
from generator.model.fingerprints import Fingerprints
from generator.model.page import Draft

_NEWEST, _NEWEST_OF_LISTS = 50, 20  # papers; a reader who comes once a week misses none
Write = Callable[[FeedWriter, Feed, Sequence[WrittenItem]], str]
_FEED = "feed.xml"
_FORMATS: Mapping[str, Write] = {
    _FEED: FeedWriter.atom, "rss.xml": FeedWriter.rss, "feed.json": FeedWriter.json,
}  # fmt: skip


def newest_of(listing: Listing) -> tuple[str, ...]:
    """The papers in the feed of a list."""
    return listing.papers[: _NEWEST_OF_LISTS if listing.place else _NEWEST]


def feed_files(texts: PaperTexts, marks: Fingerprints, listing: Listing, newest: date) -> Iterator[Draft]:
    """The feed of a list, those of the whole digest; ``newest`` is the day that an empty one changed."""
    shown = newest_of(listing)
    made_from = marks.listed(listing.title if shown else f"{listing.title} {newest}", shown)
    for name in [_FEED] if listing.place else _FORMATS:
        held = partial(_of_list, _FORMATS[name], texts, listing, newest)
        yield Draft(path=listing.path(name), made_from=made_from, write=held)


def correction_feed(texts: PaperTexts, marks: Fingerprints, newest: date) -> Draft:
    """The feed of what was corrected in the digest's own texts."""
    listing = corrections_list(texts.settings)
    corrected = [paper.id for paper in texts.catalog.papers.values() if paper.corrections]
    made_from = marks.listed(str(newest), corrected)
    held = partial(_of_corrections, FeedWriter.atom, texts, corrected, newest)
    return Draft(path=listing.path(_FEED), made_from=made_from, write=held)


def _of_list(write: Write, texts: PaperTexts, listing: Listing, newest: date) -> str:
    items = [texts.item(paper_id) for paper_id in newest_of(listing)]
    return write(texts.feeds, _head(texts, listing, newest), items)


@lru_cache(maxsize=4)  # a feed is written in one format after the other
def _head(texts: PaperTexts, listing: Listing, newest: date) -> Feed:
    settings, papers = texts.settings, texts.catalog.papers
    about = settings.description
    if listing.place:
        words = settings.words
        about = words.say("The newest papers of {list} in {digest}.", list=listing.title, digest=settings.name)
    updated = max((papers[paper_id].changed for paper_id in newest_of(listing)), default=newest)
    return texts.feeds.head(listing, about, updated)


def _of_corrections(write: Write, texts: PaperTexts, corrected: Sequence[str], newest: date) -> str:
    settings = texts.settings
    items = [item for paper_id in corrected for item in texts.corrections(paper_id)]
    items = sorted(items, key=lambda item: (item.published, item.id), reverse=True)[:_NEWEST]
    about = settings.words.say("What {digest} corrected in its own texts.", digest=settings.name)
    head = texts.feeds.head(corrections_list(settings), about, max((i.updated for i in items), default=newest))
    return write(texts.feeds, head, [texts.feeds.item(item) for item in items])
