"""The list of tags by kind, and a page for each tag with its papers, one per line."""

from collections.abc import Iterator

from generator.build.task import File, Task, plain_task
from generator.model import site_paths
from generator.model.editorial import Tag, TagKind
from generator.pages.editorial import Editorial
from generator.pages.paging import numbered_path, on_page, page_numbers, pager
from generator.pages.rendering import MAX_DESCRIPTION, Head, Renderer
from generator.pages.views import Views
from generator.text.words import translatable

_PAPERS_ON_A_PAGE = 400  # one line each

KINDS = {
    TagKind.WORK: translatable("Kind of work"),
    TagKind.MODALITY: translatable("Modality"),
    TagKind.TECHNIQUE: translatable("Technique"),
    TagKind.APPLICATION: translatable("Application"),
}


def tag_tasks(views: Views, editorial: Editorial, renderer: Renderer) -> Iterator[Task]:
    """All pages below ``tags/``, if there are any."""
    if views.catalog.tags:
        yield plain_task("page tags", _index, views, editorial, renderer)
    for tag_id in views.catalog.tags:
        for number in page_numbers(len(_papers(views, tag_id)), _PAPERS_ON_A_PAGE):
            site_path = numbered_path(site_paths.tag(tag_id), number)
            yield plain_task(f"page {site_path}", _tag, views, editorial, renderer, tag_id, number)


def _papers(views: Views, tag_id: str) -> tuple[str, ...]:
    papers: tuple[str, ...] = views.catalog.papers_by_tag.get(tag_id, ())
    return papers


def _index(views: Views, editorial: Editorial, renderer: Renderer) -> Iterator[File]:
    tags: list[Tag] = list(views.catalog.tags.values())
    # In the order of ``KINDS``, not of the files: from the kind of work to what it is applied to.
    groups = [
        (
            views.say(name),
            [(editorial.tag_with_count(tag.id), views.text(tag.description)) for tag in tags if tag.kind is kind],
        )
        for kind, name in KINDS.items()
    ]
    yield renderer.page(
        "tags.md.j2", "tags", title=views.say("Tags"), kind="list",
        description=views.say("The words by which papers are tagged: kind of work, modality, technique, application."),
        groups=[(name, tags_of_kind) for name, tags_of_kind in groups if tags_of_kind],
    )  # fmt: skip


def _tag(views: Views, editorial: Editorial, renderer: Renderer, tag_id: str, number: int) -> Iterator[File]:
    tag: Tag = views.catalog.tags[tag_id]
    paper_ids, site_path = _papers(views, tag_id), site_paths.tag(tag_id)
    total = len(paper_ids)
    yield renderer.page(
        "tag.md.j2",
        numbered_path(site_path, number),
        title=views.title(editorial.tag_link(tag_id).text, number),
        description=views.text(tag.description)[:MAX_DESCRIPTION],
        kind="list",
        head=Head(feed=views.feed(site_path, total)),
        label=views.say(KINDS[tag.kind]),
        about=views.text(tag.description),
        papers=[views.mention(paper_id) for paper_id in on_page(paper_ids, _PAPERS_ON_A_PAGE, number)],
        total=total,
        pages=pager(site_path, len(page_numbers(total, _PAPERS_ON_A_PAGE)), number),
    )
