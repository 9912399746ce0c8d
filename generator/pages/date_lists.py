"""Queries on dates and weeks: which ones have papers, how many, and their neighbors (see ``lists.py``)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.build.inputs import Inputs, query
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.period import Period, group_by_area, papers_in_period, picks_in_period, weeks
from generator.model.settings import Settings
from generator.pages.lists import Counts, Neighbors, neighbors
from generator.pages.views import Link, Views

APPEARED, ADDED = "appeared", "added"
"""The calendars: publication dates of papers, and the days on which they were added to the digest."""


class DateLists:
    """The days, months, years and weeks of one catalog."""

    def __init__(self, views: Views) -> None:
        self.inputs: Inputs = views.inputs
        self._catalog: Catalog = views.catalog
        self._settings: Settings = views.settings
        self.inputs.register(self)

    @query
    def dates(self, calendar: str) -> Counts:
        """The dates of a calendar (ISO 8601, perhaps without day or month) with their papers, the newest first."""
        return tuple((when, len(papers)) for when, papers in self._calendar(calendar).items())

    @query
    def months_in(self, year: str) -> Counts:
        """The months of a year in which papers appeared, the newest first."""
        months: Counter[str] = Counter()
        for when, papers in self.dates(APPEARED):
            if when.startswith(f"{year}-"):
                months[when[:7]] += papers
        return tuple(months.items())

    @query
    def papers_in_month(self, calendar: str, month: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The papers of a month by date, the newest first; those without a day are last."""
        return tuple((when, papers) for when, papers in self._calendar(calendar).items() if when.startswith(month))

    @query
    def beside_span(self, calendar: str, span: str) -> tuple[tuple[str, int] | None, tuple[str, int] | None]:
        """The newer and the older year, month or day with papers, each with its number of papers."""
        return self._beside_spans(calendar)[span]

    def _calendar(self, calendar: str) -> Mapping[str, tuple[str, ...]]:
        if calendar == ADDED:
            return {day.isoformat(): papers for day, papers in self._catalog.papers_by_added.items()}
        return self._catalog.papers_by_date

    @query
    def _beside_spans(self, calendar: str) -> dict[str, tuple[tuple[str, int] | None, tuple[str, int] | None]]:
        # All spans at once: looking for the neighbors of one page after the other would take quadratic time.
        beside = {}
        for length in (len("2026"), len("2026-04"), len("2026-04-23")):
            counts: Counter[str] = Counter()
            for when, papers in self.dates(calendar):
                if len(when) >= length:
                    counts[when[:length]] += papers
            spans = [None, *counts.items(), None]  # None beside the newest and the oldest
            for newer, span, older in zip(spans, spans[1:-1], spans[2:], strict=False):
                if span:
                    beside[span[0]] = newer, older
        return beside

    @query
    def weeks(self) -> tuple[Link, ...]:
        """The weeks with papers or picks, the newest first."""
        return tuple(self.week_link(slug) for slug in self._periods())

    @query
    def week_link(self, slug: str) -> Link:
        """The link to a week's page."""
        period = self._periods()[slug]
        return Link(period.name, site_paths.week(slug), len(papers_in_period(self._catalog, period)))

    @query
    def week_page(self, week: str) -> Link | None:
        """The page of a week by its name in records (``2026-w17``), or None if it has none."""
        slug = week.upper()  # records and URLs have a small w
        return replace(self.week_link(slug), count=0) if slug in self._periods() else None

    @query
    def week(self, slug: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The papers of a week by area."""
        return tuple(group_by_area(self._catalog, papers_in_period(self._catalog, self._periods()[slug])).items())

    @query
    def days_of_week(self, slug: str) -> tuple[str, str]:
        """The first and the last day of a week."""
        return self._periods()[slug].first.isoformat(), self._periods()[slug].last.isoformat()

    @query
    def beside_week(self, slug: str) -> Neighbors:
        """The newer and the older week with papers."""
        slugs = tuple(self._periods())
        return neighbors(slugs, slugs.index(slug), self.week_link)

    @property
    def week_slugs(self) -> Sequence[str]:
        """The names of all weeks with papers, the newest first."""
        return tuple(self._periods())

    @query
    def _periods(self) -> dict[str, Period]:
        periods = weeks(self._catalog, self._settings.words)
        shown = (
            period
            for period in periods
            if papers_in_period(self._catalog, period) or picks_in_period(self._catalog, period)
        )
        return {period.slug: period for period in shown}
