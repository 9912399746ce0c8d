"""The periods of mailings and weekly pages (days, weeks, months), and the papers that were added in a period."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from generator.model.catalog import Catalog
from generator.model.editorial import CollectionKind
from generator.model.paper import Paper, Status
from generator.model.record import record
from generator.text.words import ENGLISH, Words, day_name, month_name, span_name

_LISTED_STATUSES = frozenset({Status.PUBLISHED, Status.CORRECTED})


class Length(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@record
class Period:
    """The days from ``first`` to ``last``. ``slug`` is the period's id: 2026-04-23, 2026-W17 or 2026-04.

    ``name`` is its name for readers, such as ``20 to 26 April 2026``.
    """

    length: Length
    first: date
    last: date
    slug: str
    name: str

    @property
    def is_week(self) -> bool:
        """Whether the period is a week. Only weeks have a page on the site."""
        return self.length is Length.WEEK


@record
class Subscription:
    """A filter for papers of any of these topics (with their subtopics) or venues (series or editions), by id.

    An empty subscription selects all papers.
    """

    topics: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()


ALL_PAPERS = Subscription()


def period_of(length: Length, day: date, words: Words = ENGLISH) -> Period:
    """Return the period of this length that contains ``day``. Weeks are those of ISO 8601, from Monday to Sunday."""
    return _PERIOD_FUNCTIONS[length](day, words)


def news_days(catalog: Catalog) -> Iterator[date]:
    """The days on which papers were added or picked, without the founding collection."""
    yield from catalog.additions
    yield from (
        collection.date for collection in catalog.collections.values() if collection.kind is CollectionKind.PICKS
    )


def weeks(catalog: Catalog, words: Words = ENGLISH) -> tuple[Period, ...]:
    """Every week in which papers were added or picked, newest first, without the founding collection."""
    periods = (period_of(Length.WEEK, day, words) for day in news_days(catalog))
    by_slug = {period.slug: period for period in periods}
    return tuple(sorted(by_slug.values(), key=lambda period: period.first, reverse=True))


def papers_in_period(catalog: Catalog, period: Period, subscription: Subscription = ALL_PAPERS) -> tuple[str, ...]:
    """The ids of papers added during ``period`` that match ``subscription``: newest day first, then in catalog order.

    The founding collection and papers that are withdrawn, retracted or removed are left out.
    """
    # Looked up by day: a period has at most 31 days, and a digest may have thousands of days with papers.
    days = (period.last - timedelta(days=offset) for offset in range((period.last - period.first).days + 1))
    papers = (catalog.papers[paper_id] for day in days for paper_id in catalog.additions.get(day, ()))
    return tuple(
        paper.id for paper in papers if paper.status in _LISTED_STATUSES and _matches(catalog, paper, subscription)
    )


def picks_in_period(catalog: Catalog, period: Period) -> tuple[str, ...]:
    """The ids of the collections of picks that are dated in ``period``, the newest first."""
    picks = (collection for collection in catalog.collections.values() if collection.kind is CollectionKind.PICKS)
    return tuple(collection.id for collection in picks if period.first <= collection.date <= period.last)


def group_by_area(catalog: Catalog, paper_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Group the ids of papers by the id of their area: the top-level topic of the first topic, in catalog order."""
    areas: dict[str, list[str]] = {}
    for paper_id in paper_ids:
        topic = catalog.papers[paper_id].topics[0]
        areas.setdefault((*catalog.ancestors(topic), topic)[0], []).append(paper_id)
    return {area: tuple(areas[area]) for area in catalog.topics if area in areas}


def unknown_choices(catalog: Catalog, subscription: Subscription) -> Iterator[str]:
    """The topics and venues of a subscription that do not exist in the digest, as ``topic ID`` or ``venue ID``."""
    yield from (f"topic {topic_id}" for topic_id in subscription.topics if topic_id not in catalog.topics)
    venues = {*catalog.series, *catalog.editions}
    yield from (f"venue {venue_id}" for venue_id in subscription.venues if venue_id not in venues)


def _matches(catalog: Catalog, paper: Paper, subscription: Subscription) -> bool:
    if subscription == ALL_PAPERS:
        return True
    topics = {topic_id for topic in paper.topics for topic_id in (topic, *catalog.ancestors(topic))}
    # A subscription may name an edition or a series: ``iclr`` includes all years.
    venues = {paper.venue, catalog.editions[paper.venue].series.id}
    return not topics.isdisjoint(subscription.topics) or not venues.isdisjoint(subscription.venues)


def _day_period(day: date, words: Words) -> Period:
    return Period(length=Length.DAY, first=day, last=day, slug=day.isoformat(), name=day_name(day, words))


def _week_period(day: date, words: Words) -> Period:
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=min(6, (date.max - first).days))
    year, number, _ = day.isocalendar()  # around New Year, the ISO year differs from the calendar year
    slug = f"{year}-W{number:02}"  # ISO 8601 has a capital W, URLs have a small one
    return Period(length=Length.WEEK, first=first, last=last, slug=slug, name=span_name(first, last, words))


def _month_period(day: date, words: Words) -> Period:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    slug = day.isoformat()[:7]
    return Period(length=Length.MONTH, first=day.replace(day=1), last=last, slug=slug, name=month_name(day, words))


_PERIOD_FUNCTIONS: Mapping[Length, Callable[[date, Words], Period]] = MappingProxyType(
    {Length.DAY: _day_period, Length.WEEK: _week_period, Length.MONTH: _month_period}
)
