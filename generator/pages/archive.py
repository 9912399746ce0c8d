"""The archive: papers by publication date, and in a second view by the date on which they were added to the digest.

The two views are the calendars of ``date_lists.py``. A date may lack its day or month (``Catalog.date_of``). A paper is
listed as precisely as its date: on the pages of its day and month, of its month only, or of its year only.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from generator.build.task import File, Task, plain_task
from generator.model import site_paths
from generator.pages.date_lists import ADDED, APPEARED, DateLists
from generator.pages.paging import numbered_path, on_page, page_numbers, pager
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Link, Mention, Views
from generator.text.words import date_name, translatable

_YEAR, _MONTH = len("2026"), len("2026-04")
_TITLES_FOR_A_CARD = 10
"""A page shows this many titles in the space of one card."""


class ArchivePage(NamedTuple):
    """A page of the archive and its papers by date. ``span`` is ISO 8601: a year, a month or a day."""

    calendar: str
    span: str
    dated: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def size(self) -> int:
        """The number of its papers."""
        return sum(len(papers) for _, papers in self.dated)

    @property
    def site_path(self) -> str:
        """The folder of its first page."""
        return site_paths.added(self.span) if self.calendar == ADDED else site_paths.archive(self.span)


class DayGroup(NamedTuple):
    """A day as a heading, or '', with the papers that were added on it. Cards show the publication dates."""

    title: str
    anchor: str
    titles: tuple[Mention, ...]


def archive_tasks(views: Views, date_lists: DateLists, renderer: Renderer) -> Iterator[Task]:
    """All pages below ``archive/``: both views, and each year, month and day. Long lists have several pages."""
    yield plain_task("page archive", partial(_index, views, date_lists, renderer, APPEARED))
    yield plain_task("page archive/added", partial(_index, views, date_lists, renderer, ADDED))
    # A date without a day or month is its own month or year, so the same span comes several times.
    spans = dict.fromkeys(span for when in views.catalog.papers_by_date for span in (when[:_YEAR], when[:_MONTH], when))
    months = dict.fromkeys(f"{day:%Y-%m}" for day in views.catalog.papers_by_added)
    for calendar, span in (*((APPEARED, span) for span in spans), *((ADDED, month) for month in months)):
        page = _archive_page(views, date_lists, calendar, span)
        for number in page_numbers(page.size, _page_size(views, calendar)):
            site_path = numbered_path(page.site_path, number)
            yield plain_task(f"page {site_path}", partial(_page, views, date_lists, renderer, calendar, span, number))


def _page_size(views: Views, calendar: str) -> int:
    return views.settings.page_size * (_TITLES_FOR_A_CARD if calendar == ADDED else 1)


def _archive_page(views: Views, date_lists: DateLists, calendar: str, span: str) -> ArchivePage:
    # A year lists only the papers without a month, and links to its months; a month lists the papers of its days.
    if len(span) == _MONTH:
        return ArchivePage(calendar, span, date_lists.papers_in_month(calendar, span))
    return ArchivePage(calendar, span, ((span, views.catalog.papers_by_date.get(span, ())),))


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
        path=_path(views, calendar) if calendar == ADDED else (),
        by_added=calendar == ADDED,
        years=[
            (_link(views, calendar, year, _count(dates_of_year)), _months(views, calendar, dates_of_year))
            for year, dates_of_year in _grouped(dates, _YEAR)
        ],
        total=_count(dates),
    )  # fmt: skip


def _page(
    views: Views, date_lists: DateLists, renderer: Renderer, calendar: str, span: str, number: int
) -> Iterator[File]:
    page, size = _archive_page(views, date_lists, calendar, span), _page_size(views, calendar)
    papers = [(when, paper) for when, ids in page.dated for paper in ids]
    # The span '' is that of papers without a date.
    newer, older = date_lists.beside_span(calendar, span) if span else (None, None)
    name = _name(views, span)
    months = date_lists.months_in(span) if len(span) == _YEAR else ()
    total, shown = len(papers) + _count(months), on_page(papers, size, number)
    yield renderer.page(
        "span.md.j2", numbered_path(page.site_path, number), kind="list",
        title=views.title(views.say(_TITLES[calendar], span=name), number),
        head=Head(feed=views.feed(page.site_path, total) if len(span) == _YEAR else ""),  # see exports/listings.py
        description=views.say(_DESCRIPTIONS[calendar], span=name),
        path=_path(views, calendar, span),
        by_added=calendar == ADDED,
        months=[_link(views, calendar, month, count) for month, count in months] if number == 1 else (),
        cards=views.cards(paper for _, paper in shown) if calendar == APPEARED else (),
        groups=_day_groups(views, page, shown) if calendar == ADDED else (),
        total=total,
        newer=_beside(views, calendar, newer), older=_beside(views, calendar, older),
        pages=pager(page.site_path, len(page_numbers(len(papers), size)), number),
    )  # fmt: skip


_TITLES: Mapping[str, str] = {APPEARED: "{span}", ADDED: translatable("Added in {span}")}
_DESCRIPTIONS: Mapping[str, str] = {
    APPEARED: translatable("Papers of {span}, explained in plain language."),
    ADDED: translatable("Papers added in {span}, explained in plain language."),
}


def _day_groups(views: Views, page: ArchivePage, papers: Sequence[tuple[str, str]]) -> list[DayGroup]:
    """The papers of one page by the day on which they were added. The page's own day is not a heading."""
    groups = []
    for when, group in groupby(papers, key=lambda item: item[0]):
        title = date_name(when, views.settings.words) if when != page.span else ""
        titles = tuple(views.mention(paper) for _, paper in group)
        groups.append(DayGroup(title, f"day-{when}" if title else "", titles))
    return groups


def _path(views: Views, calendar: str, span: str = "") -> tuple[Link, ...]:
    """The pages above that of a span."""
    path = [Link(views.say("Archive"), "archive")]
    if calendar == ADDED:
        return (*path, Link(views.say("By date added"), "archive/added")) if span else tuple(path)
    above = (span[:length] for length in (_YEAR, _MONTH) if len(span) > length)
    return (*path, *(Link(_name(views, part), site_paths.archive(part)) for part in above))


def _months(views: Views, calendar: str, dates: Sequence[tuple[str, int]]) -> list[Link]:
    """The months of a year's dates. Dates without a month count only for the year."""
    by_month = _grouped([(when, count) for when, count in dates if len(when) >= _MONTH], _MONTH)
    return [_link(views, calendar, month, _count(dates_of_month)) for month, dates_of_month in by_month]


def _grouped(dates: Sequence[tuple[str, int]], length: int) -> list[tuple[str, list[tuple[str, int]]]]:
    """Group dates by year or month, which is their prefix of that length."""
    return [(span, list(group)) for span, group in groupby(dates, key=lambda item: item[0][:length])]


def _link(views: Views, calendar: str, span: str, count: int) -> Link:
    site_path = site_paths.added(span) if calendar == ADDED else site_paths.archive(span)
    return Link(_name(views, span), site_path, count)


def _name(views: Views, span: str) -> str:
    return date_name(span, views.settings.words) or views.say("Date not recorded")


def _beside(views: Views, calendar: str, span: tuple[str, int] | None) -> Link | None:
    return _link(views, calendar, *span) if span else None


def _count(dates: Sequence[tuple[str, int]]) -> int:
    return sum(count for _, count in dates)
