"""Indexes and pages of authors and institutions."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from generator.model import places
from generator.model.catalog import AuthorEntry, InstitutionEntry
from generator.model.page import Batch, Draft
from generator.pages.names import Index, name_pages
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Link, Views, page_place, paged, pager
from generator.text.names import sort_key


def people_pages(views: Views, renderer: Renderer, size: int) -> Iterator[Batch[Draft]]:
    """All pages below ``authors/`` and ``institutions/``."""
    catalog = views.catalog
    yield _index_pages(views, renderer, "authors", catalog.authors, _authors)
    for author in catalog.authors.values():
        yield Batch(partial(_told, views, "author", author), partial(_author, views, renderer, author, size))
    yield _index_pages(views, renderer, "institutions", catalog.institutions, _institutions)
    for entry in catalog.institutions.values():
        yield Batch(partial(_told, views, "institution", entry), partial(_institution, views, renderer, entry, size))


def _told(views: Views, kind: str, entry: AuthorEntry | InstitutionEntry) -> bytes:
    """Who it is, and their papers, which tell of all others who wrote them."""
    return views.marks.told(kind, entry, papers=entry.papers)


def _index_pages(
    views: Views,
    renderer: Renderer,
    kind: str,
    entries: Mapping[str, AuthorEntry | InstitutionEntry],
    index: Callable[[Views], Index],
) -> Batch[Draft]:
    """The pages of an index, which say the names of all and how many papers they have."""

    def told() -> bytes:
        return views.marks.told(kind, [(entry.id, entry.name, len(entry.papers)) for entry in entries.values()])

    return Batch(told, lambda: name_pages(views, renderer, index(views)))


def _authors(views: Views) -> Index:
    authors, words = views.catalog.authors, views.words
    return Index(
        "authors",
        words.say("Authors"),
        words.say_many(
            "The {n} author of the papers in the digest.",
            "All {n} authors of the papers in the digest, from A to Z.",
            len(authors),
        ),
        words.say_many("{n} name, ordered by family name.", "{n} names, ordered by family name.", len(authors)),
        [(sort_key(entry.name), views.author(entry.id)) for entry in authors.values()],
    )


def _institutions(views: Views) -> Index:
    held, words = views.catalog.institutions, views.words
    return Index(
        "institutions",
        words.say("Institutions"),
        words.say_many(
            "The {n} institution of the papers in the digest.",
            "All {n} institutions of the papers in the digest, from A to Z.",
            len(held),
        ),
        words.say_many("{n} name, ordered by name.", "{n} names, ordered by name.", len(held)),
        [(entry.name, Link(entry.name, places.institution(entry.id), len(entry.papers))) for entry in held.values()],
    )


def _author(views: Views, renderer: Renderer, author: AuthorEntry, size: int) -> Iterator[Draft]:
    catalog = views.catalog
    coauthors = Counter(
        catalog.author_ids[name]
        for paper_id in author.papers
        for name in catalog.papers[paper_id].author_names
        if catalog.author_ids[name] != author.id
    )
    affiliations = dict.fromkeys(
        affiliation
        for paper_id in author.papers
        for written in catalog.papers[paper_id].authors
        if catalog.author_ids[written.name] == author.id
        for affiliation in written.affiliation
    )
    pages = paged(author.papers, size)
    for number, held in enumerate(pages, 1):
        yield renderer.page(
            "author.md.j2",
            page_place(places.author(author.id), number),
            title=author.name,
            description=views.words.say_many(
                "One paper by {name} in the digest, with co-authors and venues.",
                "{n} papers by {name} in the digest, with co-authors and venues.",
                len(author.papers),
                name=author.name,
            ),
            kind="list",
            head=Head(feed=views.feed(places.author(author.id), len(author.papers))),
            author=author,
            affiliations=[views.institution(name) for name in affiliations],
            coauthors=[
                replace(views.author(author_id), count=count)
                for author_id, count in sorted(coauthors.items(), key=lambda item: (-item[1], item[0]))[:30]
            ],
            cards=views.cards(held),
            total=len(author.papers),
            pages=pager(places.author(author.id), len(pages), number),
        )


def _institution(views: Views, renderer: Renderer, entry: InstitutionEntry, size: int) -> Iterator[Draft]:
    people = _people(views, entry)
    pages = paged(entry.papers, size)
    for number, held in enumerate(pages, 1):
        yield renderer.page(
            "institution.md.j2",
            page_place(places.institution(entry.id), number),
            title=entry.name,
            description=views.words.say_many(
                "One paper in the digest that names {name} as an affiliation.",
                "{n} papers in the digest that name {name} as an affiliation.",
                len(entry.papers),
                name=entry.name,
            )[:155],
            kind="list",
            head=Head(feed=views.feed(places.institution(entry.id), len(entry.papers))),
            institution=entry,
            people=people,
            cards=views.cards(held),
            total=len(entry.papers),
            pages=pager(places.institution(entry.id), len(pages), number),
        )


def _people(views: Views, entry: InstitutionEntry) -> list[Link]:
    """Authors who name the institution themselves."""
    catalog = views.catalog
    found = Counter(
        catalog.author_ids[author.name]
        for paper_id in entry.papers
        for author in catalog.papers[paper_id].authors
        if any(catalog.institution_ids[name] == entry.id for name in author.affiliation)
    )
    return [replace(views.author(author_id), count=n) for author_id, n in sorted(found.items())]
