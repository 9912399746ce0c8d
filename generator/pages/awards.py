"""Papers with awards, by award, the latest first."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.build.task import File, Task, plain_task
from generator.model.catalog import Catalog
from generator.model.contributors import name_id
from generator.pages.lists import Lists
from generator.pages.paging import HeadedPaper, Heading, numbered_path, paged, pager, sections
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Group, Views

PLACE = "awards"

Awarded = Sequence[tuple[str, str, tuple[str, ...]]]
"""Papers with their editions and their awards as written."""


class GivenAward(NamedTuple):
    """One award of one paper; ``award`` is a key that all its spellings share."""

    award: str
    edition: str
    paper: str


def award_task(views: Views, lists: Lists, renderer: Renderer) -> Task:
    """The page ``awards``, and further pages if there are many."""
    return plain_task("page awards", partial(_pages, views, lists, renderer))


def _pages(views: Views, lists: Lists, renderer: Renderer) -> Iterator[File]:
    awarded = lists.awarded()
    names = _names(awarded)
    pages = paged(_given_awards(views.catalog, awarded), views.settings.page_size)
    for number, given in enumerate(pages, 1):
        yield renderer.page(
            "awards.md.j2",
            numbered_path(PLACE, number),
            title=views.title(views.say("Awards"), number),
            description=views.say("Award-winning papers, by award, venue and year."),
            kind="list",
            head=Head(feed=views.feed(PLACE, len(awarded))),
            groups=_awards(views, given, names),
            total=len(awarded),
            pages=pager(PLACE, len(pages), number),
        )


def _names(awarded: Awarded) -> Mapping[str, str]:
    """The name of each award: its most frequent spelling."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for _, _, awards in awarded:
        for written in awards:
            spellings[_kind(written)][written] += 1
    # The alphabet decides between equally frequent spellings, so that every build shows the same one.
    return {kind: min(counts, key=lambda name: (-counts[name], name)) for kind, counts in spellings.items()}


def _given_awards(catalog: Catalog, awarded: Awarded) -> list[GivenAward]:
    """Each award of each paper: the most frequent award first, then the latest edition first."""
    given = [
        GivenAward(kind, edition, paper_id)
        for paper_id, edition, awards in awarded
        for kind in dict.fromkeys(map(_kind, awards))
    ]
    times = Counter(item.award for item in given)  # counted over all pages of the list

    def order(item: GivenAward) -> tuple[int, str, int, str, str]:
        entry = catalog.editions[item.edition]
        return (-times[item.award], item.award, -(entry.edition.year or 0), entry.name.casefold(), item.edition)

    return sorted(given, key=order)


def _awards(views: Views, given: Sequence[GivenAward], names: Mapping[str, str]) -> list[Group]:
    fallback = Heading(views.say("Other awards"), "other-awards")
    return sections(
        views, [HeadedPaper(item.paper, Heading(names[item.award], f"award-{item.award}"), fallback) for item in given]
    )


def _kind(written: str) -> str:
    """The key of an award: ``Best Paper Award`` and ``best paper`` are the same."""
    return name_id(written).removesuffix("-award")
