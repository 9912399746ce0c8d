"""Pages about the digest itself: feeds with their addresses, the whole as data, corrections, and accessibility."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.build.task import File, Task, plain_task
from generator.pages.lists import Lists
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Link, Views, page_place, paged, pager
from generator.text.days import day_name

AUTHORS_SHOWN = 30
ON_A_PAGE = 200  # corrections, a line each


class Feeds(NamedTuple):
    """A heading with links to the lists that have feeds."""

    title: str
    links: Sequence[Link]


class Correction(NamedTuple):
    """A change to the digest's own text, or to the standing of a paper."""

    day: str
    paper: Link
    note: str


def take_away_tasks(views: Views, lists: Lists, renderer: Renderer) -> Iterator[Task]:
    """The pages of feeds, data, corrections and accessibility, but for those that a maintainer wrote by hand."""
    made = {
        "subscribe": _feeds, "data": _data, "corrections": _correction_pages, "accessibility": _accessibility,
    }  # fmt: skip
    for place, make in made.items():
        if place not in views.catalog.pages:
            yield plain_task(f"page {place}", partial(make, views, lists, renderer))


def _feeds(views: Views, lists: Lists, renderer: Renderer) -> Iterator[File]:
    say, settings = views.say, views.settings
    yield renderer.page(
        "subscribe.md.j2", "subscribe", title=say("Subscribe"), kind="subscribe",
        description=say("Follow new papers by feed: everything, or one venue, topic, author or institution."),
        groups=_groups(views, lists),
        feeds_from=settings.feeds_from,
        mail_form=settings.mail_form,
        mail_host=urlsplit(settings.mail_form).hostname or "",
    )  # fmt: skip


def _data(views: Views, _lists: Lists, renderer: Renderer) -> Iterator[File]:
    say = views.say
    yield renderer.page(
        "data.md.j2", "data", title=say("Data"), kind="hand",
        description=say("The whole digest as BibTeX, JSON, CSV and Markdown, with a static API and its schema."),
        total=len(views.catalog.papers),
        feeds_from=views.settings.feeds_from,
    )  # fmt: skip


def _accessibility(views: Views, _lists: Lists, renderer: Renderer) -> Iterator[File]:
    say = views.say
    yield renderer.page(
        "accessibility.md.j2", "accessibility", title=say("Accessibility"), kind="hand",
        description=say("How accessible this site is, what was tested, and how to report a barrier."),
        issues=f"{views.settings.repository}/issues" if views.settings.repository else "",
        contact=views.settings.contact,
    )  # fmt: skip


def _correction_pages(views: Views, lists: Lists, renderer: Renderer) -> Iterator[File]:
    """Corrected texts first, then papers that are no longer what they were; many on several pages."""
    corrected, say = [_correction(views, *item) for item in lists.corrections()], views.say
    standing = [_correction(views, *item) for item in lists.not_simply_published()]
    pages = paged([*((True, item) for item in corrected), *((False, item) for item in standing)], ON_A_PAGE)
    for number, held in enumerate(pages, 1):
        yield renderer.page(
            "corrections.md.j2", page_place("corrections", number), title=views.title(say("Corrections"), number),
            kind="list",
            description=say(
                "Corrections to our texts, and papers that were withdrawn or retracted, by date."
            ),
            head=Head(feed="corrections" if corrected else ""),
            none=not corrected,
            corrections=[item for is_ours, item in held if is_ours],
            standing=[item for is_ours, item in held if not is_ours],
            pages=pager("corrections", len(pages), number),
        )  # fmt: skip


def _groups(views: Views, lists: Lists) -> list[Feeds]:
    groups = [
        Feeds(views.say("Venues"), lists.followed_series()),
        Feeds(views.say("Topics"), lists.followed_topics()),
        Feeds(views.say("Authors"), lists.followed_authors(str(AUTHORS_SHOWN))),
    ]
    return [group for group in groups if group.links]


def _correction(views: Views, day: str, paper_id: str, note: str) -> Correction:
    name = day_name(date.fromisoformat(day), views.settings.words) if day else ""
    return Correction(name, views.paper_link(paper_id), note)
