"""Hand-written pages: Markdown with the extensions of Material for MkDocs, as one block of HTML in a page."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit, urlunsplit

from markupsafe import Markup

from generator.build.task import File, Task, plain_task
from generator.model.site_paths import resolve_target
from generator.pages.rendering import MAX_DESCRIPTION, Head, Renderer, relative_file
from generator.pages.views import Views
from generator.text.hand_markdown import convert

MERMAID = "assets/mermaid.min.js"
"""The script in the content folder that draws diagrams, if the digest has it."""


def hand_written_tasks(views: Views, renderer: Renderer) -> Iterator[Task]:
    """A task for each hand-written page."""
    for page_id in views.catalog.pages:
        yield plain_task(f"page {page_id}", _hand_page, views, renderer, page_id)


def _hand_page(views: Views, renderer: Renderer, page_id: str) -> Iterator[File]:
    page = views.catalog.pages[page_id]
    converted = convert(page.text, partial(_address, views, page_id))
    # Only pages with a diagram load the script, whose size is several megabytes.
    mermaid = MERMAID if converted.has_diagrams and MERMAID in views.catalog.files else ""
    yield renderer.page(
        "hand.md.j2", page.id, title=page.title, kind="hand",
        description=page.description or f"{page.title}: {views.settings.description}"[:MAX_DESCRIPTION],
        head=Head(by_hand=True, mermaid=mermaid), html=Markup(converted.html),
    )  # fmt: skip


def _address(views: Views, page_id: str, link: str) -> str:
    """The URL of a link on the page: relative if its target is on this site, else as it is written."""
    target = resolve_target(page_id, link, views.catalog.pages, views.catalog.files)
    if target.path is None or link.startswith(("#", "?")):  # another site, or this page
        return link
    is_folder = target.path and not target.is_file
    address = relative_file(page_id, f"{target.path}/" if is_folder else target.path) or "./"
    return urlunsplit(("", "", address, urlsplit(link).query, target.anchor))
