"""Build the pages of a site one by one: by the fast path for pages that the generator writes, else by MkDocs.

Both give the same bytes. Pages with a fault are built by MkDocs too, so that all messages are MkDocs' own.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import jinja2
import markdown
import msgspec
from mkdocs.commands.build import _build_page, _populate_page, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator.build.task import File, Value
from generator.site.frames import Frames, template_position
from generator.site.page_links import PageLinks
from generator.site.page_parts import PageParts
from generator.site.placeholders import Contents, Inspected
from generator.site.plain_markdown import Converted, convert, declined_line
from generator.site.site_files import SiteFiles
from generator.site.slow_pages import Reason, SlowPages, sum_by_reason

_FIELDS = {
    "title": str, "description": str, "kind": str, "feed": str, "data": str, "tags": list, "card": str,
    "words": dict, "twin": bool, "can_follow": bool,
}  # fmt: skip


class Source(NamedTuple):
    """A page's fields and its Markdown."""

    meta: dict[str, Any]
    markdown: str


def read_source(text: str) -> Source | None:
    """Parse a page; None if its front matter has another form or other fields than the generator writes."""
    end = text.find("\n---\n", 4)
    if not text.startswith("---\n") or end < 0:
        return None
    meta = {}
    for line in text[4:end].split("\n"):
        name, _, value = line.partition(": ")
        try:
            # The generator writes each value as JSON, which is YAML, too.
            meta[name] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return None
        if not isinstance(meta[name], _FIELDS.get(name, type(None))):
            return None
    if not (meta.get("title") and meta.get("kind")):
        return None
    return Source(meta, text[end + 5 :].lstrip("\n"))  # MkDocs strips these newlines too


_INDEX = "index.md"
DEFERRED = "source of "


class AnchorLink(NamedTuple):
    """A link from a page to an anchor on a page, both by the paths of their sources."""

    source: str
    target: str
    anchor: str


class MarkdownCopies(NamedTuple):
    """Which pages (by path) have a Markdown copy beside them, and its content (by path and Markdown source)."""

    has: Callable[[str], bool]
    page: Callable[[str, str], File]


class SitePages:
    """Builds pages of one site. ``files`` are all its files, ``nav`` is its navigation, ``env`` renders its theme."""

    def __init__(
        self, config: MkDocsConfig, files: SiteFiles, nav: Navigation, env: jinja2.Environment, copies: MarkdownCopies
    ) -> None:
        self.files = files
        self.nav, self.env = nav, env
        self._config, self._copies = config, copies
        self.links = PageLinks(None if files.pages is None else frozenset(map(folder_of, files.pages)))
        self._in_nav = frozenset(page.file.src_uri for page in nav.pages)
        self.nav_folders = frozenset(map(folder_of, self._in_nav))
        self._address = (config.site_url or "").rstrip("/") + "/"
        self._frames = Frames(env, self._context, self._render_full)
        self._slow: Counter[Reason] = Counter()
        self._declined: dict[str, Reason] = {}  # by template

    def build(self, source: File) -> Iterator[File | Value]:
        """Yield the HTML of a page and its Markdown copy. If only MkDocs can build it, yield its source as a value."""
        path, text = source.path, source.text
        if self._copies.has(path):
            yield self._copies.page(path, text)
        html = self._html(path, text, source.template or path)
        yield Value(deferred_name(path), source.data) if html is None else File(output_path(path), html)

    def _html(self, path: str, text: str, template: str) -> bytes | None:
        """Build the page by the fast path; None if only MkDocs can build it."""
        converted = self._converted(path, text)
        if converted is None:
            self._note_declined(path, template, text)
            return None
        source, body = converted
        folder = folder_of(path)
        address = f"{self._address}{folder}/" if folder else self._address
        parts = PageParts(
            folder, address if self._config.site_url else "", source.meta, source.markdown, body.html, body.first_id
        )
        try:
            page = self._render_full(parts) if path in self._in_nav else self._frames.render(parts)
        except Inspected as error:  # the theme uses data that only MkDocs has
            self._slow[Reason(template_position(error.__traceback__), str(error))] += 1
            return None
        return page.encode("utf-8", "xmlcharrefreplace")  # the error handler of MkDocs

    @property
    def slow(self) -> tuple[SlowPages, ...]:
        """How many of the pages built here did not take the fast path, and why."""
        return sum_by_reason(
            [[SlowPages(*entry) for entry in counted.items()] for counted in (self._slow, self._frames.refused)]
        )

    def forget_slow(self) -> None:
        """Reset the counts."""
        self._slow.clear()
        self._frames.refused.clear()

    def _note_declined(self, path: str, template: str, text: str) -> None:
        """Count a page that only MkDocs can convert. The reason is determined for the first page of each template."""
        if template not in self._declined:
            self._declined[template] = self._why_declined(path, template, text)
        self._slow[self._declined[template]] += 1

    def _why_declined(self, path: str, template: str, text: str) -> Reason:
        if self._config.edit_uri or self._config.edit_uri_template:
            return Reason("mkdocs.yml", "`edit_uri` is not empty (without a value it follows from `repo_url`)")
        source = read_source(text) if _is_index(path) else None
        if source is None:
            return Reason(template, "its front matter, or its path, is not as the generator writes it")
        line = declined_line(source.markdown, self.links.resolver(folder_of(path)))
        return Reason(
            template, f"only Python-Markdown converts `{line}`" if line else "it links to an anchor elsewhere"
        )

    def ids(self, path: str) -> frozenset[str]:
        """Return all ids on a page that can be link targets."""
        if converted := self._converted(path, self.files.text(path)):
            return converted[1].ids
        page = self.files.page(path)
        if page.present_anchor_ids is None:
            self._read_again(page)
        return frozenset(page.present_anchor_ids or ())

    def report_missing_anchors(self, path: str) -> None:
        """Let MkDocs report the missing anchors that the page links to."""
        page = self.files.page(path)
        self._read_again(page)
        # MkDocs compares anchors with those of pages that it converted, but most pages took the fast path.
        for target in page.links_to_anchors or {}:
            if target.page:
                target.page.present_anchor_ids = set(self.ids(target.src_uri))
        page.validate_anchor_links(files=self.files, log_level=self._config.validation.links.anchors)

    def _read_again(self, page: MkDocsPage) -> None:
        """Convert a page again without messages: the process that built it has reported its other faults."""
        logger = logging.getLogger("mkdocs")
        level = logger.level
        logger.setLevel(logging.CRITICAL)
        try:
            with one_converter():
                _populate_page(page, self._config, self.files)
        finally:
            logger.setLevel(level)

    def _converted(self, path: str, text: str) -> tuple[Source, Converted] | None:
        """Convert a page in the generator's form; None for any other page, and if an anchor may be missing."""
        if not _is_index(path) or self._config.edit_uri or self._config.edit_uri_template:
            return None
        source = read_source(text)
        if source is None:
            return None
        folder = folder_of(path)
        converted = convert(source.markdown, self.links.resolver(folder), self.links.cache_for(folder, text))
        if converted is None:
            return None
        leads_elsewhere = any(target != folder or id_ not in converted.ids for target, id_ in converted.anchor_links)
        return None if leads_elsewhere else (source, converted)

    def build_by_mkdocs(self, path: str, text: str) -> tuple[bytes, frozenset[AnchorLink]]:
        """Build a page with MkDocs. Returns the HTML and the anchors that it links to, except its own."""
        self.files.set_text(path, text)
        page = self.files.page(path)
        with one_converter(), TemporaryDirectory() as folder:
            _populate_page(page, self._config, self.files)
            # ``_build_page`` returns nothing and writes a file.
            page.file.dest_dir = folder
            _build_page(page, self._config, (), self.nav, self.env)
            data = Path(page.file.abs_dest_path).read_bytes()
        links = page.links_to_anchors or {}
        own_anchors = {AnchorLink(path, path, anchor) for anchor in page.present_anchor_ids or ()}
        linked_anchors = (
            frozenset(AnchorLink(path, to.src_uri, anchor) for to, anchors in links.items() for anchor in anchors)
            - own_anchors
        )
        page.content = page.markdown = None  # ``files`` keeps the page object: free its texts
        return data, linked_anchors

    def _render_full(self, parts: PageParts) -> str:
        """Render a page in the theme, as MkDocs does. Raises Inspected if the theme uses data that is not available."""
        context = self._context(parts)
        page = context["page"]
        # As MkDocs' ``_build_page`` does: templates mark the current entry of the navigation by it.
        page.active = True
        try:
            return self.env.get_template("main.html").render(context)
        finally:
            page.active, page.content, page.markdown = False, None, ""

    def _context(self, parts: PageParts) -> dict[str, Any]:
        """Return the template context of a page."""
        page = self.files.page(f"{parts.folder}/{_INDEX}" if parts.folder else _INDEX)
        page.meta, page.content, page.markdown = dict(parts.meta), parts.content, parts.markdown
        page.canonical_url = parts.address or None
        page.toc = Contents(f"#{parts.first_id}" if parts.first_id else "")  # type: ignore[assignment]
        return dict(get_context(self.nav, (), self._config, page))


def folder_of(path: str) -> str:
    """The folder of the page whose source is at ``path``."""
    return path[: -len(_INDEX)].rstrip("/") if _is_index(path) else path.removesuffix(".md")


def output_path(path: str) -> str:
    """The output file of the page whose source is at ``path``."""
    folder = folder_of(path)
    return f"{folder}/index.html" if folder else "index.html"


def source_of(file: str) -> str:
    """The source of the page whose output file is ``file``."""
    return f"{file.removesuffix('.html')}.md"


def deferred_name(path: str) -> str:
    """The name of the value with the source of a page that only MkDocs can build."""
    return f"{DEFERRED}{path}"


def _is_index(path: str) -> bool:
    return path.endswith(f"/{_INDEX}") or path == _INDEX


_converters: dict[str, markdown.Markdown] = {}


@contextmanager
def one_converter() -> Iterator[None]:
    """Reuse one converter for equal options within the block. MkDocs creates one per page, which is slow."""
    plain = markdown.Markdown

    def converter(**options: Any) -> markdown.Markdown:
        # Options contain dictionaries and objects, which are not hashable.
        key = repr(options)
        if key not in _converters:
            _converters[key] = plain(**options)
        # Extensions keep ids and footnotes of a page until they are reset.
        _converters[key].reset()
        return _converters[key]

    # MkDocs looks the class up in its module whenever it converts a page.
    markdown.Markdown = converter
    try:
        yield
    finally:
        markdown.Markdown = plain
