"""The weekly pages: the newest week at ``/weekly/``, and a page for each week, by area."""

from collections.abc import Iterator

from generator.build.task import File, Task, plain_task
from generator.model import site_paths
from generator.pages.date_lists import DateLists
from generator.pages.editorial import Editorial, ShortCollection
from generator.pages.lists import Lists
from generator.pages.paging import HeadedPaper, Heading, numbered_path, on_page, page_numbers, pager, sections
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Group, Link, Views

_SITE_PATH = "weekly"
_NEWEST_SHOWN = 12  # papers that follow a week without new papers


def weekly_tasks(
    views: Views, lists: Lists, date_lists: DateLists, editorial: Editorial, renderer: Renderer
) -> Iterator[Task]:
    """All pages below ``weekly/``: the newest week with a list of all weeks, and each week on one or more pages."""
    yield plain_task("page weekly", _index, views, lists, date_lists, editorial, renderer)
    for slug in date_lists.week_slugs:
        for number in page_numbers(date_lists.week_with_count(slug).count, views.settings.page_size):
            site_path = numbered_path(site_paths.week(slug), number)
            yield plain_task(f"page {site_path}", _week, views, date_lists, editorial, renderer, slug, number)


def _index(
    views: Views, lists: Lists, date_lists: DateLists, editorial: Editorial, renderer: Renderer
) -> Iterator[File]:
    """The page ``weekly``. If no papers were added in the newest week, the newest papers of the digest follow."""
    weeks = date_lists.weeks()
    newest_slug = date_lists.week_slugs[0] if weeks else ""
    groups = _groups(views, date_lists, newest_slug, 1) if weeks else []
    yield renderer.page(
        "weekly.md.j2", _SITE_PATH, title=views.say("Weekly"), kind="list",
        description=views.say("The papers that were added each week, by area, the newest week first."),
        head=Head(feed=_SITE_PATH),  # it exists even before the first week
        newest=weeks[0] if weeks else None,
        picks=_picks(date_lists, editorial, newest_slug) if weeks else [],
        groups=groups,
        papers=[] if groups else views.cards(lists.newest(str(_NEWEST_SHOWN))),
        weeks=weeks[1:],
    )  # fmt: skip


def _week(
    views: Views, date_lists: DateLists, editorial: Editorial, renderer: Renderer, slug: str, number: int
) -> Iterator[File]:
    site_path, link, neighbors = (
        site_paths.week(slug),
        date_lists.week_with_count(slug),
        date_lists.week_neighbors(slug),
    )
    yield renderer.page(
        "week.md.j2", numbered_path(site_path, number), kind="list",
        title=views.title(link.text, number),
        description=views.say("The papers added in the week of {period}, by area.", period=link.text),
        head=Head(feed=views.feed(site_path, link.count)),
        breadcrumbs=(Link(views.say("Weekly"), _SITE_PATH),),
        total=link.count,
        picks=_picks(date_lists, editorial, slug) if number == 1 else [],
        groups=_groups(views, date_lists, slug, number),
        newer=neighbors.previous, older=neighbors.following,
        pages=pager(site_path, len(page_numbers(link.count, views.settings.page_size)), number),
    )  # fmt: skip


def _picks(date_lists: DateLists, editorial: Editorial, slug: str) -> list[ShortCollection]:
    first_day, last_day = date_lists.days_of_week(slug)
    return [editorial.short_collection(picks_id) for picks_id in editorial.picks_between(first_day, last_day)]


def _groups(views: Views, date_lists: DateLists, slug: str, number: int) -> list[Group]:
    """The papers on one page of a week, by area."""
    papers = [(area, paper_id) for area, paper_ids in date_lists.papers_of_week(slug) for paper_id in paper_ids]
    fallback = Heading(views.say("Other areas"), "other-areas")
    return sections(
        views,
        [
            HeadedPaper(paper_id, Heading(views.topic_link(area).text, area), fallback)
            for area, paper_id in on_page(papers, views.settings.page_size, number)
        ],
    )
