"""The feeds: of the whole digest, of each list, of corrections, and of weeks.

The feeds of the whole digest have full texts and three formats. Lists have Atom feeds with summaries only: with full
texts, they would repeat each text about six times.
"""

from collections.abc import Iterator
from datetime import date

from generator.build.inputs import query
from generator.build.task import File, text_file
from generator.exports.editorial import Picks
from generator.exports.feed_items import FeedItem
from generator.exports.feeds import Feed
from generator.exports.listings import Listing, Listings, corrections_list
from generator.exports.paper_texts import PaperTexts
from generator.model import site_paths
from generator.model.localized import in_digest_language
from generator.model.period import Period, group_by_area, papers_in_period, weeks

_MAX_CORRECTIONS = 150  # entries; more than there have been on any day
_FEED = "feed.xml"
WEEKLY = "weekly"
_MAX_WEEKS = 12  # entries of the weekly feed


class FeedFiles:
    """The feeds of one catalog, except that of weeks."""

    def __init__(self, texts: PaperTexts, lists: Listings) -> None:
        self._texts, self._lists, self.inputs = texts, lists, texts.inputs
        self._picks = Picks(texts.catalog, texts.settings, texts.inputs)
        self.inputs.register(self)

    def list_feeds(self, site_path: str) -> Iterator[File]:
        """Yield the feed of the list at ``site_path``, or for '' the three feeds of the whole digest."""
        listing = self._lists.listing(site_path)
        feed = self._metadata(listing, self._updated(listing))
        texts, feeds = self._texts, self._texts.feeds
        if site_path:
            entries = [texts.brief_item(paper_id) for paper_id in listing.feed]
            yield text_file(listing.path(_FEED), feeds.atom(feed, entries))
            return
        # Papers and picks together, by day.
        items_with_day = [(texts.feed_item(paper_id).published, texts.full_item(paper_id)) for paper_id in listing.feed]
        items_with_day += [(picks.item.published, feeds.picks_item(picks)) for picks in self._picks.newest()]
        items = [item for _, item in sorted(items_with_day, key=lambda pair: pair[0], reverse=True)]
        yield text_file(_FEED, feeds.atom(feed, [item.atom for item in items]))
        yield text_file("rss.xml", feeds.rss(feed, [item.rss for item in items]))
        yield text_file("feed.json", feeds.json(feed, [item.json for item in items]))

    def _updated(self, listing: Listing) -> date:
        """The day of the last change in the feed of a list. The feed of the whole digest also has picks."""
        papers_changed = self.last_change_in_list(listing.site_path) if listing.feed else self.last_change()
        if listing.site_path:
            return papers_changed
        return max((papers_changed, *(picks.item.updated for picks in self._picks.newest())))

    def corrections_feed(self) -> Iterator[File]:
        """Yield the feed of corrections to the digest's own texts."""
        texts, settings = self._texts, self._texts.settings
        items = [item for paper_id in self.corrected_papers() for item in texts.corrections(paper_id)]
        items = sorted(items, key=lambda item: (item.published, item.id), reverse=True)[:_MAX_CORRECTIONS]
        about = settings.words.say("Corrections to the texts of {digest}.", digest=settings.name)
        listing = corrections_list(settings)
        updated = max((item.updated for item in items), default=self.last_change())
        feed = texts.feeds.metadata(listing, about, updated)
        entries = [texts.feeds.atom_entry(item) for item in items]
        yield text_file(listing.path(_FEED), texts.feeds.atom(feed, entries))

    @query
    def last_change(self) -> date:
        """The last day on which any paper was added or changed. Feeds without entries have this date."""
        papers = self._texts.catalog.papers.values()
        return max((paper.last_changed for paper in papers), default=date(1970, 1, 1))  # Atom requires a date

    @query
    def last_change_in_list(self, site_path: str) -> date:
        """The last day on which a paper in the feed of a list was added or changed."""
        papers = self._texts.catalog.papers
        return max(papers[paper_id].last_changed for paper_id in self._lists.listing(site_path).feed)

    @query
    def corrected_papers(self) -> tuple[str, ...]:
        """The ids of all papers with corrections."""
        return tuple(paper.id for paper in self._texts.catalog.papers.values() if paper.corrections)

    def _metadata(self, listing: Listing, updated: date) -> Feed:
        settings = self._texts.settings
        about = settings.description
        if listing.site_path:
            words = settings.words
            about = words.say("New papers in {digest}: {list}.", list=listing.title, digest=settings.name)
        return self._texts.feeds.metadata(listing, about, updated)


class WeeklyFeed:
    """The feed of one catalog with an entry for each week."""

    def __init__(self, texts: PaperTexts, feed_files: FeedFiles) -> None:
        self._texts, self._feed_files, self.inputs = texts, feed_files, texts.inputs
        self.inputs.register(self)

    def file(self) -> Iterator[File]:
        """The feed, the newest week first."""
        settings, feeds = self._texts.settings, self._texts.feeds
        listing = Listing(site_path=WEEKLY, title=settings.words.say("Weekly"), papers=())
        about = settings.words.say("The papers added to {digest} each week, by area.", digest=settings.name)
        items = {slug: self.entry(slug) for slug in self.newest_weeks()}
        newest = next(iter(items.values()), None)
        feed = feeds.metadata(listing, about, newest.updated if newest else self._feed_files.last_change())
        entries = [feeds.atom_entry(item, self._html(slug)) for slug, item in items.items()]
        yield text_file(listing.path(_FEED), feeds.atom(feed, entries))

    @query
    def newest_weeks(self) -> tuple[str, ...]:
        """The slugs of the last weeks in which papers of the catalog were added, the newest first."""
        catalog = self._texts.catalog
        return tuple(week.slug for week in weeks(catalog) if papers_in_period(catalog, week))[:_MAX_WEEKS]

    @query
    def entry(self, slug: str) -> FeedItem:
        """The entry of a week, without its content."""
        settings, catalog = self._texts.settings, self._texts.catalog
        week = self._period(slug)
        papers = papers_in_period(catalog, week)
        title = settings.words.say_many("{week}: {n} paper", "{week}: {n} papers", len(papers), week=week.name)
        site_path = site_paths.week(slug)
        return FeedItem(
            id=f"tag:{settings.tag_authority}:{site_path}",
            title=title,
            url=f"{settings.site_url}{site_path}/",
            paper_url="",
            published=week.last,
            updated=max((week.last, *(catalog.papers[paper_id].last_changed for paper_id in papers))),
            authors=(),
            categories=(),
            summary="",
        )

    @query
    def areas(self, slug: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The names of areas, each with the ids of the week's papers in this area."""
        catalog, language = self._texts.catalog, self._texts.settings.language
        areas = group_by_area(catalog, papers_in_period(catalog, self._period(slug)))
        return tuple(
            (in_digest_language(catalog.topics[area].name, language), papers) for area, papers in areas.items()
        )

    def _html(self, slug: str) -> str:
        """The content of a week's entry."""
        areas = [(name, list(map(self._texts.feed_item, papers))) for name, papers in self.areas(slug)]
        return self._texts.feeds.environment.get_template("week.html.j2").render(areas=areas)

    def _period(self, slug: str) -> Period:
        words = self._texts.settings.words
        return {week.slug: week for week in weeks(self._texts.catalog, words)}[slug]
