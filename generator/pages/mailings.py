"""The web archive of mailings: a page for each week in which papers were taken in."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator.model import places
from generator.model.period import Period, by_area, papers_of, weeks
from generator.model.page import Batch, Draft
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Group, Link, Views, page_place, paged, pager


def mailing_pages(views: Views, renderer: Renderer, size: int) -> Iterator[Batch[Draft]]:
    """The list of weeks, and each week as its mailing has it, a long one on pages of ``size`` papers."""
    periods = [period for period in weeks(views.catalog, views.words) if papers_of(views.catalog, period)]
    links = [_link(views, period) for period in periods]
    yield Batch(partial(views.marks.told, "mailings", links), partial(_index, views, renderer, links))
    for at, period in enumerate(periods):
        newer = links[at - 1] if at else None
        older = links[at + 1] if at + 1 < len(links) else None
        yield Batch(
            partial(_told, views, period, newer, older), partial(_mailing, views, renderer, size, period, newer, older)
        )


def _told(views: Views, period: Period, newer: Link | None, older: Link | None) -> bytes:
    """The period with its papers by area, and those beside it."""
    papers = papers_of(views.catalog, period)
    return views.marks.told("mailing", period, newer, older, views.marks.topics, papers=papers)


def _index(views: Views, renderer: Renderer, links: Sequence[Link]) -> Iterator[Draft]:
    yield renderer.page(
        "mailings.md.j2", "mail", title=views.words.say("Past mailings"), kind="list",
        description=views.words.say("Every weekly mailing of the digest, the newest first."),
        links=links,
    )  # fmt: skip


def _mailing(
    views: Views, renderer: Renderer, size: int, period: Period, newer: Link | None, older: Link | None
) -> Iterator[Draft]:
    catalog = views.catalog
    papers = [paper for held in by_area(catalog, papers_of(catalog, period)).values() for paper in held]
    pages = paged(papers, size)
    for number, shown in enumerate(pages, 1):
        yield renderer.page(
            "mailing.md.j2", page_place(places.mailing(period.slug), number), kind="list",
            title=views.title(period.name, number),
            description=views.words.say(
                "The mailing of {period}: each paper in a sentence, by area.", period=period.name
            ),
            head=Head(feed=views.feed(places.mailing(period.slug), len(papers))),
            path=(Link(views.words.say("Past mailings"), "mail"),),
            total=len(papers),
            groups=[
                Group(title=views.topic(area).text, anchor=area, cards=views.cards(held))
                for area, held in by_area(catalog, tuple(shown)).items()
            ],
            newer=newer, older=older, pages=pager(places.mailing(period.slug), len(pages), number),
        )  # fmt: skip


def _link(views: Views, period: Period) -> Link:
    return Link(period.name, places.mailing(period.slug), len(papers_of(views.catalog, period)))
