"""The period of a mailing: the papers added on a day, in a week or in a month, filtered by a subscription."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from generator.model.catalog import Catalog
from generator.model.editorial import CollectionKind
from generator.model.paper import Paper, Status
from generator.model.record import record
from generator.text.words import ENGLISH, Words, day_name, month_name, span_name

_MAILED = frozenset({Status.PUBLISHED, Status.CORRECTED})


class Length(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@record
class Period:
    """Days from ``first`` to ``last``. ``slug`` is its name in addresses: 2026-04-23, 2026-W17 or 2026-04."""

    length: Length
    first: date
    last: date
    slug: str
    name: str

    @property
    def is_week(self) -> bool:
        """Whether the period is a week: only weeks have a page in the archive of the site."""
        return self.length is Length.WEEK


@record
class Subscription:
    """A filter for papers: any of these topics (including subtopics) or venues. An empty one selects all papers."""

    topics: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()


ALL = Subscription()


def period_of(length: Length, day: date, words: Words = ENGLISH) -> Period:
    """The period of this length that contains ``day``. Weeks are those of ISO 8601, from Monday to Sunday."""
    return _PERIODS[length](day, words)


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


def papers_in_period(catalog: Catalog, period: Period, subscription: Subscription = ALL) -> tuple[str, ...]:
    """The ids of papers added during ``period`` that match ``subscription``: newest day first, then in catalog order.

    The founding collection and papers that are withdrawn, retracted or removed are left out.
    """
    # Looked up day by day: a period has at most 31, and the digest may have thousands of days with papers.
    days = (period.last - timedelta(days=back) for back in range((period.last - period.first).days + 1))
    papers = (catalog.papers[paper_id] for day in days for paper_id in catalog.additions.get(day, ()))
    return tuple(paper.id for paper in papers if paper.status in _MAILED and _matches(catalog, paper, subscription))


def picks_in_period(catalog: Catalog, period: Period) -> tuple[str, ...]:
    """The ids of the collections of picks that are dated in ``period``, the newest first."""
    picks = (collection for collection in catalog.collections.values() if collection.kind is CollectionKind.PICKS)
    return tuple(collection.id for collection in picks if period.first <= collection.date <= period.last)


def group_by_area(catalog: Catalog, papers: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Group papers by the top-level topic of their first topic, in catalog order."""
    areas: dict[str, list[str]] = {}
    for paper_id in papers:
        topic = catalog.papers[paper_id].topics[0]
        areas.setdefault((*catalog.ancestors(topic), topic)[0], []).append(paper_id)
    return {area: tuple(areas[area]) for area in catalog.topics if area in areas}


def unknown_choices(catalog: Catalog, subscription: Subscription) -> Iterator[str]:
    """The topics and venues in ``subscription`` that do not exist in the digest."""
    yield from (f"topic {name}" for name in subscription.topics if name not in catalog.topics)
    yield from (
        f"venue {name}" for name in subscription.venues if name not in catalog.series and name not in catalog.editions
    )


def _matches(catalog: Catalog, paper: Paper, subscription: Subscription) -> bool:
    if subscription == ALL:
        return True
    topics = {name for topic in paper.topics for name in (topic, *catalog.ancestors(topic))}
    # An edition or its series: a subscription to ``iclr`` includes later years.
    venues = {paper.venue, catalog.editions[paper.venue].series.id}
    return not topics.isdisjoint(subscription.topics) or not venues.isdisjoint(subscription.venues)


def _day(day: date, words: Words) -> Period:
    return Period(length=Length.DAY, first=day, last=day, slug=day.isoformat(), name=day_name(day, words))


def _week(day: date, words: Words) -> Period:
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    year, number, _ = day.isocalendar()  # around New Year, the ISO year differs from the calendar year
    slug = f"{year}-W{number:02}"  # as ISO 8601 writes it; URLs have a small w
    return Period(length=Length.WEEK, first=first, last=last, slug=slug, name=span_name(first, last, words))


def _month(day: date, words: Words) -> Period:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    slug = day.isoformat()[:7]
    return Period(length=Length.MONTH, first=day.replace(day=1), last=last, slug=slug, name=month_name(day, words))


_PERIODS: Mapping[Length, Callable[[date, Words], Period]] = MappingProxyType(
    {Length.DAY: _day, Length.WEEK: _week, Length.MONTH: _month}
)
