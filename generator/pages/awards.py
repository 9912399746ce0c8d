"""Papers with awards, by award, the latest first."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.build.task import File, Task, plain_task
from generator.model.catalog import Catalog
from generator.model.contributors import name_id
from generator.pages.lists import Lists
from generator.pages.paging import HeadedPaper, Heading, numbered_path, paged, pager, sections
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Group, Views

_SITE_PATH = "awards"

AwardedPapers = Sequence[tuple[str, str, tuple[str, ...]]]
"""The id of each paper, the id of its edition, and its awards as written."""


class GivenAward(NamedTuple):
    """One award of one paper. ``award_key`` is the same for all spellings of the award (``_award_key``)."""

    award_key: str
    edition_id: str
    paper_id: str


def award_task(views: Views, lists: Lists, renderer: Renderer) -> Task:
    """The page ``awards``, and further pages if there are many."""
    return plain_task("page awards", _pages, views, lists, renderer)


def _pages(views: Views, lists: Lists, renderer: Renderer) -> Iterator[File]:
    awarded = lists.awarded()
    names = _names(awarded)
    pages = paged(_given_awards(views.catalog, awarded), views.settings.page_size)
    for number, awards_on_page in enumerate(pages, 1):
        yield renderer.page(
            "awards.md.j2",
            numbered_path(_SITE_PATH, number),
            title=views.title(views.say("Awards"), number),
            description=views.say("Award-winning papers, by award, venue and year."),
            kind="list",
            head=Head(feed=views.feed(_SITE_PATH, len(awarded))),
            groups=_groups(views, awards_on_page, names),
            total=len(awarded),
            pages=pager(_SITE_PATH, len(pages), number),
        )


def _names(awarded: AwardedPapers) -> Mapping[str, str]:
    """The name of each award by its key: the most frequent spelling."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for _, _, awards in awarded:
        for award_name in awards:
            spellings[_award_key(award_name)][award_name] += 1
    # The alphabet decides between equally frequent spellings, so that every build shows the same one.
    return {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in spellings.items()}


def _given_awards(catalog: Catalog, awarded: AwardedPapers) -> list[GivenAward]:
    """Each award of each paper: the most frequent award first, then the latest edition first."""
    given_awards = [
        GivenAward(key, edition_id, paper_id)
        for paper_id, edition_id, awards in awarded
        for key in dict.fromkeys(map(_award_key, awards))
    ]
    frequencies = Counter(item.award_key for item in given_awards)  # counted over all pages of the list

    def order(item: GivenAward) -> tuple[int, str, int, str, str]:
        entry = catalog.editions[item.edition_id]
        year = entry.edition.year or 0
        return -frequencies[item.award_key], item.award_key, -year, entry.name.casefold(), item.edition_id

    return sorted(given_awards, key=order)


def _groups(views: Views, given_awards: Sequence[GivenAward], names: Mapping[str, str]) -> list[Group]:
    """Papers under the names of their awards, as cards. Papers with rare awards are together under *Other awards*."""
    fallback = Heading(views.say("Other awards"), "other-awards")
    return sections(
        views,
        [
            HeadedPaper(item.paper_id, Heading(names[item.award_key], f"award-{item.award_key}"), fallback)
            for item in given_awards
        ],
    )


def _award_key(award_name: str) -> str:
    """A key that all spellings of an award share: ``best-paper`` for ``Best Paper Award`` and ``best paper``."""
    return name_id(award_name).removesuffix("-award")
