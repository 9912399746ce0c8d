"""The venue index, a page for each series, and one for each edition."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.build.task import File, Task, plain_task
from generator.model import site_paths
from generator.model.entities import VenueKind
from generator.pages.charts import HEIGHT_SMALL, rows, year_columns
from generator.pages.lists import EditionPaper, Lists, most_frequent
from generator.pages.paging import HeadedPaper, Heading, numbered_path, on_page, page_numbers, pager, sections
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Group, Link, Views
from generator.text.slug import slugify
from generator.text.words import translatable

_KIND_NAMES = {
    VenueKind.CONFERENCE: translatable("Conferences"),
    VenueKind.JOURNAL: translatable("Journals"),
    VenueKind.WORKSHOP: translatable("Workshops"),
    VenueKind.PREPRINT: translatable("Preprints"),
    VenueKind.OTHER: translatable("Other"),
}
AREAS_SHOWN = 6  # in the chart of an edition
_TOPICS_SHOWN, _NEWEST_SHOWN = 12, 5  # topics and newest papers on the page of a series
_SMALL_TRACK = 12
"""A track of at most this many papers is not divided by topic: most headings would be over two papers or one."""


def venue_tasks(views: Views, lists: Lists, renderer: Renderer) -> Iterator[Task]:
    """All pages below ``venues/``."""
    catalog = views.catalog
    yield plain_task("page venues", _index, views, lists, renderer)
    for series_id in catalog.series:
        yield plain_task(f"page {site_paths.series(series_id)}", _series, views, lists, renderer, series_id)
    for edition_entry in catalog.editions.values():
        papers = catalog.papers_by_edition.get(edition_entry.edition.id, ())
        for number in page_numbers(len(papers), views.settings.page_size):
            site_path = numbered_path(site_paths.edition(edition_entry), number)
            yield plain_task(f"page {site_path}", _edition, views, lists, renderer, edition_entry.edition.id, number)


def _index(views: Views, lists: Lists, renderer: Renderer) -> Iterator[File]:
    # For each series: its link, its full name or '', and links to its editions.
    groups: dict[VenueKind, list[tuple[Link, str, tuple[Link, ...]]]] = defaultdict(list)
    for link, series in zip(lists.series_counts(), views.catalog.series.values(), strict=True):
        groups[series.kind].append((link, series.full_name or "", _edition_links(views, lists, series.id)))
    yield renderer.page(
        "venues.md.j2",
        "venues",
        title=views.say("Venues"),
        description=views.say("All {n} conferences, journals and workshops.", n=len(views.catalog.series)),
        kind="list",
        groups=[(views.say(name), groups[kind]) for kind, name in _KIND_NAMES.items() if groups[kind]],
        total=len(views.catalog.papers),
    )


def _edition_links(views: Views, lists: Lists, series_id: str) -> tuple[Link, ...]:
    """Links to the editions of a series. Their text is the year, since the name of the series is beside them."""
    years = {edition_id: views.catalog.editions[edition_id].edition.year for edition_id in lists.editions(series_id)}
    return tuple(
        replace(views.edition_with_count(edition_id), text=str(year or views.say("undated")))
        for edition_id, year in years.items()
    )


def _series(views: Views, lists: Lists, renderer: Renderer, series_id: str) -> Iterator[File]:
    catalog = views.catalog
    series, site_path = catalog.series[series_id], site_paths.series(series_id)
    papers = catalog.papers_in_series(series_id)
    yield renderer.page(
        "series.md.j2",
        site_path,
        title=series.full_name or series.name,
        description=views.say_many(
            "{n} paper from {venue}, by edition.",
            "{n} papers from {venue}, by edition.",
            len(papers),
            venue=series.full_name or series.name,
        ),
        kind="list",
        head=Head(feed=views.feed(site_path, len(papers)), can_follow=True),
        series=series,
        editions=[
            (views.edition_with_count(edition_id), catalog.editions[edition_id].edition)
            for edition_id in lists.editions(series_id)
        ],
        years=year_columns(lists.years_of_series(series_id), HEIGHT_SMALL),
        topics=[
            replace(views.topic_link(topic_id), count=count)
            for topic_id, count in lists.topics_of_series(series_id)[:_TOPICS_SHOWN]
        ],
        newest=views.cards(papers[:_NEWEST_SHOWN]),
        total=len(papers),
    )


def _edition(views: Views, lists: Lists, renderer: Renderer, edition_id: str, number: int) -> Iterator[File]:
    edition_entry, size = views.catalog.editions[edition_id], views.settings.page_size
    site_path, papers = site_paths.edition(edition_entry), lists.reading_order(edition_id)
    total, neighbors = len(papers), lists.edition_neighbors(edition_id)
    areas = lists.areas_of_edition(edition_id) if number == 1 else ()  # further pages only continue the list
    yield renderer.page(
        "edition.md.j2",
        numbered_path(site_path, number),
        title=views.title(edition_entry.name, number),
        description=views.say_many(
            "{n} paper from {venue}, explained in plain language.",
            "{n} papers from {venue}, explained in plain language.",
            total,
            venue=edition_entry.name,
        ),
        kind="list",
        head=Head(feed=views.feed(site_path, total), can_follow=True),
        edition=edition_entry.edition,
        series=views.series_link(edition_entry.series.id),
        full_name=edition_entry.series.full_name or "",
        # The papers of a track are counted on all pages, so that a track has the same headings on each.
        groups=_groups(views, on_page(papers, size, number), Counter(paper.track for paper in papers)),
        tracks=most_frequent(paper.track or views.say("no track recorded") for paper in papers),
        areas=rows([replace(views.topic_link(area), count=count) for area, count in areas], AREAS_SHOWN),
        total=total,
        pages=pager(site_path, len(page_numbers(total, size)), number),
        newer=neighbors.previous,
        older=neighbors.following,
    )


def _groups(views: Views, papers: Sequence[EditionPaper], track_sizes: Counter[str]) -> list[Group]:
    """Papers in reading order under headings of track and primary topic, as cards."""
    return sections(views, [headed_paper(views, paper, track_sizes) for paper in papers])


def headed_paper(views: Views, paper: EditionPaper, track_sizes: Counter[str]) -> HeadedPaper:
    """A paper under its track and topic, or under its track only if the track is small.

    ``track_sizes`` are the numbers of papers of the edition's tracks.
    """
    track = paper.track[:1].upper() + paper.track[1:]  # keeps further capitals: ``MetaLearn workshop``
    if track and track_sizes[paper.track] <= _SMALL_TRACK:
        heading = Heading(track, slugify(track))
        return HeadedPaper(paper.paper_id, heading, fallback=heading)
    prefix = f"{track}: " if track else ""
    # The anchors contain the track, because another track may have papers on the same topic.
    return HeadedPaper(
        paper.paper_id,
        Heading(prefix + views.topic_link(paper.topic_id).text, slugify(f"{track}-{paper.topic_id}")),
        fallback=Heading(prefix + views.say("Other topics"), slugify(f"{track}-other-topics")),
    )
