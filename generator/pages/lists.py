"""Queries on many papers together: counts, orders and neighbors.

A page that shows a count must not depend on everything that was counted (``build/inputs.py``). So a value that is
computed from all papers of a list, or from all lists, is a query here, in ``people_lists.py`` or in ``date_lists.py``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import NamedTuple

from generator.build.inputs import Inputs, query
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.counting import counts_by_year, papers_with_awards
from generator.model.paper import STATUS_NAMES
from generator.model.period import group_by_area
from generator.pages.views import HIGHLIGHTED_TRACKS, Link, Views

Counts = tuple[tuple[str, int], ...]
"""Ids or names, each with a number of papers."""


class EditionPaper(NamedTuple):
    """A paper's track and first topic, by which its edition's page orders and groups papers."""

    paper_id: str
    track: str
    topic_id: str


class Neighbors(NamedTuple):
    """The links to the previous and next item of a list."""

    previous: Link | None
    following: Link | None


class Lists:
    """The queries on papers, venues and topics of one catalog."""

    def __init__(self, views: Views) -> None:
        self.inputs: Inputs = views.inputs
        self._views = views
        self._catalog: Catalog = views.catalog
        self.inputs.register(self)

    # Papers

    # Numbers are strings, because the arguments of a query are part of its key (``build/inputs.py``).

    @query
    def newest(self, number: str) -> tuple[str, ...]:
        """The ids of the newest ``number`` papers by publication date."""
        return tuple(islice(self._catalog.papers, int(number)))

    @query
    def last_added(self, number: str) -> tuple[str, ...]:
        """The ids of the ``number`` papers added last, without the founding collection (``Settings.founded``)."""
        return tuple(islice(chain.from_iterable(self._catalog.additions.values()), int(number)))

    @query
    def paper_neighbors(self, paper_id: str) -> Neighbors:
        """The papers before and after a paper in its edition."""
        papers_of_edition = self._catalog.papers_by_edition[self._catalog.papers[paper_id].venue]
        return neighbors(papers_of_edition, self._positions()[paper_id], self._views.paper_link)

    @query
    def _positions(self) -> dict[str, int]:
        # All positions in one query: searching an edition for each of its papers would take quadratic time.
        by_edition = self._catalog.papers_by_edition.values()
        return {paper_id: position for papers in by_edition for position, paper_id in enumerate(papers)}

    @query
    def is_among_newest(self, paper_id: str, number: str) -> bool:
        """Whether a paper is among the newest ``number`` papers."""
        return self._ranks()[paper_id] < int(number)

    @query
    def _ranks(self) -> dict[str, int]:
        # Papers in the catalog are ordered from the newest (rank 0) to the oldest.
        return {paper_id: rank for rank, paper_id in enumerate(self._catalog.papers)}

    @query
    def topics_of_newest(self, number: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The ids of the newest ``number`` papers, each with the ids of its topics."""
        return tuple((paper_id, self._catalog.papers[paper_id].topics) for paper_id in self.newest(number))

    @query
    def newest_by_area(self, number: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The areas of the newest ``number`` papers, each with the ids of the papers whose first topic is in it."""
        return tuple(group_by_area(self._catalog, self.newest(number)).items())

    @query
    def awarded(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """The papers with awards: the paper's id, its edition's id, and the awards as written."""
        papers = self._catalog.papers
        awarded = papers_with_awards(self._catalog)
        return tuple((paper_id, papers[paper_id].venue, papers[paper_id].awards) for paper_id in awarded)

    @query
    def corrections(self) -> tuple[tuple[str, str, str], ...]:
        """The corrections of the digest's own texts: day (ISO 8601), the paper's id, and note; the newest first."""
        corrections = [
            (correction.date.isoformat(), paper.id, self._views.text(correction.note))
            for paper in self._catalog.papers.values()
            for correction in paper.corrections
        ]
        # The site path decides between corrections on one day.
        return tuple(sorted(corrections, key=lambda item: (item[0], site_paths.paper(item[1])), reverse=True))

    @query
    def status_changes(self) -> tuple[tuple[str, str, str], ...]:
        """The papers that were corrected, withdrawn, retracted or removed: day or '', the paper's id, and status."""
        return tuple(
            (paper.status_date.isoformat() if paper.status_date else "", paper.id, self._views.status(paper))
            for paper in self._catalog.papers.values()
            if paper.status in STATUS_NAMES
        )

    # Venues

    @query
    def editions(self, series_id: str) -> tuple[str, ...]:
        """The ids of the editions of a series, as the catalog orders them."""
        editions = self._catalog.editions.items()
        return tuple(edition_id for edition_id, entry in editions if entry.series.id == series_id)

    @query
    def editions_by_size(self) -> tuple[Link, ...]:
        """Links to all editions with their numbers of papers, those with most papers first."""
        links = (self._views.edition_with_count(edition_id) for edition_id in self._catalog.editions)
        return tuple(sorted(links, key=lambda link: (-link.count, link.text)))

    @query
    def series_counts(self) -> tuple[Link, ...]:
        """Links to all series with their numbers of papers, as the catalog orders them."""
        series = self._catalog.series.values()
        return tuple(
            Link(item.name, site_paths.series(item.id), len(self._catalog.papers_in_series(item.id))) for item in series
        )

    @query
    def edition_neighbors(self, edition_id: str) -> Neighbors:
        """The newer and the older edition of the same series."""
        edition_ids = self.editions(self._catalog.editions[edition_id].series.id)
        return neighbors(edition_ids, edition_ids.index(edition_id), self._views.edition_link)

    @query
    def reading_order(self, edition_id: str) -> tuple[EditionPaper, ...]:
        """The papers of an edition: highlighted tracks, such as orals, first; within a track, by topic and title."""
        topic_numbers = {topic_id: number for number, topic_id in enumerate(self._catalog.topics)}

        def order(paper_id: str) -> tuple[int, str, int, str]:
            paper = self._catalog.papers[paper_id]
            track = (paper.track or "").lower()
            # After the highlighted tracks come the other tracks, by name; papers without a track are last.
            highlighted = HIGHLIGHTED_TRACKS
            track_rank = highlighted.index(track) if track in highlighted else len(highlighted) + (not track)
            return track_rank, track, topic_numbers[paper.topics[0]], paper.title.casefold()

        paper_ids = sorted(self._catalog.papers_by_edition.get(edition_id, ()), key=order)
        papers = [self._catalog.papers[paper_id] for paper_id in paper_ids]
        return tuple(EditionPaper(paper.id, paper.track or "", paper.topics[0]) for paper in papers)

    @query
    def areas_of_edition(self, edition_id: str) -> Counts:
        """The areas of the first topics of an edition's papers; those with most papers first."""
        areas = group_by_area(self._catalog, self._catalog.papers_by_edition.get(edition_id, ()))
        return tuple(sorted(((area, len(papers)) for area, papers in areas.items()), key=lambda item: -item[1]))

    @query
    def years_of_series(self, series_id: str) -> dict[int, int]:
        """How many papers of a series appeared in each year."""
        return counts_by_year(self._catalog, self._catalog.papers_in_series(series_id))

    @query
    def topics_of_series(self, series_id: str) -> Counts:
        """The first topics of a series' papers, those with most papers first."""
        return most_frequent(
            self._catalog.papers[paper_id].topics[0] for paper_id in self._catalog.papers_in_series(series_id)
        )

    # Topics

    @query
    def years_of_topic(self, topic_id: str) -> dict[int, int]:
        """How many papers of a topic appeared in each year."""
        return counts_by_year(self._catalog, self._papers_of_topic(topic_id))

    @query
    def editions_of_topic(self, topic_id: str) -> Counts:
        """The editions of a topic's papers, those with most papers first."""
        return most_frequent(self._catalog.papers[paper_id].venue for paper_id in self._papers_of_topic(topic_id))

    @query
    def primary_in_topic(self, topic_id: str) -> int:
        """The number of papers that have a topic as their first one."""
        return sum(self._catalog.papers[paper_id].topics[0] == topic_id for paper_id in self._papers_of_topic(topic_id))

    def _papers_of_topic(self, topic_id: str) -> tuple[str, ...]:
        papers: tuple[str, ...] = self._catalog.papers_by_topic.get(topic_id, ())
        return papers

    # Feeds

    @query
    def series_with_feeds(self) -> tuple[Link, ...]:
        """Links to the series that have feeds."""
        return tuple(link for link in self.series_counts() if self._views.feed(link.site_path, link.count))

    @query
    def topics_with_feeds(self) -> tuple[Link, ...]:
        """Links to the topics that have feeds."""
        topics = map(self._views.topic_with_count, self._catalog.topics)
        return tuple(link for link in topics if self._views.feed(link.site_path, link.count))


def most_frequent(names: Iterable[str]) -> Counts:
    """Each name with how often it occurs, the most frequent first; equally frequent names in alphabetical order."""
    return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def neighbors(ids: Sequence[str], position: int, link_to: Callable[[str], Link]) -> Neighbors:
    """Links to the items before and after a position in a list of ids."""
    previous = link_to(ids[position - 1]) if position else None
    return Neighbors(previous, link_to(ids[position + 1]) if position + 1 < len(ids) else None)
