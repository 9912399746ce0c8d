"""The lists of papers on pages, and the choice of lists that have feeds and bibliographies."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from generator.build.inputs import Inputs, query
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.counting import papers_with_awards
from generator.model.localized import in_digest_language
from generator.model.period import papers_in_period, weeks
from generator.model.record import record
from generator.model.settings import Settings

_IN_DIGEST_FEED, _IN_LIST_FEED = 50, 20  # papers; enough for readers who visit once a week
_FOUNDING_IN_FEED = 10
"""Papers of the founding collection in a feed: enough as examples, and not too many for new subscribers."""


@record
class Listing:
    """The papers of one list page, by id: the newest first, or in the order of a collection.

    ``site_path`` is the page's folder; '' is the whole digest. ``feed`` are the papers in the feed of the list, those
    added last first.
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
        """The folders of all these lists."""
        return tuple(self._by_site_path())

    @query
    def listing(self, site_path: str) -> Listing:
        """The list in a folder."""
        return self._by_site_path()[site_path]

    @query
    def titles(self) -> tuple[tuple[str, str], ...]:
        """The folder and title of each of these lists."""
        return tuple((listing.site_path, listing.title) for listing in self._by_site_path().values())

    @query
    def _by_site_path(self) -> dict[str, Listing]:
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
    """Yield the whole digest, then each list that can have a feed: of a series, an edition, a topic and so on."""
    # Lists are by publication date, feeds by the day on which papers were added (decision 85).
    last_added_first = chain.from_iterable(catalog.papers_by_added.values())
    ranks = {paper_id: rank for rank, paper_id in enumerate(last_added_first)}
    additions = frozenset(chain.from_iterable(catalog.additions.values()))  # all but the founding collection
    for listing in _listings_with_empty_feed(catalog, settings):
        by_added = sorted(listing.papers, key=ranks.__getitem__)
        founding = [paper_id for paper_id in by_added if paper_id not in additions][:_FOUNDING_IN_FEED]
        limit = _IN_LIST_FEED if listing.site_path else _IN_DIGEST_FEED
        feed = (*(paper_id for paper_id in by_added if paper_id in additions), *founding)[:limit]
        yield replace(listing, feed=feed)


def _listings_with_empty_feed(catalog: Catalog, settings: Settings) -> Iterator[Listing]:
    """The lists of ``listings``, which fills the field ``feed``."""
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
            site_path=site_paths.topic(topic.id), title=in_digest_language(topic.name, language), papers=papers
        )
    for tag in catalog.tags.values():
        papers = catalog.papers_by_tag.get(tag.id, ())
        yield Listing(site_path=site_paths.tag(tag.id), title=in_digest_language(tag.name, language), papers=papers)
    for collection in catalog.collections.values():
        name = in_digest_language(collection.name, language)
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

    Months and days have no feeds and bibliographies: these would take 5 % of the site, and the files of the year
    contain the same papers.
    """
    papers_by_year: dict[str, list[str]] = {}
    for date, papers in catalog.papers_by_date.items():
        if date:  # papers without a date are not in the list of any year
            papers_by_year.setdefault(date[: len("2026")], []).extend(papers)
    for year, papers_of_year in papers_by_year.items():
        yield Listing(site_path=site_paths.archive(year), title=year, papers=tuple(papers_of_year))
    for week in weeks(catalog, settings.words):
        yield Listing(site_path=site_paths.week(week.slug), title=week.name, papers=papers_in_period(catalog, week))
