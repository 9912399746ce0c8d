"""The indexes of authors and of institutions: all names on one page, or on pages by letter if there are many names."""

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import chain
from typing import NamedTuple

from anyascii import anyascii

from generator.build.task import File
from generator.pages.paging import numbered_path, paged, pager
from generator.pages.rendering import MAX_DESCRIPTION, Renderer
from generator.pages.views import Link, Views

MAX_ON_ONE_PAGE = 300
"""Up to this number of names, an index is one page; a longer one has pages for each letter."""
NAMES_ON_A_PAGE = 300
"""The names on one page of a letter."""
_FREQUENT_SHOWN = 12  # the names with most papers, above an index on one page
_FREQUENT_SHOWN_BY_LETTER = 48  # the same above an index by letter, whose names are one click further


class Index(NamedTuple):
    """An index: its folder and title, the description in its metadata, its first sentence, and its names.

    Each of ``entries`` is the form of a name by which it is sorted, and the link with that name.
    """

    site_path: str
    title: str
    description: str
    about: str
    entries: Sequence[tuple[str, Link]]


def name_pages(views: Views, renderer: Renderer, index: Index) -> list[File]:
    """The index: its first page, and pages for each letter if it has more than ``MAX_ON_ONE_PAGE`` names.

    The page of the letter A is at ``authors/letter/a``, which is not the page of any author: that of an author with the
    id ``letter`` is at ``authors/letter``.
    """
    by_letter: dict[str, list[Link]] = {}
    for sort_key, link in index.entries:
        by_letter.setdefault(initial(sort_key), []).append(link)
    by_letter = dict(sorted(by_letter.items()))
    # On one page, the browser's own search finds every name (decision 56).
    if len(index.entries) <= MAX_ON_ONE_PAGE:
        return [_first_page(renderer, index, "people.md.j2", list(by_letter.items()), _FREQUENT_SHOWN)]
    letters = [Link(letter, _letter_path(index, letter), len(names)) for letter, names in by_letter.items()]
    first_page = _first_page(renderer, index, "letters.md.j2", letters, _FREQUENT_SHOWN_BY_LETTER)
    pages = (_letter_pages(views, renderer, index, letters, by_letter[letter.text], letter) for letter in letters)
    return [first_page, *chain.from_iterable(pages)]


def _first_page(
    renderer: Renderer, index: Index, template: str, letters: Sequence[object], frequent_shown: int
) -> File:
    """The page with the ``frequent_shown`` most frequent names, and ``letters`` in the form that ``template`` reads."""
    links = (link for _, link in index.entries)
    frequent = nsmallest(frequent_shown, links, key=lambda link: (-link.count, link.text.casefold()))
    return renderer.page(
        template, index.site_path, title=index.title, description=index.description, kind="index",
        letters=letters, frequent=frequent, about=index.about,
    )  # fmt: skip


def _letter_pages(
    views: Views, renderer: Renderer, index: Index, letters: Sequence[Link], names: Sequence[Link], letter: Link
) -> Iterator[File]:
    """The pages of ``letter``, which list ``names``, with links to the pages of all ``letters``."""
    pages = paged(names, NAMES_ON_A_PAGE)
    for number, names_on_page in enumerate(pages, 1):
        title = views.title(f"{index.title}: {letter.text}", number)
        first, last = names_on_page[0].text, names_on_page[-1].text
        yield renderer.page(
            "letter.md.j2",
            numbered_path(letter.site_path, number),
            title=title,
            description=f"{title}. {first} – {last}"[:MAX_DESCRIPTION],
            kind="index",
            index=Link(index.title, index.site_path),
            letter=letter.text,
            letters=letters,
            first=first,
            last=last,
            names=names_on_page,
            pages=pager(letter.site_path, len(pages), number),
        )


def initial(name: str) -> str:
    """The letter under which a name is listed: A for "Ångström", # for a name that begins with no letter."""
    first = anyascii(name)[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


def _letter_path(index: Index, letter: str) -> str:
    folder = "other" if letter == "#" else letter.lower()  # a number sign would end the path of a URL
    return f"{index.site_path}/letter/{folder}"
