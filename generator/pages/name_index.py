"""The index of authors and that of institutions: all names on one page, or, if they are many, on pages by letter."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from typing import NamedTuple

from anyascii import anyascii

from generator.build.task import File
from generator.pages.paging import numbered_path, paged, pager
from generator.pages.rendering import MAX_DESCRIPTION, Renderer
from generator.pages.views import Link, Views

MAX_ON_ONE_PAGE = 300
"""The most names on a single page; longer indexes have a page for each letter."""
NAMES_ON_A_PAGE = 300
"""Names on one page of a letter."""
_FREQUENT_SHOWN = 12  # the names with most papers, above an index on one page
_FREQUENT_SHOWN_BY_LETTER = 48  # the same above an index by letter, whose names are one click further


class Index(NamedTuple):
    """An index: its folder, title and texts, and a sort key and a link for each name."""

    site_path: str
    title: str
    description: str
    about: str
    entries: Sequence[tuple[str, Link]]


def name_pages(views: Views, renderer: Renderer, index: Index) -> list[File]:
    """The index: its first page, and those of each letter if it has more than ``MAX_ON_ONE_PAGE`` names.

    Pages of letters are below ``letter``. An author with the id ``letter`` has no conflicting page.
    """
    letters: dict[str, list[Link]] = {}
    for key, link in index.entries:
        letters.setdefault(initial(key), []).append(link)
    # Up to this number the search of the browser finds every name on one page (decision 56).
    if len(index.entries) <= MAX_ON_ONE_PAGE:
        return [_front(renderer, index, "people.md.j2", sorted(letters.items()), _FREQUENT_SHOWN)]
    links = {
        letter: Link(letter, _place(index, letter), len(links_of_letter))
        for letter, links_of_letter in sorted(letters.items())
    }
    front = _front(renderer, index, "letters.md.j2", list(links.values()), _FREQUENT_SHOWN_BY_LETTER)
    pages = (_letter_pages(views, renderer, index, links, letters[letter], letter) for letter in links)
    return [front, *chain.from_iterable(pages)]


def _front(renderer: Renderer, index: Index, template: str, letters: Sequence[object], shown: int) -> File:
    frequent = nsmallest(
        shown, (link for _, link in index.entries), key=lambda link: (-link.count, link.text.casefold())
    )
    return renderer.page(
        template, index.site_path, title=index.title, description=index.description, kind="index",
        letters=letters, frequent=frequent, about=index.about,
    )  # fmt: skip


def _letter_pages(
    views: Views, renderer: Renderer, index: Index, letters: Mapping[str, Link], names: Sequence[Link], letter: str
) -> Iterator[File]:
    site_path = letters[letter].site_path
    pages = paged(names, NAMES_ON_A_PAGE)
    for number, links in enumerate(pages, 1):
        title = views.title(f"{index.title}: {letter}", number)
        yield renderer.page(
            "letter.md.j2",
            numbered_path(site_path, number),
            title=title,
            description=f"{title}. {links[0].text} – {links[-1].text}"[:MAX_DESCRIPTION],
            kind="index",
            index=Link(index.title, index.site_path),
            letter=letter,
            letters=list(letters.values()),
            span=(links[0].text, links[-1].text),
            names=links,
            pages=pager(site_path, len(pages), number),
        )


def initial(key: str) -> str:
    """The letter under which a name is listed: its first, without accents and in Latin script, or # for others."""
    first = anyascii(key)[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


def _place(index: Index, letter: str) -> str:
    return (
        f"{index.site_path}/letter/{letter.lower() if letter != '#' else 'other'}"  # a number sign would end the path
    )
