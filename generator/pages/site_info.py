"""Pages about the digest itself: feeds, data, corrections, accessibility, and a list of entries with errors."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.build.inputs import Inputs
from generator.build.task import File, Task, plain_task
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.pages.lists import Lists
from generator.pages.paging import numbered_path, paged, pager
from generator.pages.people_lists import PeopleLists
from generator.pages.rendering import Head, Renderer, make_environment
from generator.pages.views import Link, Views
from generator.text.words import day_name

AUTHORS_SHOWN = 30  # authors whose feeds are listed; the page of each author links its own feed
CORRECTIONS_ON_A_PAGE = 200  # one line each


class FeedGroup(NamedTuple):
    """A heading, and links to lists that have feeds."""

    title: str
    links: Sequence[Link]


class Correction(NamedTuple):
    """A change to the digest's own text, or to the status of a paper: the day as text, the paper, and the change."""

    day: str
    paper: Link
    note: str


def site_info_tasks(views: Views, lists: Lists, people_lists: PeopleLists, renderer: Renderer) -> Iterator[Task]:
    """The pages subscribe, data, corrections and accessibility, unless hand-written pages replace them."""
    pages = {
        "subscribe": partial(_subscribe, views, lists, people_lists, renderer),
        "data": partial(_data, views, renderer),
        "corrections": partial(_correction_pages, views, lists, renderer),
        "accessibility": partial(_accessibility, views, renderer),
    }
    for site_path, make_page in pages.items():
        # Other pages link to these paths, so a hand-written page replaces a page instead of standing beside it.
        if site_path not in views.catalog.pages:
            yield plain_task(f"page {site_path}", make_page)


def _subscribe(views: Views, lists: Lists, people_lists: PeopleLists, renderer: Renderer) -> Iterator[File]:
    say, settings = views.say, views.settings
    yield renderer.page(
        "subscribe.md.j2", "subscribe", title=say("Subscribe"), kind="subscribe",
        description=say("Follow new papers by feed: everything, or one venue, topic, author or institution."),
        groups=_feed_groups(views, lists, people_lists),
        feeds_from=settings.feeds_from,
        mail_form=settings.mail_form,
        mail_host=urlsplit(settings.mail_form).hostname or "",
    )  # fmt: skip


def _data(views: Views, renderer: Renderer) -> Iterator[File]:
    say = views.say
    yield renderer.page(
        "data.md.j2", "data", title=say("Data"), kind="hand",
        description=say("The whole digest as BibTeX, JSON, CSV and Markdown, with a static API and its schema."),
        total=len(views.catalog.papers),
        feeds_from=views.settings.feeds_from,
    )  # fmt: skip


def _accessibility(views: Views, renderer: Renderer) -> Iterator[File]:
    say = views.say
    yield renderer.page(
        "accessibility.md.j2", "accessibility", title=say("Accessibility"), kind="hand",
        description=say("How accessible this site is, what was tested, and how to report a barrier."),
        issues=f"{views.settings.repository}/issues" if views.settings.repository else "",
        contact=views.settings.contact,
    )  # fmt: skip


def _correction_pages(views: Views, lists: Lists, renderer: Renderer) -> Iterator[File]:
    """Corrections of texts first, then changes of status. Long lists have several pages."""
    say = views.say
    text_corrections = [_correction(views, *item) for item in lists.corrections()]
    status_changes = [_correction(views, *item) for item in lists.status_changes()]
    pages = paged(
        [*((True, item) for item in text_corrections), *((False, item) for item in status_changes)],
        CORRECTIONS_ON_A_PAGE,
    )
    for number, items in enumerate(pages, 1):
        yield renderer.page(
            "corrections.md.j2", numbered_path("corrections", number), title=views.title(say("Corrections"), number),
            kind="list",
            description=say(
                "Corrections to our texts, and papers that were withdrawn or retracted, by date."
            ),
            head=Head(feed="corrections" if text_corrections else ""),
            has_corrections=bool(text_corrections),
            corrections=[item for is_of_text, item in items if is_of_text],
            status_changes=[item for is_of_text, item in items if not is_of_text],
            pages=pager("corrections", len(pages), number),
        )  # fmt: skip


def _feed_groups(views: Views, lists: Lists, people_lists: PeopleLists) -> list[FeedGroup]:
    groups = [
        FeedGroup(views.say("Venues"), lists.series_with_feeds()),
        FeedGroup(views.say("Topics"), lists.topics_with_feeds()),
        FeedGroup(views.say("Authors"), people_lists.authors_with_feeds(str(AUTHORS_SHOWN))),
    ]
    return [group for group in groups if group.links]


def _correction(views: Views, day: str, paper_id: str, note: str) -> Correction:
    day_text = day_name(date.fromisoformat(day), views.settings.words) if day else ""
    return Correction(day_text, views.paper_link(paper_id), note)


def quarantine_pages(
    problems: Sequence[Problem], settings: Settings, theme: Path, inputs: Inputs | None = None
) -> Iterator[File]:
    """Yield the page for maintainers with the errors of entries that were left out; nothing without errors."""
    if not problems:
        return
    # File by file, as a maintainer corrects them.
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column, problem.code))
    yield Renderer(make_environment(theme, settings.words, inputs), {"site": settings}).page(
        "quarantine.md.j2", "quarantine", title=settings.words.say("Quarantine"), kind="list",
        description=settings.words.say("Entries left out of this build because of errors. For maintainers."),
        head=Head(tags=(("robots", "noindex"),)),  # search engines do not list the page
        problems=ordered,
        files=len({problem.path for problem in ordered}),
    )  # fmt: skip
