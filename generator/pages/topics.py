"""The topic tree and a page for each topic with its subtree and its venues."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from generator.model import places
from generator.model.page import Batch, Draft
from generator.pages.charts import HEIGHT_SMALL, year_columns
from generator.pages.rendering import Head, Renderer
from generator.pages.views import Link, Views, page_place, paged, pager
from generator.model.counting import papers_by_year


def topic_pages(views: Views, renderer: Renderer, size: int) -> Iterator[Batch[Draft]]:
    """All pages below ``topics/``."""
    yield Batch(partial(_told_of_all, views), partial(_index, views, renderer))
    for topic_id in views.catalog.topics:
        yield Batch(partial(_told, views, topic_id), partial(_topic, views, renderer, topic_id, size))


def _told_of_all(views: Views) -> bytes:
    counts = [views.topic(topic_id).count for topic_id in views.catalog.topics]
    return views.marks.told("topics", views.marks.topics, counts, len(views.catalog.papers))


def _told(views: Views, topic_id: str) -> bytes:
    """The topic itself, those around it, and its papers, which are also those of the topics below it."""
    papers = views.catalog.papers_by_topic.get(topic_id, ())
    return views.marks.told("topic", topic_id, views.marks.topics, papers=papers)


def _index(views: Views, renderer: Renderer) -> Iterator[Draft]:
    catalog = views.catalog
    tree = [
        (views.topic(top), views.text(catalog.topics[top].description), _children(views, top))
        for top in catalog.subtopics.get("", ())
    ]
    yield renderer.page(
        "topics.md.j2",
        "topics",
        title=views.words.say("Topics"),
        description=views.words.say(
            "The {n} topics of the digest, from language models to applications.", n=len(catalog.topics)
        ),
        kind="list",
        tree=tree,
        total=len(catalog.papers),
    )


def _children(views: Views, topic_id: str) -> list[tuple[Link, str]]:
    return [
        (views.topic(child), views.text(views.catalog.topics[child].description))
        for child in views.catalog.subtopics.get(topic_id, ())
    ]


def _topic(views: Views, renderer: Renderer, topic_id: str, size: int) -> Iterator[Draft]:
    catalog = views.catalog
    topic = catalog.topics[topic_id]
    name = views.text(topic.name)
    paper_ids = catalog.papers_by_topic.get(topic_id, ())
    editions = Counter(catalog.papers[paper_id].venue for paper_id in paper_ids)
    venues = [
        replace(views.edition(edition_id), count=count)
        for edition_id, count in sorted(editions.items(), key=lambda item: (-item[1], item[0]))
    ]
    siblings = catalog.subtopics.get(topic.parent or "", ())
    at = siblings.index(topic_id)
    primary = sum(catalog.papers[paper_id].topics[0] == topic_id for paper_id in paper_ids)
    pages = paged(paper_ids, size)
    for number, held in enumerate(pages, 1):
        yield renderer.page(
            "topic.md.j2",
            page_place(places.topic(topic_id), number),
            title=views.title(name, number),
            description=views.text(topic.description)[:155]
            or views.words.say_many("{n} paper on {topic}.", "{n} papers on {topic}.", len(paper_ids), topic=name),
            kind="list",
            head=Head(feed=views.feed(places.topic(topic_id), len(paper_ids))),
            about=views.text(topic.description),
            path=views.topic_path(topic_id),
            children=_children(views, topic_id),
            years=year_columns(papers_by_year(catalog, paper_ids) if number == 1 else {}, HEIGHT_SMALL),
            venues=venues[:12],
            cards=views.cards(held),
            total=len(paper_ids),
            primary=primary,
            pages=pager(places.topic(topic_id), len(pages), number),
            previous=views.topic_name(siblings[at - 1]) if at else None,
            following=views.topic_name(siblings[at + 1]) if at + 1 < len(siblings) else None,
        )
