"""The archive: papers by the day on which the digest took them in."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from generator.model import places
from generator.model.page import Batch, Draft
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Link, Views, page_place, paged, pager
from generator.text.days import day_name, month_name, month_of


def archive_pages(views: Views, renderer: Renderer, size: int) -> Iterator[Batch[Draft]]:
    """All pages below ``archive/``: the years, each year, month and day, a long day on pages of ``size`` papers."""
    days = sorted(views.catalog.papers_by_day, reverse=True)
    yield Batch(partial(_told_of_all, views, days), partial(_spans, views, renderer, days))
    for at, day in enumerate(days):
        newer = days[at - 1] if at else None
        older = days[at + 1] if at + 1 < len(days) else None
        yield Batch(
            partial(_told, views, day, newer, older), partial(_day_pages, views, renderer, size, day, newer, older)
        )


def _told_of_all(views: Views, days: Sequence[date]) -> bytes:
    """Which days there are, and how many papers each has."""
    return views.marks.told("archive", [(day, _count(views, [day])) for day in days])


def _told(views: Views, day: date, newer: date | None, older: date | None) -> bytes:
    """The day with its papers, and those beside it, each with how many it has."""
    beside = [(other, _count(views, [other])) if other else None for other in (newer, older)]
    return views.marks.told("day", day, beside, papers=views.catalog.papers_by_day[day])


def _spans(views: Views, renderer: Renderer, days: Sequence[date]) -> Iterator[Draft]:
    """The archive itself, its years and its months."""
    yield renderer.page(
        "archive.md.j2", "archive", title=views.words.say("Archive"), kind="list",
        description=views.words.say("All papers of the digest by the day on which they were taken in."),
        path=(), groups=[(_year(views, held), _months(views, held)) for held in _by(days, "%Y")],
        total=len(views.catalog.papers), newer=None, older=None,
    )  # fmt: skip
    years = _by(days, "%Y")
    for at, held in enumerate(years):
        first = held[0]
        yield renderer.page(
            "archive.md.j2", places.year(first), title=f"{first.year}", kind="list",
            description=views.words.say("Papers taken into the digest in {year}, by month and day.", year=first.year),
            head=Head(feed=views.feed(places.year(first), _count(views, held))),
            path=(_archive(views),),
            groups=[(_month(views, days_of), _days(views, days_of)) for days_of in _by(held, "%Y-%m")],
            total=_count(views, held),
            newer=_near(years, at - 1, _year, views), older=_near(years, at + 1, _year, views),
        )  # fmt: skip
    months = _by(days, "%Y-%m")
    for at, held in enumerate(months):
        first = held[0]
        yield renderer.page(
            "archive.md.j2", places.month(first), title=month_name(first, views.words), kind="list",
            description=views.words.say(
                "Papers taken into the digest in {month}, by day.", month=month_name(first, views.words)
            ),
            head=Head(feed=views.feed(places.month(first), _count(views, held))),
            path=(_archive(views), Link(str(first.year), places.year(first))),
            groups=[(_day(views, day), ()) for day in held], total=_count(views, held),
            newer=_near(months, at - 1, _month, views), older=_near(months, at + 1, _month, views),
        )  # fmt: skip


def _day_pages(
    views: Views, renderer: Renderer, size: int, day: date, newer: date | None, older: date | None
) -> Iterator[Draft]:
    papers, name = views.catalog.papers_by_day[day], day_name(day, views.words)
    pages = paged(papers, size)
    for number, held in enumerate(pages, 1):
        yield renderer.page(
            "day.md.j2", page_place(places.day(day), number), kind="list",
            title=views.title(name, number),
            head=Head(feed=views.feed(places.day(day), len(papers))),
            description=views.words.say("The papers that the digest took in on {day}, in plain language.", day=name),
            path=(_archive(views), Link(str(day.year), places.year(day)),
                  Link(month_of(day, views.words), places.month(day))),
            cards=views.cards(held), total=len(papers),
            newer=_day(views, newer) if newer else None, older=_day(views, older) if older else None,
            pages=pager(places.day(day), len(pages), number),
        )  # fmt: skip


def _by(days: Sequence[date], form: str) -> list[list[date]]:
    """Days grouped by a date format, order kept."""
    groups: dict[str, list[date]] = defaultdict(list)
    for day in days:
        groups[day.strftime(form)].append(day)
    return list(groups.values())


def _archive(views: Views) -> Link:
    return Link(views.words.say("Archive"), "archive")


def _count(views: Views, days: Sequence[date]) -> int:
    return sum(len(views.catalog.papers_by_day[day]) for day in days)


def _year(views: Views, days: Sequence[date]) -> Link:
    return Link(str(days[0].year), places.year(days[0]), _count(views, days))


def _month(views: Views, days: Sequence[date]) -> Link:
    return Link(month_name(days[0], views.words), places.month(days[0]), _count(views, days))


def _day(views: Views, day: date) -> Link:
    return Link(day_name(day, views.words), places.day(day), _count(views, [day]))


def _months(views: Views, days: Sequence[date]) -> list[Link]:
    return [_month(views, held) for held in _by(days, "%Y-%m")]


def _days(views: Views, days: Sequence[date]) -> list[Link]:
    return [_day(views, day) for day in days]


def _near(
    groups: Sequence[list[date]], at: int, name: Callable[[Views, list[date]], Link], views: Views
) -> Link | None:
    return name(views, groups[at]) if 0 <= at < len(groups) else None
