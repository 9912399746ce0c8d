"""The archive: papers by the day on which the digest took them in."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from generator.build.task import File, Task, plain_task
from generator.model import places
from generator.pages.lists import Lists
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Link, Views, on_page, page_numbers, page_place, pager
from generator.text.days import day_name, month_name, month_of

Day = tuple[date, int]
"""A day and how many papers it has."""


def archive_tasks(views: Views, lists: Lists, renderer: Renderer) -> Iterator[Task]:
    """All pages below ``archive/``: the years, each year, month and day, a long day on several pages."""
    by_day = views.catalog.papers_by_day
    yield plain_task("page archive", partial(_archive_page, views, lists, renderer))
    for first in {day.year: day for day in by_day}.values():
        yield plain_task(f"page {places.year(first)}", partial(_year_page, views, lists, renderer, first))
    for first in {(day.year, day.month): day for day in by_day}.values():
        yield plain_task(f"page {places.month(first)}", partial(_month_page, views, lists, renderer, first))
    for day, papers in by_day.items():
        for number in page_numbers(len(papers), views.settings.page_size):
            place = page_place(places.day(day), number)
            yield plain_task(f"page {place}", partial(_day_page, views, lists, renderer, day, number))


def _archive_page(views: Views, lists: Lists, renderer: Renderer) -> Iterator[File]:
    days = _parsed(lists.days())
    yield renderer.page(
        "archive.md.j2", "archive", title=views.say("Archive"), kind="list",
        description=views.say("All papers of the digest by the day on which they were taken in."),
        path=(),
        groups=[(_year(views, year), [_month(views, m) for m in _by(year, "%Y-%m")]) for year in _by(days, "%Y")],
        total=_count(days), newer=None, older=None,
    )  # fmt: skip


def _year_page(views: Views, lists: Lists, renderer: Renderer, first: date) -> Iterator[File]:
    days = _parsed(lists.days_in(f"{first:%Y}"))
    newer, older = lists.beside_span(f"{first:%Y}")
    yield renderer.page(
        "archive.md.j2", places.year(first), title=f"{first.year}", kind="list",
        description=views.say("Papers taken into the digest in {year}, by month and day.", year=first.year),
        head=Head(feed=views.feed(places.year(first), _count(days))),
        path=(_archive(views),),
        groups=[(_month(views, month), [_day(views, day) for day in month]) for month in _by(days, "%Y-%m")],
        total=_count(days),
        newer=_span(views, newer, _year), older=_span(views, older, _year),
    )  # fmt: skip


def _month_page(views: Views, lists: Lists, renderer: Renderer, first: date) -> Iterator[File]:
    days, name = _parsed(lists.days_in(f"{first:%Y-%m}")), month_name(first, views.settings.words)
    newer, older = lists.beside_span(f"{first:%Y-%m}")
    yield renderer.page(
        "archive.md.j2", places.month(first), title=name, kind="list",
        description=views.say("Papers taken into the digest in {month}, by day.", month=name),
        head=Head(feed=views.feed(places.month(first), _count(days))),
        path=(_archive(views), Link(str(first.year), places.year(first))),
        groups=[(_day(views, day), ()) for day in days], total=_count(days),
        newer=_span(views, newer, _month), older=_span(views, older, _month),
    )  # fmt: skip


def _day_page(views: Views, lists: Lists, renderer: Renderer, day: date, number: int) -> Iterator[File]:
    words, size = views.settings.words, views.settings.page_size
    papers, place, name = views.catalog.papers_by_day[day], places.day(day), day_name(day, words)
    newer, older = lists.beside_day(day.isoformat())
    yield renderer.page(
        "day.md.j2", page_place(place, number), kind="list",
        title=views.title(name, number),
        head=Head(feed=views.feed(place, len(papers))),
        description=views.say("The papers that the digest took in on {day}, in plain language.", day=name),
        path=(_archive(views), Link(str(day.year), places.year(day)),
              Link(month_of(day, words), places.month(day))),
        cards=views.cards(on_page(papers, size, number)), total=len(papers),
        newer=_beside(views, newer), older=_beside(views, older),
        pages=pager(place, len(page_numbers(len(papers), size)), number),
    )  # fmt: skip


def _by(days: Sequence[Day], form: str) -> list[list[Day]]:
    """Days grouped by a date format, order kept."""
    groups: dict[str, list[Day]] = defaultdict(list)
    for day, papers in days:
        groups[day.strftime(form)].append((day, papers))
    return list(groups.values())


def _archive(views: Views) -> Link:
    return Link(views.say("Archive"), "archive")


def _count(days: Sequence[Day]) -> int:
    return sum(papers for _, papers in days)


def _year(_views: Views, days: Sequence[Day]) -> Link:
    return Link(str(days[0][0].year), places.year(days[0][0]), _count(days))


def _month(views: Views, days: Sequence[Day]) -> Link:
    return Link(month_name(days[0][0], views.settings.words), places.month(days[0][0]), _count(days))


def _day(views: Views, day: Day) -> Link:
    return Link(day_name(day[0], views.settings.words), places.day(day[0]), day[1])


def _beside(views: Views, day: tuple[str, int] | None) -> Link | None:
    return _day(views, (date.fromisoformat(day[0]), day[1])) if day else None


def _span(views: Views, span: tuple[str, int] | None, name: Callable[[Views, Sequence[Day]], Link]) -> Link | None:
    """The link to a year (``2026``) or a month (``2026-04``)."""
    if span is None:
        return None
    year, _, month = span[0].partition("-")
    return name(views, [(date(int(year), int(month or 1), 1), span[1])])


def _parsed(days: Sequence[tuple[str, int]]) -> list[Day]:
    return [(date.fromisoformat(day), papers) for day, papers in days]
