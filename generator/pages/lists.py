"""What pages show of many papers together: counts, orders and neighbours, each a query of its own.

A page that shows a count must not depend on everything that was counted (``build/inputs.py``), so whatever is drawn
from all papers of a list, or from all lists, is computed here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from generator.build.inputs import Inputs, query
from generator.model import places
from generator.model.catalog import Catalog
from generator.model.counting import papers_by_year, papers_with_awards
from generator.model.paper import STATUS_NAMES
from generator.model.period import Period, by_area, papers_of, picks_of, weeks
from generator.model.settings import Settings
from generator.pages.views import CHOSEN_TRACKS, Link, Views

Counts = tuple[tuple[str, int], ...]
"""Ids or names with a number of papers each."""

APPEARED, ADDED = "appeared", "added"
"""The calendars: of the papers' own dates, and of the days on which they came into the digest."""


class InEdition(NamedTuple):
    """A paper in the order in which its edition's page lists it."""

    paper: str
    track: str
    topic: str


class Beside(NamedTuple):
    """The links to what stands before and after something in its list."""

    previous: Link | None
    following: Link | None


class Lists:
    """The lists of one catalogue."""

    def __init__(self, views: Views) -> None:
        self.inputs: Inputs = views.inputs
        self._views = views
        self._catalog: Catalog = views.catalog
        self._settings: Settings = views.settings
        self.inputs.register(self)

    # Papers

    @query
    def newest(self, number: str) -> tuple[str, ...]:
        """The ids of the newest papers, so many."""
        return tuple(islice(self._catalog.papers, int(number)))

    @query
    def latest(self, number: str) -> tuple[str, ...]:
        """The ids of the papers that were added last, so many, without the founding collection."""
        return tuple(islice(chain.from_iterable(self._catalog.additions.values()), int(number)))

    @query
    def beside_paper(self, paper_id: str) -> Beside:
        """The papers before and after a paper in its edition."""
        siblings = self._catalog.papers_by_edition[self._catalog.papers[paper_id].venue]
        return self._beside(siblings, self._position[paper_id], self._views.paper_link)

    @cached_property
    def _position(self) -> dict[str, int]:
        by_edition = self.inputs.unrecorded(lambda: dict(self._catalog.papers_by_edition.items()))
        return {paper_id: number for papers in by_edition.values() for number, paper_id in enumerate(papers)}

    @query
    def is_among_newest(self, paper_id: str, number: str) -> bool:
        """Whether a paper is one of the newest, so many."""
        return self._age[paper_id] < int(number)

    @cached_property
    def _age(self) -> dict[str, int]:
        papers = self.inputs.unrecorded(lambda: list(self._catalog.papers))
        return {paper_id: age for age, paper_id in enumerate(papers)}

    @query
    def topics_of(self, number: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The newest papers, so many, with their topics."""
        return tuple((name, self._catalog.papers[name].topics) for name in self.newest(number))

    @query
    def by_area(self, number: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The newest papers, so many, by the area of their first topic; areas as the catalogue orders them."""
        return tuple(by_area(self._catalog, self.newest(number)).items())

    @query
    def awarded(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """The papers with awards: id, edition and awards as written."""
        papers = self._catalog.papers
        return tuple((name, papers[name].venue, papers[name].awards) for name in papers_with_awards(self._catalog))

    @query
    def corrections(self) -> tuple[tuple[str, str, str], ...]:
        """The corrections of the digest's own texts: day, paper and note; the newest first."""
        found = [
            (correction.date.isoformat(), paper.id, self._views.text(correction.note))
            for paper in self._catalog.papers.values()
            for correction in paper.corrections
        ]
        return tuple(sorted(found, key=lambda item: (item[0], places.paper(item[1])), reverse=True))

    @query
    def not_simply_published(self) -> tuple[tuple[str, str, str], ...]:
        """The papers that were corrected, withdrawn, retracted or removed: day, paper and what became of it."""
        return tuple(
            (paper.status_date.isoformat() if paper.status_date else "", paper.id, self._views.status(paper))
            for paper in self._catalog.papers.values()
            if paper.status in STATUS_NAMES
        )

    # Venues

    @query
    def editions(self, series_id: str) -> tuple[str, ...]:
        """The ids of the editions of a series, as the catalogue orders them."""
        return tuple(key for key, entry in self._catalog.editions.items() if entry.series.id == series_id)

    @query
    def editions_by_size(self) -> tuple[Link, ...]:
        """All editions, those with most papers first."""
        links = (self._views.edition(edition_id) for edition_id in self._catalog.editions)
        return tuple(sorted(links, key=lambda link: (-link.count, link.text)))

    @query
    def series_counts(self) -> tuple[Link, ...]:
        """All series with their numbers of papers, as the catalogue orders them."""
        series = self._catalog.series.values()
        return tuple(
            Link(one.name, places.series(one.id), len(self._catalog.papers_in_series(one.id))) for one in series
        )

    @query
    def beside_edition(self, edition_id: str) -> Beside:
        """The newer and the older edition of the same series."""
        siblings = self.editions(self._catalog.editions[edition_id].series.id)
        return self._beside(siblings, siblings.index(edition_id), self._views.edition_name)

    @query
    def reading_order(self, edition_id: str) -> tuple[InEdition, ...]:
        """The papers of an edition: chosen tracks first, then by topic and title."""
        topics = {topic: number for number, topic in enumerate(self._catalog.topics)}

        def order(paper_id: str) -> tuple[int, str, int, str]:
            paper = self._catalog.papers[paper_id]
            track = (paper.track or "").lower()
            rank = CHOSEN_TRACKS.index(track) if track in CHOSEN_TRACKS else len(CHOSEN_TRACKS) + (not track)
            return rank, track, topics[paper.topics[0]], paper.title.casefold()

        ordered = sorted(self._catalog.papers_by_edition.get(edition_id, ()), key=order)
        papers = map(self._catalog.papers.__getitem__, ordered)
        return tuple(InEdition(paper.id, paper.track or "", paper.topics[0]) for paper in papers)

    @query
    def areas_of_edition(self, edition_id: str) -> Counts:
        """The areas of an edition's papers, by their first topics; those with most papers first."""
        areas = by_area(self._catalog, self._catalog.papers_by_edition.get(edition_id, ()))
        return tuple(sorted(((area, len(papers)) for area, papers in areas.items()), key=lambda item: -item[1]))

    @query
    def years_of_series(self, series_id: str) -> dict[int, int]:
        """How many papers of a series appeared in each year."""
        return papers_by_year(self._catalog, self._catalog.papers_in_series(series_id))

    @query
    def topics_of_series(self, series_id: str) -> Counts:
        """The first topics of a series' papers, those with most papers first."""
        return self._most_frequent(
            self._catalog.papers[paper_id].topics[0] for paper_id in self._catalog.papers_in_series(series_id)
        )

    # Topics

    @query
    def years_of_topic(self, topic_id: str) -> dict[int, int]:
        """How many papers of a topic appeared in each year."""
        return papers_by_year(self._catalog, self._of_topic(topic_id))

    @query
    def venues_of_topic(self, topic_id: str) -> Counts:
        """The editions of a topic's papers, those with most papers first."""
        return self._most_frequent(self._catalog.papers[paper_id].venue for paper_id in self._of_topic(topic_id))

    @query
    def primary_in_topic(self, topic_id: str) -> int:
        """How many papers have a topic as their first one."""
        return sum(self._catalog.papers[paper_id].topics[0] == topic_id for paper_id in self._of_topic(topic_id))

    def _of_topic(self, topic_id: str) -> tuple[str, ...]:
        papers: tuple[str, ...] = self._catalog.papers_by_topic.get(topic_id, ())
        return papers

    # People

    @query
    def authors(self) -> tuple[Link, ...]:
        """All authors with their numbers of papers, by family name."""
        entries = self._catalog.authors.values()
        return tuple(Link(entry.name, places.author(entry.id), len(entry.papers)) for entry in entries)

    @query
    def institutions(self) -> tuple[Link, ...]:
        """All institutions with their numbers of papers, by name."""
        entries = self._catalog.institutions.values()
        return tuple(Link(entry.name, places.institution(entry.id), len(entry.papers)) for entry in entries)

    @query
    def followed_authors(self, number: str) -> tuple[Link, ...]:
        """The authors with most papers, so many, that have feeds."""
        authors = sorted(self.authors(), key=lambda link: (-link.count, link.text))[: int(number)]
        return tuple(link for link in authors if self._views.feed(link.place, link.count))

    @query
    def followed_series(self) -> tuple[Link, ...]:
        """The series that have feeds."""
        return tuple(link for link in self.series_counts() if self._views.feed(link.place, link.count))

    @query
    def followed_topics(self) -> tuple[Link, ...]:
        """The topics that have feeds."""
        topics = map(self._views.topic, self._catalog.topics)
        return tuple(link for link in topics if self._views.feed(link.place, link.count))

    @query
    def coauthors(self, author_id: str) -> Counts:
        """The other authors of somebody's papers, those with most papers together first."""
        catalog = self._catalog
        return self._most_frequent(
            other
            for paper_id in catalog.authors[author_id].papers
            for other in catalog.author_ids[paper_id]
            if other != author_id
        )

    @query
    def affiliations(self, author_id: str) -> tuple[str, ...]:
        """What somebody's papers name as their affiliations, each once."""
        catalog = self._catalog
        return tuple(
            dict.fromkeys(
                affiliation
                for paper_id in catalog.authors[author_id].papers
                for written, author in zip(catalog.author_ids[paper_id], catalog.papers[paper_id].authors, strict=True)
                if written == author_id
                for affiliation in author.affiliation
            )
        )

    @query
    def people_of(self, institution_id: str) -> Counts:
        """The authors who name an institution themselves, with the number of their papers that do."""
        catalog = self._catalog
        found = Counter(
            author_id
            for paper_id in catalog.institutions[institution_id].papers
            for author_id, author in zip(catalog.author_ids[paper_id], catalog.papers[paper_id].authors, strict=True)
            if any(catalog.institution_ids[name] == institution_id for name in author.affiliation)
        )
        return tuple(sorted(found.items()))

    # Dates and weeks

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
        return self._beside_spans[calendar, span]

    def _calendar(self, calendar: str) -> Mapping[str, tuple[str, ...]]:
        if calendar == ADDED:
            return {day.isoformat(): papers for day, papers in self._catalog.papers_by_added.items()}
        return self._catalog.papers_by_date

    @cached_property
    def _beside_spans(self) -> dict[tuple[str, str], tuple[tuple[str, int] | None, tuple[str, int] | None]]:
        found = {}
        for calendar in (APPEARED, ADDED):
            dates = self.inputs.unrecorded(self.dates, calendar)
            for length in (len("2026"), len("2026-04"), len("2026-04-23")):
                counts: Counter[str] = Counter()
                for when, papers in dates:
                    if len(when) >= length:
                        counts[when[:length]] += papers
                spans = [None, *counts.items(), None]
                for newer, span, older in zip(spans, spans[1:-1], spans[2:], strict=False):
                    if span:
                        found[calendar, span[0]] = newer, older
        return found

    @query
    def weeks(self) -> tuple[Link, ...]:
        """The weeks in which papers came in that are still shown, the newest first."""
        return tuple(self.week_link(slug) for slug in self._periods)

    @query
    def week_link(self, slug: str) -> Link:
        """A week's page."""
        period = self._periods[slug]
        return Link(period.name, places.week(slug), len(papers_of(self._catalog, period)))

    @query
    def week_page(self, week: str) -> Link | None:
        """The page of a week as records name it (``2026-w17``), or None if it has none."""
        slug = week.upper()
        return replace(self.week_link(slug), count=0) if slug in self._periods else None

    @query
    def week(self, slug: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The papers of a week by area."""
        return tuple(by_area(self._catalog, papers_of(self._catalog, self._periods[slug])).items())

    @query
    def days_of_week(self, slug: str) -> tuple[str, str]:
        """The first and the last day of a week."""
        return self._periods[slug].first.isoformat(), self._periods[slug].last.isoformat()

    @query
    def beside_week(self, slug: str) -> Beside:
        """The newer and the older week with papers."""
        slugs = tuple(self._periods)
        return self._beside(slugs, slugs.index(slug), self.week_link)

    @property
    def week_slugs(self) -> Sequence[str]:
        """The names of all weeks with papers, the newest first."""
        return tuple(self._periods)

    @cached_property
    def _periods(self) -> dict[str, Period]:
        def found() -> dict[str, Period]:
            periods = weeks(self._catalog, self._settings.words)
            held = (each for each in periods if papers_of(self._catalog, each) or picks_of(self._catalog, each))
            return {period.slug: period for period in held}

        return self.inputs.unrecorded(found)

    @staticmethod
    def _most_frequent(names: Iterable[str]) -> Counts:
        return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))

    @staticmethod
    def _beside(names: Sequence[str], number: int, link: Callable[[str], Link]) -> Beside:
        previous = link(names[number - 1]) if number else None
        return Beside(previous, link(names[number + 1]) if number + 1 < len(names) else None)
