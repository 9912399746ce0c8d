"""The topic tree, and a page for each topic with its subtopics, papers and venues."""

from collections.abc import Iterator
from dataclasses import replace

from generator.build.task import File, Task, plain_task
from generator.model import site_paths
from generator.model.localized import heading
from generator.pages.charts import HEIGHT_SMALL, year_columns
from generator.pages.editorial import Editorial
from generator.pages.lists import Lists
from generator.pages.paging import numbered_path, on_page, page_numbers, pager
from generator.pages.rendering import MAX_DESCRIPTION, Head, Renderer
from generator.pages.views import Link, Views

_VENUES_SHOWN = 12


def topic_tasks(views: Views, lists: Lists, editorial: Editorial, renderer: Renderer) -> Iterator[Task]:
    """All pages below ``topics/``."""
    yield plain_task("page topics", _index, views, renderer)
    for topic_id in views.catalog.topics:
        for number in page_numbers(len(_papers(views, topic_id)), views.settings.page_size):
            site_path = numbered_path(site_paths.topic(topic_id), number)
            yield plain_task(f"page {site_path}", _topic, views, lists, editorial, renderer, topic_id, number)


def _papers(views: Views, topic_id: str) -> tuple[str, ...]:
    papers: tuple[str, ...] = views.catalog.papers_by_topic.get(topic_id, ())
    return papers


def _index(views: Views, renderer: Renderer) -> Iterator[File]:
    catalog = views.catalog
    tree = [
        (views.topic_with_count(top), views.text(catalog.topics[top].description), _children(views, top))
        for top in catalog.subtopics.get("", ())
    ]
    yield renderer.page(
        "topics.md.j2",
        "topics",
        title=views.say("Topics"),
        description=views.say("All {n} topics, from language models to applications.", n=len(catalog.topics)),
        kind="list",
        tree=tree,
        total=len(catalog.papers),
        has_editorial=bool(catalog.tags and catalog.glossary and catalog.collections),
    )


def _children(views: Views, topic_id: str) -> list[tuple[Link, str]]:
    """The subtopics of a topic with their descriptions."""
    return [
        (views.topic_with_count(child), views.text(views.catalog.topics[child].description))
        for child in views.catalog.subtopics.get(topic_id, ())
    ]


def _topic(
    views: Views, lists: Lists, editorial: Editorial, renderer: Renderer, topic_id: str, number: int
) -> Iterator[File]:
    catalog, size = views.catalog, views.settings.page_size
    topic, paper_ids = catalog.topics[topic_id], _papers(views, topic_id)
    name, site_path, total = views.text(topic.name), site_paths.topic(topic_id), len(paper_ids)
    siblings = catalog.subtopics.get(topic.parent or "", ())
    position = siblings.index(topic_id)  # the previous and next topics have the same parent
    introduction_id = editorial.introduction_id(topic_id) if number == 1 else ""  # further pages only continue the list
    yield renderer.page(
        "topic.md.j2",
        numbered_path(site_path, number),
        title=views.title(name, number),
        description=views.text(topic.description)[:MAX_DESCRIPTION]
        or views.say_many("{n} paper on {topic}.", "{n} papers on {topic}.", total, topic=name),
        kind="list",
        head=Head(feed=views.feed(site_path, total), can_follow=True),
        about=views.text(topic.description),
        topics_above=views.topics_above(topic_id),
        introduction=editorial.short_collection(introduction_id) if introduction_id else None,
        heading=lambda text, language: heading(text, language, views.settings.words),
        children=_children(views, topic_id),
        years=year_columns(lists.years_of_topic(topic_id) if number == 1 else {}, HEIGHT_SMALL),
        venues=[
            replace(views.edition_link(edition_id), count=count)
            for edition_id, count in lists.editions_of_topic(topic_id)[:_VENUES_SHOWN]
        ],
        cards=views.cards(on_page(paper_ids, size, number)),
        total=total,
        primary=lists.primary_in_topic(topic_id),
        pages=pager(site_path, len(page_numbers(total, size)), number),
        previous=views.topic_link(siblings[position - 1]) if position else None,
        following=views.topic_link(siblings[position + 1]) if position + 1 < len(siblings) else None,
    )
