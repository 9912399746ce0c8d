"""Papers with awards, by award and by where they were given."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.model.catalog import Catalog, name_id
from generator.model.page import Batch, Draft
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Card, Link, Views, page_place, paged, pager
from generator.model.counting import papers_with_awards

PLACE = "awards"


class Given(NamedTuple):
    """One award of one paper; ``award`` is what all spellings of it share."""

    award: str
    edition: str
    paper: str


class Award(NamedTuple):
    """An award with its papers by edition."""

    name: str
    anchor: str
    editions: tuple[tuple[Link, tuple[Card, ...]], ...]
    papers: int


def award_pages(views: Views, renderer: Renderer, size: int) -> Batch[Draft]:
    """The page ``awards``, and more where one is not enough."""
    return Batch(partial(_told, views), partial(_pages, views, renderer, size))


def _told(views: Views) -> bytes:
    return views.marks.told("awards", papers=papers_with_awards(views.catalog))


def _pages(views: Views, renderer: Renderer, size: int) -> Iterator[Draft]:
    awarded = papers_with_awards(views.catalog)
    names = _names(views.catalog, awarded)
    given = _given(views.catalog, awarded)
    pages = paged(given, size)
    for number, held in enumerate(pages, 1):
        yield renderer.page(
            "awards.md.j2",
            page_place(PLACE, number),
            title=views.title(views.words.say("Awards"), number),
            description=views.words.say("Papers that were given an award, by award, venue and year."),
            kind="list",
            head=Head(feed=views.feed(PLACE, len(awarded))),
            awards=_awards(views, held, names),
            total=len(awarded),
            pages=pager(PLACE, len(pages), number),
        )


def _names(catalog: Catalog, paper_ids: Sequence[str]) -> Mapping[str, str]:
    """The name of each award: its most frequent spelling."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for paper_id in paper_ids:
        for written in catalog.papers[paper_id].awards:
            spellings[_kind(written)][written] += 1
    return {kind: min(found, key=lambda name: (-found[name], name)) for kind, found in spellings.items()}


def _given(catalog: Catalog, paper_ids: Sequence[str]) -> list[Given]:
    """Every award once a paper: the award given most often first, then the latest edition first."""
    found = [
        Given(kind, catalog.papers[paper_id].venue, paper_id)
        for paper_id in paper_ids
        for kind in dict.fromkeys(map(_kind, catalog.papers[paper_id].awards))
    ]
    times = Counter(item.award for item in found)

    def order(item: Given) -> tuple[int, str, int, str, str]:
        entry = catalog.editions[item.edition]
        return (-times[item.award], item.award, -(entry.edition.year or 0), entry.name.casefold(), item.edition)

    return sorted(found, key=order)


def _awards(views: Views, given: Sequence[Given], names: Mapping[str, str]) -> list[Award]:
    grouped: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in given:
        grouped[item.award][item.edition].append(item.paper)
    return [
        Award(
            names[kind],
            f"award-{kind}",
            tuple((views.edition_name(edition), views.cards(held)) for edition, held in editions.items()),
            sum(map(len, editions.values())),
        )
        for kind, editions in grouped.items()
    ]


def _kind(written: str) -> str:
    """What spellings of one award share: ``Best Paper Award`` and ``best paper`` are the same."""
    return name_id(written).removesuffix("-award")
