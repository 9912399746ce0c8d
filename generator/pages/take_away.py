"""How to take the digest away: feeds with their addresses, the whole as data, and what was corrected since."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.model import places
from generator.model.page import Batch, Draft, untold
from generator.model.paper import STATUS_NAMES
from generator.model.settings import Settings
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Link, Views, page_place, paged, pager

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


def take_away_pages(views: Views, renderer: Renderer, settings: Settings) -> Iterator[Batch[Draft]]:
    """The pages of feeds, of data, and of corrections, but for those that a maintainer wrote by hand."""
    by_hand = {f"{page.id}/index.md" for page in views.catalog.pages}

    def others(make: Callable[[], Iterator[Draft]]) -> Iterator[Draft]:
        return (page for page in make() if page.path not in by_hand)

    yield Batch(partial(_told_of_feeds, views), partial(others, partial(_feeds, views, renderer, settings)))
    yield untold(partial(others, partial(_data, views, renderer, settings)))  # MkDocs' own steps make it anew each time
    yield Batch(partial(_told_of_corrections, views), partial(others, partial(_correction_pages, views, renderer)))


def _told_of_feeds(views: Views) -> bytes:
    """What the lists are called that have feeds, and how many papers each has."""
    catalog = views.catalog
    series = [(item, len(catalog.papers_in_series(item.id))) for item in catalog.series.values()]
    topics = [views.topic(topic_id).count for topic_id in catalog.topics]
    authors = [(entry.id, entry.name, len(entry.papers)) for entry in catalog.authors.values()]
    return views.marks.told("feeds", series, views.marks.topics, topics, authors)


def _told_of_corrections(views: Views) -> bytes:
    """The papers that have any, or are not simply published."""
    papers = views.catalog.papers.values()
    return views.marks.told(
        "corrections", papers=[paper.id for paper in papers if paper.corrections or paper.status in STATUS_NAMES]
    )


def _feeds(views: Views, renderer: Renderer, settings: Settings) -> Iterator[Draft]:
    say = views.words.say
    yield renderer.page(
        "subscribe.md.j2", "subscribe", title=say("Subscribe"), kind="subscribe",
        description=say("Follow new papers by feed: everything, or one venue, topic, author or institution."),
        groups=_groups(views),
        feeds_from=settings.feeds_from,
        mail_form=settings.mail_form,
        mail_host=urlsplit(settings.mail_form).hostname or "",
    )  # fmt: skip


def _data(views: Views, renderer: Renderer, settings: Settings) -> Iterator[Draft]:
    say = views.words.say
    yield renderer.page(
        "data.md.j2", "data", title=say("Data"), kind="hand",
        description=say("The whole digest as BibTeX, JSON, CSV and Markdown, with a static API and its schema."),
        total=len(views.catalog.papers),
        feeds_from=settings.feeds_from,
    )  # fmt: skip


def _correction_pages(views: Views, renderer: Renderer) -> Iterator[Draft]:
    """Corrected texts first, then papers that are no longer what they were; many on several pages."""
    corrected, say = _corrections(views), views.words.say
    pages = paged([*((True, item) for item in corrected), *((False, item) for item in _standing(views))], ON_A_PAGE)
    for number, held in enumerate(pages, 1):
        yield renderer.page(
            "corrections.md.j2", page_place("corrections", number), title=views.title(say("Corrections"), number),
            kind="list",
            description=say(
                "Every correction of the digest's own texts, and every paper withdrawn or retracted, by date."
            ),
            head=Head(feed="corrections"),
            none=not corrected,
            corrections=[item for is_ours, item in held if is_ours],
            standing=[item for is_ours, item in held if not is_ours],
            pages=pager("corrections", len(pages), number),
        )  # fmt: skip


def _groups(views: Views) -> list[Feeds]:
    catalog = views.catalog
    series = [
        Link(item.name, places.series(item.id), len(catalog.papers_in_series(item.id)))
        for item in catalog.series.values()
    ]
    authors = sorted(
        (views.author(author_id) for author_id in catalog.authors), key=lambda link: (-link.count, link.text)
    )
    groups = [
        (views.words.say("Venues"), series),
        (views.words.say("Topics"), [views.topic(topic_id) for topic_id in catalog.topics]),
        (views.words.say("Authors"), authors[:AUTHORS_SHOWN]),
    ]
    followed = [Feeds(title, [link for link in links if views.feed(link.place, link.count)]) for title, links in groups]
    return [group for group in followed if group.links]


def _corrections(views: Views) -> list[Correction]:
    """Newest first."""
    found = [
        Correction(correction.date.isoformat(), Link(paper.title, places.paper(paper.id)), views.text(correction.note))
        for paper in views.catalog.papers.values()
        for correction in paper.corrections
    ]
    return sorted(found, key=lambda item: (item.day, item.paper.place), reverse=True)


def _standing(views: Views) -> list[Correction]:
    """Papers that are no longer what they were."""
    cards = ((paper, views.card(paper.id)) for paper in views.catalog.papers.values())
    return [
        Correction(
            paper.status_date.isoformat() if paper.status_date else "", Link(card.title, card.place), card.status
        )
        for paper, card in cards
        if card.status
    ]
