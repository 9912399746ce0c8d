"""``weekly/feed.xml``: an entry for each of the last weeks, with its papers by area."""

from collections.abc import Iterator

from generator.build.inputs import query
from generator.build.task import File, text_file
from generator.exports.feed_files import FeedFiles
from generator.exports.feed_items import FeedItem
from generator.exports.listings import Listing
from generator.exports.paper_texts import PaperTexts
from generator.model import places
from generator.model.localized import in_language
from generator.model.period import Period, by_area, papers_of, weeks

PLACE = "weekly"
_WEEKS = 12


class WeeklyFeed:
    """Makes the feed of weeks of one catalogue."""

    def __init__(self, texts: PaperTexts, feeds: FeedFiles) -> None:
        self._texts, self._feeds, self.inputs = texts, feeds, texts.inputs
        self.inputs.register(self)

    def file(self) -> Iterator[File]:
        """The feed, the newest week first."""
        settings, feeds = self._texts.settings, self._texts.feeds
        listing = Listing(place=PLACE, title=settings.words.say("Weekly"), papers=())
        about = settings.words.say("The papers added to {digest} each week, by area.", digest=settings.name)
        items = [self.week(slug) for slug in self.newest()]
        head = feeds.head(listing, about, items[0].updated if items else self._feeds.newest())
        entries = [feeds.written(item, self._html(slug)) for slug, item in zip(self.newest(), items, strict=True)]
        yield text_file(listing.path("feed.xml"), feeds.atom(head, entries))

    @query
    def newest(self) -> tuple[str, ...]:
        """The last weeks in which papers were added that are still shown, the newest first."""
        catalog = self._texts.catalog
        return tuple(week.slug for week in weeks(catalog) if papers_of(catalog, week))[:_WEEKS]

    @query
    def week(self, slug: str) -> FeedItem:
        """The entry of a week, without its content."""
        settings, catalog = self._texts.settings, self._texts.catalog
        week = self._period(slug)
        papers = papers_of(catalog, week)
        title = settings.words.say_many("{week}: {n} paper", "{week}: {n} papers", len(papers), week=week.name)
        place = places.week(slug)
        return FeedItem(
            id=f"tag:{settings.tag_authority}:{place}",
            title=title,
            url=f"{settings.site_url}{place}/",
            paper="",
            published=week.last,
            updated=max((week.last, *(catalog.papers[paper_id].changed for paper_id in papers))),
            authors=(),
            categories=(),
            summary="",
        )

    @query
    def areas(self, slug: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The papers of a week under the names of their areas."""
        catalog, own = self._texts.catalog, self._texts.settings.language
        areas = by_area(catalog, papers_of(catalog, self._period(slug)))
        return tuple((in_language(catalog.topics[area].name, own, own), papers) for area, papers in areas.items())

    def _html(self, slug: str) -> str:
        areas = [(name, list(map(self._texts.feed_item, papers))) for name, papers in self.areas(slug)]
        return self._texts.feeds.environment.get_template("week.html.j2").render(areas=areas)

    def _period(self, slug: str) -> Period:
        words = self._texts.settings.words
        return {week.slug: week for week in weeks(self._texts.catalog, words)}[slug]
