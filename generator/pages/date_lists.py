"""Queries on dates and weeks: which ones have papers, how many, and their neighbors (see ``lists.py``)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.build.inputs import Inputs, query
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.period import Period, group_by_area, papers_in_period, picks_in_period, weeks
from generator.model.settings import Settings
from generator.pages.lists import Counts, Neighbors, neighbors
from generator.pages.views import Link, Views

APPEARED, ADDED = "appeared", "added"
"""The calendars: publication dates of papers, and the days on which they were added to the digest."""

SpanCount = tuple[str, int]
"""A year, month or day (ISO 8601) with its number of papers."""


class SpanNeighbors(NamedTuple):
    """The newer and the older year, month or day with papers."""

    newer: SpanCount | None
    older: SpanCount | None


class DateLists:
    """The days, months, years and weeks of one catalog."""

    def __init__(self, views: Views) -> None:
        self.inputs: Inputs = views.inputs
        self._catalog: Catalog = views.catalog
        self._settings: Settings = views.settings
        self.inputs.register(self)

    @query
    def dates(self, calendar: str) -> Counts:
        """The dates of a calendar with their numbers of papers, the newest first.

        Dates are ISO 8601, perhaps without day or month; the last one may be '', for papers without a date.
        """
        return tuple((date, len(papers)) for date, papers in self._papers_by_date(calendar).items())

    @query
    def months_in(self, year: str) -> Counts:
        """The months of a year with the numbers of papers that appeared in them, the newest first."""
        months: Counter[str] = Counter()
        for date, count in self.dates(APPEARED):
            if date.startswith(f"{year}-"):
                months[date[: len("2026-04")]] += count
        return tuple(months.items())

    @query
    def papers_in_month(self, calendar: str, month: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The ids of the papers of a month by date, the newest first; those without a day are last."""
        by_date = self._papers_by_date(calendar)
        return tuple((date, papers) for date, papers in by_date.items() if date.startswith(month))

    @query
    def span_neighbors(self, calendar: str, span: str) -> SpanNeighbors:
        """The spans with papers before and after a year, month or day; both are as long as ``span``."""
        return self._all_span_neighbors(calendar)[span]

    def _papers_by_date(self, calendar: str) -> Mapping[str, tuple[str, ...]]:
        if calendar == ADDED:
            return {day.isoformat(): papers for day, papers in self._catalog.papers_by_added.items()}
        return self._catalog.papers_by_date

    @query
    def _all_span_neighbors(self, calendar: str) -> dict[str, SpanNeighbors]:
        # All spans at once: searching the spans for each page's neighbors would take quadratic time.
        neighbors_by_span = {}
        for length in (len("2026"), len("2026-04"), len("2026-04-23")):
            counts: Counter[str] = Counter()
            for date, count in self.dates(calendar):
                if len(date) >= length:
                    counts[date[:length]] += count
            spans = list(counts.items())
            # The newest span has no newer one, and the oldest no older one.
            for newer, (span, _), older in zip([None, *spans], spans, [*spans[1:], None], strict=False):
                neighbors_by_span[span] = SpanNeighbors(newer, older)
        return neighbors_by_span

    @query
    def weeks(self) -> tuple[Link, ...]:
        """The weeks with papers or picks, the newest first."""
        return tuple(self.week_with_count(slug) for slug in self._periods())

    @query
    def week_with_count(self, slug: str) -> Link:
        """The link to a week's page, with the number of papers added in that week."""
        period = self._periods()[slug]
        return Link(period.name, site_paths.week(slug), len(papers_in_period(self._catalog, period)))

    @query
    def week_link(self, week: str) -> Link | None:
        """A link without a number to the page of ``week``, as records write it (``2026-w17``); None without a page."""
        slug = week.upper()  # periods have a capital W
        return replace(self.week_with_count(slug), count=0) if slug in self._periods() else None

    @query
    def papers_of_week(self, slug: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The areas (top-level topics) of a week's papers, each with the ids of its papers."""
        return tuple(group_by_area(self._catalog, papers_in_period(self._catalog, self._periods()[slug])).items())

    @query
    def days_of_week(self, slug: str) -> tuple[str, str]:
        """The first and the last day of a week (ISO 8601)."""
        return self._periods()[slug].first.isoformat(), self._periods()[slug].last.isoformat()

    @query
    def week_neighbors(self, slug: str) -> Neighbors:
        """The newer and the older week with papers or picks."""
        slugs = tuple(self._periods())
        return neighbors(slugs, slugs.index(slug), self.week_with_count)

    @property
    def week_slugs(self) -> Sequence[str]:
        """The slugs (``2026-W17``) of the weeks with papers or picks, the newest first."""
        return tuple(self._periods())

    @query
    def _periods(self) -> dict[str, Period]:
        periods = weeks(self._catalog, self._settings.words)
        return {
            period.slug: period
            for period in periods
            if papers_in_period(self._catalog, period) or picks_in_period(self._catalog, period)
        }
