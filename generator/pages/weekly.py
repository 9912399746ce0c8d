"""The weekly pages: the newest week at ``/weekly/``, and a page for each week, by area."""

from collections.abc import Iterator
from functools import partial

from generator.build.task import File, Task, plain_task
from generator.model import site_paths
from generator.pages.date_lists import DateLists
from generator.pages.editorial import Editorial, Picks
from generator.pages.lists import Lists
from generator.pages.paging import HeadedPaper, Heading, numbered_path, on_page, page_numbers, pager, sections
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Group, Link, Views

PLACE = "weekly"
_NEWEST_SHOWN = 12


def weekly_tasks(
    views: Views, lists: Lists, date_lists: DateLists, editorial: Editorial, renderer: Renderer
) -> Iterator[Task]:
    """The newest week with the list of all weeks, and each week. Long ones have several pages."""
    yield plain_task("page weekly", partial(_index, views, lists, date_lists, editorial, renderer))
    for slug in date_lists.week_slugs:
        for number in page_numbers(date_lists.week_link(slug).count, views.settings.page_size):
            site_path = numbered_path(site_paths.week(slug), number)
            yield plain_task(f"page {site_path}", partial(_week, views, date_lists, editorial, renderer, slug, number))


def _index(
    views: Views, lists: Lists, date_lists: DateLists, editorial: Editorial, renderer: Renderer
) -> Iterator[File]:
    """A newest week that has only picks is followed by the newest papers, so that the page is not empty."""
    weeks = date_lists.weeks()
    newest = date_lists.week_slugs[0] if weeks else ""
    groups = _groups(views, date_lists, newest, 1) if weeks else []
    yield renderer.page(
        "weekly.md.j2", PLACE, title=views.say("Weekly"), kind="list",
        description=views.say("The papers that were added each week, by area, the newest week first."),
        head=Head(feed=PLACE),  # it exists even before the first week
        newest=weeks[0] if weeks else None,
        picks=_picks(date_lists, editorial, newest) if weeks else [],
        groups=groups,
        papers=[] if groups else views.cards(lists.newest(str(_NEWEST_SHOWN))),
        weeks=weeks[1:],
    )  # fmt: skip


def _week(
    views: Views, date_lists: DateLists, editorial: Editorial, renderer: Renderer, slug: str, number: int
) -> Iterator[File]:
    site_path, link, beside = site_paths.week(slug), date_lists.week_link(slug), date_lists.beside_week(slug)
    yield renderer.page(
        "week.md.j2", numbered_path(site_path, number), kind="list",
        title=views.title(link.text, number),
        description=views.say("The papers added in the week of {period}, by area.", period=link.text),
        head=Head(feed=views.feed(site_path, link.count)),
        path=(Link(views.say("Weekly"), PLACE),),
        total=link.count,
        picks=_picks(date_lists, editorial, slug) if number == 1 else [],
        groups=_groups(views, date_lists, slug, number),
        newer=beside.previous, older=beside.following,
        pages=pager(site_path, len(page_numbers(link.count, views.settings.page_size)), number),
    )  # fmt: skip


def _picks(date_lists: DateLists, editorial: Editorial, slug: str) -> list[Picks]:
    return [editorial.short(name) for name in editorial.picks(*date_lists.days_of_week(slug))]


def _groups(views: Views, date_lists: DateLists, slug: str, number: int) -> list[Group]:
    """The papers on one page of a week, by area."""
    papers = [(area, paper) for area, ids in date_lists.week(slug) for paper in ids]
    fallback = Heading(views.say("Other areas"), "other-areas")
    shown = on_page(papers, views.settings.page_size, number)
    return sections(
        views, [HeadedPaper(paper, Heading(views.topic_name(area).text, area), fallback) for area, paper in shown]
    )
