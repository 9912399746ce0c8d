"""The lists of papers, one for each list page, and which of them have feeds and bibliographies beside the page."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from generator.build.inputs import Inputs, query
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.counting import papers_with_awards
from generator.model.localized import in_language
from generator.model.period import papers_in_period, weeks
from generator.model.record import record
from generator.model.settings import Settings

_IN_FEED, _IN_FEED_OF_LIST = 50, 20  # papers; enough for readers who visit once a week
_FOUNDING_IN_FEED = 10
"""Papers of the founding collection in a feed: enough to show examples, without flooding feed readers."""


@record
class Listing:
    """The papers of one list page, newest first, or in the order of a collection.

    ``site_path`` is the page's folder; '' is the whole digest. ``feed`` are the papers in its feed, the latest
    additions first.
    """

    site_path: str
    title: str
    papers: tuple[str, ...]
    feed: tuple[str, ...] = ()

    def path(self, name: str) -> str:
        """The path of a file beside the list's page."""
        return f"{self.site_path}/{name}" if self.site_path else name


class Listings:
    """The lists of one catalog that have feeds and bibliographies: the whole digest, and long enough lists."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        inputs.register(self)

    @property
    def site_paths(self) -> tuple[str, ...]:
        """The folders of these lists."""
        return tuple(self._all())

    @query
    def listing(self, site_path: str) -> Listing:
        """The list in a folder."""
        return self._all()[site_path]

    @query
    def names(self) -> tuple[tuple[str, str], ...]:
        """The folders and titles of these lists."""
        return tuple((listing.site_path, listing.title) for listing in self._all().values())

    @query
    def _all(self) -> dict[str, Listing]:
        return {listing.site_path: listing for listing in listings_with_feeds(self._catalog, self._settings)}


def listings_with_feeds(catalog: Catalog, settings: Settings) -> Iterator[Listing]:
    """Lists with feeds and bibliographies: the whole digest, and those with at least ``settings.feeds_from`` papers."""
    return (
        listing
        for listing in listings(catalog, settings)
        if not listing.site_path or len(listing.papers) >= settings.feeds_from
    )


def corrections_list(settings: Settings) -> Listing:
    """The list of corrections to the digest's own texts, which has a feed but no papers."""
    return Listing(site_path="corrections", title=settings.words.say("Corrections"), papers=())


def listings(catalog: Catalog, settings: Settings) -> Iterator[Listing]:
    """Yield the whole digest, then each list that has a page: of a series, an edition, a topic, an author and so on."""
    # Lists follow the paper's date, feeds the date of addition (decision 85).
    ranks = {paper_id: rank for rank, paper_id in enumerate(chain.from_iterable(catalog.papers_by_added.values()))}
    news = frozenset(chain.from_iterable(catalog.additions.values()))
    for listing in _listings(catalog, settings):
        ordered = sorted(listing.papers, key=ranks.__getitem__)
        founding = [paper_id for paper_id in ordered if paper_id not in news][:_FOUNDING_IN_FEED]
        limit = _IN_FEED_OF_LIST if listing.site_path else _IN_FEED
        feed = (*(paper_id for paper_id in ordered if paper_id in news), *founding)[:limit]
        yield replace(listing, feed=feed)


def _listings(catalog: Catalog, settings: Settings) -> Iterator[Listing]:
    language = settings.language
    yield Listing(site_path="", title=settings.name, papers=tuple(catalog.papers))
    for series in catalog.series.values():
        yield Listing(
            site_path=site_paths.series(series.id), title=series.name, papers=catalog.papers_in_series(series.id)
        )
    for entry in catalog.editions.values():
        papers = catalog.papers_by_edition.get(entry.edition.id, ())
        yield Listing(site_path=site_paths.edition(entry), title=entry.name, papers=papers)
    for topic in catalog.topics.values():
        papers = catalog.papers_by_topic.get(topic.id, ())
        yield Listing(
            site_path=site_paths.topic(topic.id), title=in_language(topic.name, language, language), papers=papers
        )
    for tag in catalog.tags.values():
        papers = catalog.papers_by_tag.get(tag.id, ())
        yield Listing(site_path=site_paths.tag(tag.id), title=in_language(tag.name, language, language), papers=papers)
    for collection in catalog.collections.values():
        name = in_language(collection.name, language, language)
        yield Listing(site_path=site_paths.collection(collection.id), title=name, papers=collection.papers)
    for author in catalog.authors.values():
        yield Listing(site_path=site_paths.author(author.id), title=author.name, papers=author.papers)
    for institution in catalog.institutions.values():
        yield Listing(
            site_path=site_paths.institution(institution.id), title=institution.name, papers=institution.papers
        )
    yield from _by_date(catalog, settings)
    yield Listing(
        site_path="awards", title=settings.words.say("Award-winning papers"), papers=papers_with_awards(catalog)
    )


def _by_date(catalog: Catalog, settings: Settings) -> Iterator[Listing]:
    """Each year of publication, and each week in which papers were added.

    Months and days have no feeds and bibliographies: years contain their papers, and the files would take 5 % of the
    site.
    """
    years: dict[str, list[str]] = {}
    for when, papers in catalog.papers_by_date.items():
        if when:  # papers without a date are not in the list of any year
            years.setdefault(when[: len("2026")], []).extend(papers)
    for year, ids in years.items():
        yield Listing(site_path=site_paths.archive(year), title=year, papers=tuple(ids))
    for week in weeks(catalog, settings.words):
        yield Listing(site_path=site_paths.week(week.slug), title=week.name, papers=papers_in_period(catalog, week))
