"""The collections: a page for each, which reads as an article, and the list of all by kind."""

from collections.abc import Iterator

from generator.build.task import File, Task, plain_task
from generator.model import site_paths
from generator.model.editorial import Collection, CollectionKind
from generator.model.localized import heading, words_in_language
from generator.model.own_text import collection_writer_line
from generator.pages.date_lists import DateLists
from generator.pages.editorial import Editorial
from generator.pages.rendering import MAX_DESCRIPTION, Head, Renderer
from generator.pages.views import Link, Views
from generator.text.maths import to_plain
from generator.text.words import translatable

_KINDS = {
    CollectionKind.PICKS: (translatable("Picks"), translatable("Picks")),
    CollectionKind.ARTICLE: (translatable("Articles"), translatable("Article")),
    CollectionKind.COMPARISON: (translatable("Where papers disagree"), translatable("Comparison")),
    CollectionKind.START_HERE: (translatable("Start here"), translatable("Introduction")),
}
"""The names of the kinds, in the plural and in the singular, in the order of the list."""


def collection_tasks(views: Views, date_lists: DateLists, editorial: Editorial, renderer: Renderer) -> Iterator[Task]:
    """All pages below ``collections/``, if there are any."""
    if views.catalog.collections:
        yield plain_task("page collections", _index, views, editorial, renderer)
    for collection_id in views.catalog.collections:
        site_path = site_paths.collection(collection_id)
        yield plain_task(f"page {site_path}", _collection, views, date_lists, editorial, renderer, collection_id)


def _index(views: Views, editorial: Editorial, renderer: Renderer) -> Iterator[File]:
    groups = [(views.say(name), editorial.collections_of_kind(kind.value)) for kind, (name, _) in _KINDS.items()]
    yield renderer.page(
        "collections.md.j2", "collections", title=views.say("Collections"), kind="list",
        description=views.say("Introductions to topics, comparisons of papers that disagree, articles and picks."),
        groups=[(name, links) for name, links in groups if links],
    )  # fmt: skip


def _collection(
    views: Views, date_lists: DateLists, editorial: Editorial, renderer: Renderer, collection_id: str
) -> Iterator[File]:
    collection: Collection = views.catalog.collections[collection_id]
    versions, site_path = editorial.versions(collection), site_paths.collection(collection_id)
    previous, following = editorial.collection_neighbors(collection_id)
    yield renderer.page(
        "collection.md.j2",
        site_path,
        title=versions[0].text.name,
        description=to_plain(versions[0].text.intro.partition("\n")[0])[:MAX_DESCRIPTION],
        kind="list",
        head=Head(feed=views.feed(site_path, len(collection.papers))),
        label=views.say(_KINDS[collection.kind][1]),
        day=collection.date,
        subjects=list(_subjects(views, date_lists, collection)),
        versions=versions,
        # A collection in another language than the site's has headings in its own language.
        heading=lambda text, language: heading(text, language, views.settings.words),
        written_by=lambda language: collection_writer_line(
            collection.written_by, words_in_language(language, views.settings.words)
        ),
        sources=[source for source in collection.source if source.url],
        previous=previous,
        following=following,
    )


def _subjects(views: Views, date_lists: DateLists, collection: Collection) -> Iterator[Link]:
    """Links to the pages of what a collection is about: its topic, venue, institution and week."""
    if collection.topic:
        yield views.topic_link(collection.topic)
    if collection.venue:
        yield views.edition_link(collection.venue)
    # An institution without papers has no page. One that is not in the content is an error (E324).
    if collection.institution and (link := views.institution_link(collection.institution)):
        yield link
    if collection.week and (link := date_lists.week_link(collection.week)):
        yield link
