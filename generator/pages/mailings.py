"""The web archive of mailings: a page for each week in which papers were taken in."""

from collections.abc import Iterator
from functools import partial

from generator.build.task import File, Task, plain_task
from generator.model import places
from generator.pages.editorial import Editorial
from generator.pages.lists import Lists
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Group, Link, Views, on_page, page_numbers, page_place, pager


def mailing_tasks(views: Views, lists: Lists, editorial: Editorial, renderer: Renderer) -> Iterator[Task]:
    """The list of weeks, and each week as its mailing has it, a long one on several pages."""
    yield plain_task("page mail", partial(_index, views, lists, renderer))
    for slug in lists.week_slugs:
        for number in page_numbers(lists.week_link(slug).count, views.settings.page_size):
            place = page_place(places.mailing(slug), number)
            yield plain_task(f"page {place}", partial(_mailing, views, lists, editorial, renderer, slug, number))


def _index(views: Views, lists: Lists, renderer: Renderer) -> Iterator[File]:
    yield renderer.page(
        "mailings.md.j2", "mail", title=views.say("Past mailings"), kind="list",
        description=views.say("Every weekly mailing of the digest, the newest first."),
        links=lists.weeks(),
    )  # fmt: skip


def _mailing(
    views: Views, lists: Lists, editorial: Editorial, renderer: Renderer, slug: str, number: int
) -> Iterator[File]:
    size, place, link, beside = (
        views.settings.page_size,
        places.mailing(slug),
        lists.week_link(slug),
        lists.beside_week(slug),
    )
    papers = [(area, paper) for area, ids in lists.week(slug) for paper in ids]
    groups: dict[str, list[str]] = {}
    for area, paper in on_page(papers, size, number):
        groups.setdefault(area, []).append(paper)
    yield renderer.page(
        "mailing.md.j2", page_place(place, number), kind="list",
        title=views.title(link.text, number),
        description=views.say("The mailing of {period}: each paper in a sentence, by area.", period=link.text),
        head=Head(feed=views.feed(place, len(papers))),
        path=(Link(views.say("Past mailings"), "mail"),),
        total=len(papers),
        picks=[editorial.short(name) for name in editorial.picks(*lists.days_of_week(slug))] if number == 1 else [],
        groups=[
            Group(title=views.topic_name(area).text, anchor=area, cards=views.cards(held))
            for area, held in groups.items()
        ],
        newer=beside.previous, older=beside.following,
        pages=pager(place, len(page_numbers(len(papers), size)), number),
    )  # fmt: skip
