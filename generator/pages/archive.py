"""The archive in two calendars: papers by publication date, and by the date on which they were added to the digest.

A publication date may lack its day or month (``Catalog.date_of``). A paper is listed as precisely as its date: on the
pages of its day and month, of its month only, or of its year only.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.build.task import File, Task, plain_task
from generator.model import site_paths
from generator.pages.date_lists import ADDED, APPEARED, DateLists
from generator.pages.paging import numbered_path, on_page, page_numbers, pager
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Link, Mention, Views
from generator.text.words import date_name, translatable

_YEAR_LENGTH, _MONTH_LENGTH = len("2026"), len("2026-04")
_TITLES_FOR_A_CARD = 10
"""Titles take less space than cards, so a page of titles lists this many times as many papers."""


class ArchiveList(NamedTuple):
    """The papers of a month or day, or of a year without a month, which take one or more pages.

    ``calendar`` is ``APPEARED`` or ``ADDED``, ``span`` the year, month or day in ISO 8601, or '' for papers without a
    date. ``papers_by_date`` has the ids of the papers of each date.
    """

    calendar: str
    span: str
    papers_by_date: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def size(self) -> int:
        """The number of papers in the list."""
        return sum(len(paper_ids) for _, paper_ids in self.papers_by_date)

    @property
    def site_path(self) -> str:
        """The folder of the list's first page."""
        return site_paths.added(self.span) if self.calendar == ADDED else site_paths.archive(self.span)


class DayGroup(NamedTuple):
    """The papers that were added on a day, under its name as a heading.

    ``papers`` are links instead of cards, because cards show publication dates.
    """

    title: str
    anchor: str
    papers: tuple[Mention, ...]


def archive_tasks(views: Views, date_lists: DateLists, renderer: Renderer) -> Iterator[Task]:
    """All pages below ``archive/``: an overview of each calendar, and its lists of papers.

    ``APPEARED`` has lists of years, months and days, ``ADDED`` only of months.
    """
    yield plain_task("page archive", _index, views, date_lists, renderer, APPEARED)
    yield plain_task("page archive/added", _index, views, date_lists, renderer, ADDED)
    catalog = views.catalog
    # The year, month and day of each date; ``fromkeys`` drops repeated ones and keeps the order.
    spans = dict.fromkeys(
        span for date in catalog.papers_by_date for span in (date[:_YEAR_LENGTH], date[:_MONTH_LENGTH], date)
    )
    lists = [(APPEARED, span) for span in spans]
    lists += [(ADDED, month) for month in dict.fromkeys(f"{day:%Y-%m}" for day in catalog.papers_by_added)]
    for calendar, span in lists:
        archive_list = _archive_list(views, date_lists, calendar, span)
        for number in page_numbers(archive_list.size, _page_size(views, calendar)):
            site_path = numbered_path(archive_list.site_path, number)
            yield plain_task(f"page {site_path}", _page, views, date_lists, renderer, calendar, span, number)


def _page_size(views: Views, calendar: str) -> int:
    return views.settings.page_size * (_TITLES_FOR_A_CARD if calendar == ADDED else 1)


def _archive_list(views: Views, date_lists: DateLists, calendar: str, span: str) -> ArchiveList:
    # A year lists only the papers without a month, and links to its months; a month lists the papers of its days.
    if len(span) == _MONTH_LENGTH:
        return ArchiveList(calendar, span, date_lists.papers_in_month(calendar, span))
    return ArchiveList(calendar, span, ((span, views.catalog.papers_by_date.get(span, ())),))


def _index(views: Views, date_lists: DateLists, renderer: Renderer, calendar: str) -> Iterator[File]:
    say, dates = views.say, date_lists.dates(calendar)
    if calendar == ADDED:
        site_path, title = "archive/added", say("Archive by date added")
        description = say("All papers by the day they were added.")
    else:
        site_path, title = "archive", say("Archive")
        description = say("All papers by publication date.")
    yield renderer.page(
        "archive.md.j2", site_path, title=title, kind="list", description=description,
        breadcrumbs=_breadcrumbs(views, calendar) if calendar == ADDED else (),
        by_added=calendar == ADDED,
        years=[
            (_link(views, calendar, year, _total(dates_of_year)), _months(views, calendar, dates_of_year))
            for year, dates_of_year in _grouped(dates, _YEAR_LENGTH)
        ],
        total=_total(dates),
    )  # fmt: skip


def _page(
    views: Views, date_lists: DateLists, renderer: Renderer, calendar: str, span: str, number: int
) -> Iterator[File]:
    archive_list, size = _archive_list(views, date_lists, calendar, span), _page_size(views, calendar)
    site_path = archive_list.site_path
    papers = [(date, paper_id) for date, paper_ids in archive_list.papers_by_date for paper_id in paper_ids]
    # Papers without a date have the span '', which has no neighbors.
    newer, older = date_lists.span_neighbors(calendar, span) if span else (None, None)
    span_name = _span_name(views, span)
    months = date_lists.months_in(span) if len(span) == _YEAR_LENGTH else ()
    # The papers of a year are those in its months, and those without a month, which the year's page lists itself.
    total, papers_on_page = len(papers) + _total(months), on_page(papers, size, number)
    yield renderer.page(
        "span.md.j2", numbered_path(site_path, number), kind="list",
        title=views.title(views.say(_TITLES[calendar], span=span_name), number),
        # Of these lists, only years have a feed (``_by_date`` of exports/listings.py).
        head=Head(feed=views.feed(site_path, total) if len(span) == _YEAR_LENGTH else ""),
        description=views.say(_DESCRIPTIONS[calendar], span=span_name),
        breadcrumbs=_breadcrumbs(views, calendar, span),
        by_added=calendar == ADDED,
        months=[_link(views, calendar, month, count) for month, count in months] if number == 1 else (),
        cards=views.cards(paper_id for _, paper_id in papers_on_page) if calendar == APPEARED else (),
        groups=_day_groups(views, papers_on_page) if calendar == ADDED else (),
        total=total,
        newer=_link(views, calendar, *newer) if newer else None,
        older=_link(views, calendar, *older) if older else None,
        pages=pager(site_path, len(page_numbers(len(papers), size)), number),
    )  # fmt: skip


_TITLES: Mapping[str, str] = {APPEARED: "{span}", ADDED: translatable("Added in {span}")}
_DESCRIPTIONS: Mapping[str, str] = {
    APPEARED: translatable("Papers of {span}, explained in plain language."),
    ADDED: translatable("Papers added in {span}, explained in plain language."),
}


def _day_groups(views: Views, papers: Sequence[tuple[str, str]]) -> list[DayGroup]:
    """Group papers, given as days and ids, by the day."""
    groups = []
    for day, group in groupby(papers, key=lambda item: item[0]):
        mentions = tuple(views.mention(paper_id) for _, paper_id in group)
        groups.append(DayGroup(date_name(day, views.settings.words), f"day-{day}", mentions))
    return groups


def _breadcrumbs(views: Views, calendar: str, span: str = "") -> tuple[Link, ...]:
    """Links to the pages above the page of a span: the archive, and the year and month that contain the span."""
    archive = Link(views.say("Archive"), "archive")
    if calendar == ADDED:
        return (archive, Link(views.say("By date added"), "archive/added")) if span else (archive,)
    longer_spans = (span[:length] for length in (_YEAR_LENGTH, _MONTH_LENGTH) if len(span) > length)
    return (archive, *(Link(_span_name(views, longer), site_paths.archive(longer)) for longer in longer_spans))


def _months(views: Views, calendar: str, dates: Sequence[tuple[str, int]]) -> list[Link]:
    """Links to the months of a year, given the dates of the year with their numbers of papers."""
    dates_with_month = [(date, count) for date, count in dates if len(date) >= _MONTH_LENGTH]
    return [
        _link(views, calendar, month, _total(dates_of_month))
        for month, dates_of_month in _grouped(dates_with_month, _MONTH_LENGTH)
    ]


def _grouped(dates: Sequence[tuple[str, int]], length: int) -> list[tuple[str, list[tuple[str, int]]]]:
    """Group dates and their numbers of papers by their first ``length`` characters: by year or by month."""
    return [(span, list(group)) for span, group in groupby(dates, key=lambda item: item[0][:length])]


def _link(views: Views, calendar: str, span: str, count: int) -> Link:
    site_path = site_paths.added(span) if calendar == ADDED else site_paths.archive(span)
    return Link(_span_name(views, span), site_path, count)


def _span_name(views: Views, span: str) -> str:
    return date_name(span, views.settings.words) or views.say("Date not recorded")


def _total(dates: Sequence[tuple[str, int]]) -> int:
    return sum(count for _, count in dates)
