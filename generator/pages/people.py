"""Indexes and pages of authors and institutions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.build.task import File, Task, plain_task
from generator.model import site_paths
from generator.model.contributors import AuthorEntry, InstitutionEntry
from generator.pages.name_index import Index, name_pages
from generator.pages.paging import numbered_path, on_page, page_numbers, pager
from generator.pages.people_lists import PeopleLists
from generator.pages.rendering import MAX_DESCRIPTION, Head, Renderer
from generator.pages.views import Link, Views
from generator.text.names import sort_key

_COAUTHORS_SHOWN = 30


def people_tasks(views: Views, people_lists: PeopleLists, renderer: Renderer) -> Iterator[Task]:
    """All pages below ``authors/`` and ``institutions/``."""
    catalog, size = views.catalog, views.settings.page_size
    # The indexes are made when their tasks run: listing the tasks must not read all names.
    yield plain_task("page authors", lambda: name_pages(views, renderer, _author_index(views, people_lists.authors())))
    for author in catalog.authors.values():
        for number in page_numbers(len(author.papers), size):
            site_path = numbered_path(site_paths.author(author.id), number)
            yield plain_task(f"page {site_path}", _author, views, people_lists, renderer, author.id, number)
    yield plain_task(
        "page institutions", lambda: name_pages(views, renderer, _institution_index(views, people_lists.institutions()))
    )
    for institution in catalog.institutions.values():
        for number in page_numbers(len(institution.papers), size):
            site_path = numbered_path(site_paths.institution(institution.id), number)
            yield plain_task(f"page {site_path}", _institution, views, people_lists, renderer, institution.id, number)


def _author_index(views: Views, links: Sequence[Link]) -> Index:
    return Index(
        site_path="authors",
        title=views.say("Authors"),
        description=views.say_many(
            "The {n} author in the digest.",
            "All {n} authors, from A to Z.",
            len(links),
        ),
        about=views.say_many("{n} name, ordered by family name.", "{n} names, ordered by family name.", len(links)),
        entries=[(sort_key(link.text), link) for link in links],
    )


def _institution_index(views: Views, links: Sequence[Link]) -> Index:
    return Index(
        site_path="institutions",
        title=views.say("Institutions"),
        description=views.say_many(
            "The {n} institution in the digest.",
            "All {n} institutions, from A to Z.",
            len(links),
        ),
        about=views.say_many("{n} name, ordered by name.", "{n} names, ordered by name.", len(links)),
        entries=[(link.text, link) for link in links],
    )


def _author(views: Views, people_lists: PeopleLists, renderer: Renderer, author_id: str, number: int) -> Iterator[File]:
    author: AuthorEntry = views.catalog.authors[author_id]
    site_path, size, total = site_paths.author(author_id), views.settings.page_size, len(author.papers)
    yield renderer.page(
        "author.md.j2",
        numbered_path(site_path, number),
        title=views.title(author.name, number),
        description=views.say_many(
            "One paper by {name} in the digest, with co-authors and venues.",
            "{n} papers by {name} in the digest, with co-authors and venues.",
            total,
            name=author.name,
        ),
        kind="list",
        head=Head(feed=views.feed(site_path, total), can_follow=True),
        author=author,
        namesakes=[views.author_with_count(namesake_id) for namesake_id in author.namesakes],
        affiliations=[views.affiliation(name) for name in people_lists.affiliations(author_id)],
        # The card of a single paper shows its authors already.
        coauthors=[
            replace(views.author_link(coauthor_id), count=count)
            for coauthor_id, count in (people_lists.coauthors(author_id)[:_COAUTHORS_SHOWN] if total > 1 else ())
        ],
        cards=views.cards(on_page(author.papers, size, number)),
        total=total,
        pages=pager(site_path, len(page_numbers(total, size)), number),
    )


def _institution(
    views: Views, people_lists: PeopleLists, renderer: Renderer, institution_id: str, number: int
) -> Iterator[File]:
    institution: InstitutionEntry = views.catalog.institutions[institution_id]
    site_path, size, total = site_paths.institution(institution_id), views.settings.page_size, len(institution.papers)
    yield renderer.page(
        "institution.md.j2",
        numbered_path(site_path, number),
        title=views.title(institution.name, number),
        description=views.say_many(
            "One paper with authors at {name}.",
            "{n} papers with authors at {name}.",
            total,
            name=institution.name,
        )[:MAX_DESCRIPTION],
        kind="list",
        head=Head(feed=views.feed(site_path, total), can_follow=True),
        institution=institution,
        authors=[
            replace(views.author_link(author_id), count=count)
            for author_id, count in people_lists.authors_of_institution(institution_id)
        ],
        cards=views.cards(on_page(institution.papers, size, number)),
        total=total,
        pages=pager(site_path, len(page_numbers(total, size)), number),
    )
