"""Statistics: papers by venue, year, topic and number of authors, the most frequent names, and the share with code.

Each number is counted from the entries. Missing values are shown as missing, not estimated.
"""

from collections.abc import Callable, Iterable
from heapq import nsmallest
from typing import Any

from generator.build.inputs import query
from generator.build.task import File, Task, plain_task
from generator.model import counting, site_paths
from generator.model.contributors import AuthorEntry, InstitutionEntry
from generator.pages.charts import HEIGHT, Rows, rows, share_rows, size_columns, year_columns
from generator.pages.rendering import Renderer
from generator.pages.views import Link, Views

SERIES_SHOWN = 15
PEOPLE_SHOWN = 20  # authors, and as many institutions
MAX_TEAM = 10  # authors of a paper; papers with more share a column


def stats_task(views: Views, renderer: Renderer) -> Task:
    """The page ``stats``."""
    statistics = Statistics(views)
    return plain_task("page stats", lambda: [_page(views, renderer, statistics.counts())])


def _page(views: Views, renderer: Renderer, counts: dict[str, Any]) -> File:
    return renderer.page(
        "stats.md.j2", "stats", title=views.say("Statistics"), kind="stats",
        description=views.say(
            "Papers by venue, year and topic, the most frequent authors and institutions, and the share with code."
        ),
        **counts,
    )  # fmt: skip


class Statistics:
    """All counts, as one query: the page depends on the counts, not on the papers."""

    def __init__(self, views: Views) -> None:
        self._views, self.inputs = views, views.inputs
        self.inputs.register(self)

    @query
    def counts(self) -> dict[str, Any]:
        """The counts and charts by their names in the template ``stats.md.j2``."""
        views, catalog = self._views, self._views.catalog
        years = counting.counts_by_year(catalog, catalog.papers)
        teams = counting.counts_by_number_of_authors(catalog)  # a team is the authors of a paper
        return {
            "total": len(catalog.papers),
            "years": year_columns(years, HEIGHT),
            "dated": sum(years.values()),
            "venues": _venues(views),
            "areas": _topics(views, catalog.subtopics.get("", ())),
            "topics": _topics(views, (topic.id for topic in catalog.topics.values() if topic.parent)),
            "teams": size_columns(teams, MAX_TEAM, HEIGHT),
            "teams_known": sum(teams.values()),
            "largest_team": max(teams, default=0),
            "median_team": counting.lower_median(teams),
            "authors": _most_frequent(catalog.authors.values(), site_paths.author),
            "institutions": _most_frequent(catalog.institutions.values(), site_paths.institution),
            "affiliated": counting.count_with_affiliations(catalog),
            "code": counting.share_with_code(catalog),
            "code_by_year": share_rows(
                (Link(str(year), ""), share) for year, share in counting.share_with_code_by_year(catalog).items()
            ),
            "code_by_venue": _code_by_venue(views),
            "awarded": len(counting.papers_with_awards(catalog)),
        }


def _venues(views: Views) -> Rows:
    counts = counting.counts_by_series(views.catalog)
    return rows([_series(views, series_id, count) for series_id, count in counts.items()], SERIES_SHOWN)


def _code_by_venue(views: Views) -> Rows:
    shares = list(counting.share_with_code_by_series(views.catalog).items())[:SERIES_SHOWN]
    return share_rows((_series(views, series_id), share) for series_id, share in shares)


def _series(views: Views, series_id: str, count: int = 0) -> Link:
    return Link(views.catalog.series[series_id].name, site_paths.series(series_id), count)


def _topics(views: Views, topic_ids: Iterable[str]) -> Rows:
    """Topics with the number of papers in them or below, the most first. Topics without papers are left out."""
    links = [link for link in map(views.topic_with_count, topic_ids) if link.count]
    # All are shown: a paper can have several topics, so the sum of hidden topics would count it several times.
    return rows(sorted(links, key=lambda link: -link.count), len(links))


def _most_frequent(entries: Iterable[AuthorEntry | InstitutionEntry], site_path: Callable[[str], str]) -> Rows:
    """The authors or institutions with most papers. Those with equal numbers keep the order of the catalog."""
    # Like ``sorted``, ``nsmallest`` is stable. It is faster for the first few of many thousands.
    frequent = nsmallest(PEOPLE_SHOWN, entries, key=lambda entry: -len(entry.papers))
    return rows([Link(entry.name, site_path(entry.id), len(entry.papers)) for entry in frequent], PEOPLE_SHOWN)
