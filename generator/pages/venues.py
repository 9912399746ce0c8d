"""The venue index, a page for each series, and one for each edition."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from generator.model import places
from generator.model.catalog import EditionEntry
from generator.model.period import by_area
from generator.model.page import Batch, Draft, untold
from generator.model.venue import VenueKind
from generator.pages.charts import HEIGHT_SMALL, Rows, rows, year_columns
from generator.pages.rendering import Head, Renderer
from generator.pages.views import CHOSEN_TRACKS, Group, Link, Views, page_place, paged, pager
from generator.model.counting import papers_by_year
from generator.text.slug import slugify
from generator.text.words import Words, marked

_KINDS = {
    VenueKind.CONFERENCE: marked("Conferences"),
    VenueKind.JOURNAL: marked("Journals"),
    VenueKind.WORKSHOP: marked("Workshops"),
    VenueKind.PREPRINT: marked("Preprints"),
    VenueKind.OTHER: marked("Other"),
}
AREAS_SHOWN = 6


def venue_pages(views: Views, renderer: Renderer, size: int) -> Iterator[Batch[Draft]]:
    """All pages below ``venues/``."""
    yield untold(partial(_index, views, renderer))  # MkDocs' own steps make it anew each time
    for series_id in views.catalog.series:
        yield Batch(partial(_told_of_series, views, series_id), partial(_series, views, renderer, series_id))
    for entry in views.catalog.editions.values():
        yield Batch(partial(_told_of_edition, views, entry), partial(_edition, views, renderer, entry, size))


def _told_of_series(views: Views, series_id: str) -> bytes:
    """The series with its editions, and their papers."""
    catalog = views.catalog
    return views.marks.told("series", catalog.series[series_id], papers=catalog.papers_in_series(series_id))


def _told_of_edition(views: Views, entry: EditionEntry) -> bytes:
    """The edition with its series, which tells of those beside it, and its papers."""
    papers = views.catalog.papers_by_edition.get(entry.edition.id, ())
    return views.marks.told("edition", entry, views.marks.topics, papers=papers)


def _index(views: Views, renderer: Renderer) -> Iterator[Draft]:
    groups: dict[VenueKind, list[tuple[Link, str, tuple[Link, ...]]]] = defaultdict(list)
    for series in views.catalog.series.values():
        link = Link(series.name, places.series(series.id), len(views.catalog.papers_in_series(series.id)))
        groups[series.kind].append((link, series.full_name or "", _edition_links(views, series.id)))
    yield renderer.page(
        "venues.md.j2",
        "venues",
        title=views.words.say("Venues"),
        description=views.words.say(
            "All {n} conferences, journals and workshops of the digest.", n=len(views.catalog.series)
        ),
        kind="list",
        groups=[(views.words.say(name), groups[kind]) for kind, name in _KINDS.items() if groups[kind]],
        total=len(views.catalog.papers),
    )


def _edition_links(views: Views, series_id: str) -> tuple[Link, ...]:
    entries = [entry for entry in views.catalog.editions.values() if entry.series.id == series_id]
    return tuple(
        Link(
            str(entry.edition.year or views.words.say("undated")),
            places.edition(entry),
            views.edition(entry.edition.id).count,
        )
        for entry in entries
    )


def _series(views: Views, renderer: Renderer, series_id: str) -> Iterator[Draft]:
    series = views.catalog.series[series_id]
    papers = views.catalog.papers_in_series(series_id)
    topics = _topic_counts(views, papers)
    yield renderer.page(
        "series.md.j2",
        places.series(series_id),
        title=series.full_name or series.name,
        description=views.words.say_many(
            "{n} paper of {venue} in the digest, by edition.",
            "{n} papers of {venue} in the digest, by edition.",
            len(papers),
            venue=series.full_name or series.name,
        ),
        kind="list",
        head=Head(feed=views.feed(places.series(series_id), len(papers))),
        series=series,
        editions=[
            (link, views.catalog.editions[edition_id].edition)
            for edition_id, entry in views.catalog.editions.items()
            if entry.series.id == series_id and (link := views.edition(edition_id))
        ],
        years=year_columns(papers_by_year(views.catalog, papers), HEIGHT_SMALL),
        topics=topics[:12],
        newest=views.cards(papers[:5]),
        total=len(papers),
    )


def _edition(views: Views, renderer: Renderer, entry: EditionEntry, size: int) -> Iterator[Draft]:
    paper_ids = views.catalog.papers_by_edition.get(entry.edition.id, ())
    place = places.edition(entry)
    ordered = sorted(paper_ids, key=lambda paper_id: _reading_order(views, paper_id))
    pages = paged(ordered, size)
    tracks = _counts((views.catalog.papers[p].track or "" for p in paper_ids), views.words)
    siblings = [e for e in views.catalog.editions.values() if e.series.id == entry.series.id]
    at = siblings.index(entry)
    for number, held in enumerate(pages, 1):
        yield renderer.page(
            "edition.md.j2",
            page_place(place, number),
            title=views.title(entry.name, number),
            description=views.words.say_many(
                "{n} paper of {venue} in plain language, by track and topic.",
                "{n} papers of {venue} in plain language, by track and topic.",
                len(paper_ids),
                venue=entry.name,
            ),
            kind="list",
            head=Head(feed=views.feed(place, len(paper_ids))),
            edition=entry.edition,
            series=Link(entry.series.name, places.series(entry.series.id)),
            full_name=entry.series.full_name or "",
            groups=_groups(views, held),
            tracks=tracks,
            areas=_areas(views, paper_ids) if number == 1 else Rows(()),
            total=len(paper_ids),
            pages=pager(place, len(pages), number),
            newer=_neighbour(siblings, at - 1),
            older=_neighbour(siblings, at + 1),
        )


def _neighbour(siblings: Sequence[EditionEntry], at: int) -> Link | None:
    return Link(siblings[at].name, places.edition(siblings[at])) if 0 <= at < len(siblings) else None


def _reading_order(views: Views, paper_id: str) -> tuple[int, str, int, str]:
    paper = views.catalog.papers[paper_id]
    track = (paper.track or "").lower()
    rank = CHOSEN_TRACKS.index(track) if track in CHOSEN_TRACKS else len(CHOSEN_TRACKS) + (not track)
    topics = list(views.catalog.topics)
    return (rank, track, topics.index(paper.topics[0]), paper.title.casefold())


def _groups(views: Views, paper_ids: Sequence[str]) -> list[Group]:
    """Papers already in reading order under headings of track and primary topic."""
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    for paper_id in paper_ids:
        paper = views.catalog.papers[paper_id]
        held[(paper.track or "", paper.topics[0])].append(paper_id)
    groups = []
    for (track, topic_id), ids in held.items():
        topic = views.topic(topic_id).text
        title = f"{track.capitalize()}: {topic}" if track else topic
        groups.append(Group(title, slugify(f"{track}-{topic_id}"), views.cards(ids)))
    return groups


def _counts(values: Iterator[str], words: Words) -> list[tuple[str, int]]:
    found: dict[str, int] = defaultdict(int)
    for value in values:
        found[value or words.say("no track recorded")] += 1
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _areas(views: Views, paper_ids: Sequence[str]) -> Rows:
    """Areas by the primary topics of the papers, those with most papers first."""
    held = by_area(views.catalog, tuple(paper_ids))
    links = [replace(views.topic(area), count=len(ids)) for area, ids in held.items()]
    return rows(sorted(links, key=lambda link: -link.count), AREAS_SHOWN)


def _topic_counts(views: Views, paper_ids: Sequence[str]) -> list[Link]:
    found: dict[str, int] = defaultdict(int)
    for paper_id in paper_ids:
        found[views.catalog.papers[paper_id].topics[0]] += 1
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [replace(views.topic(topic_id), count=count) for topic_id, count in ordered]
