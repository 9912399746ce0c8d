"""Build the pages of a site one by one: by the fast path for pages that the generator writes, else by MkDocs.

Both give the same bytes. Pages with a fault are built by MkDocs too, so that all messages are MkDocs' own. The fast
path fills a page's values into a *frame*, the output of the theme for many pages (``frames.py``). A page that only
MkDocs can build is *deferred*: its source becomes a ``Value``, and another task builds it once all paths are known.
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
from generator.site.placeholders import Inspected, TableOfContents
from generator.site.plain_markdown import Converted, convert, declined_line
from generator.site.site_files import SiteFiles
from generator.site.slow_pages import Reason, SlowPages, sum_by_reason

# Fields of front matter, as ``Renderer.page`` writes them. Hand-written pages have others, so MkDocs builds them.
_FIELD_TYPES = {
    "title": str, "description": str, "kind": str, "feed": str, "data": str, "tags": list, "card": str,
    "words": dict, "twin": bool, "can_follow": bool,
}  # fmt: skip


class PageSource(NamedTuple):
    """The fields of a page's front matter, and the Markdown below it."""

    meta: dict[str, Any]
    markdown: str


def parse_source(text: str) -> PageSource | None:
    """Parse a page; None if its front matter has another form than the generator writes, or unknown fields."""
    front_matter, closing_line, body = text.removeprefix("---\n").partition("\n---\n")
    if not (text.startswith("---\n") and closing_line):
        return None
    meta = {}
    for line in front_matter.split("\n"):
        name, _, value = line.partition(": ")
        try:
            # The generator writes each value as JSON, which is YAML, too.
            meta[name] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return None
        if not isinstance(meta[name], _FIELD_TYPES.get(name, type(None))):
            return None
    if not (meta.get("title") and meta.get("kind")):
        return None
    return PageSource(meta, body.lstrip("\n"))  # MkDocs strips these newlines too


_INDEX = "index.md"
DEFERRED = "source of "
"""The beginning of the name of a value with the source of a deferred page."""


class AnchorLink(NamedTuple):
    """A link from a page to an anchor on a page, both by the paths of their sources."""

    source: str
    target: str
    anchor: str


class MarkdownCopies(NamedTuple):
    """The copies of pages as Markdown beside their HTML.

    ``has(path)`` returns whether a page gets one, and ``copy_of(path, text)`` returns it, given the page's source.
    """

    has: Callable[[str], bool]
    copy_of: Callable[[str, str], File]


class SitePages:
    """Builds pages of one site. ``files`` are all its files, ``nav`` is its navigation, ``env`` renders its theme."""

    def __init__(
        self, config: MkDocsConfig, files: SiteFiles, nav: Navigation, env: jinja2.Environment, copies: MarkdownCopies
    ) -> None:
        self.files, self.nav, self.env = files, nav, env
        self._config, self._copies = config, copies
        self.links = PageLinks(None if files.pages is None else frozenset(map(folder_of, files.pages)))
        self._in_nav = frozenset(page.file.src_uri for page in nav.pages)
        self.nav_folders = frozenset(map(folder_of, self._in_nav))
        self._site_url = (config.site_url or "").rstrip("/")
        self._frames = Frames(env, self._context, self._render_full)
        self._left_to_mkdocs: Counter[Reason] = Counter()
        self._declined_reasons: dict[str, Reason] = {}  # by template

    def build(self, file: File) -> Iterator[File | Value]:
        """Yield the HTML of the page whose Markdown is ``file``, or its source if deferred, and its Markdown copy."""
        path, text = file.path, file.text
        if self._copies.has(path):
            yield self._copies.copy_of(path, text)
        html = self._html(path, text, file.template or path)
        yield Value(deferred_name(path), file.data) if html is None else File(output_path(path), html)

    def _html(self, path: str, text: str, template: str) -> bytes | None:
        """Build the page by the fast path. If only MkDocs can build it, count it and return None."""
        converted_page = self._convert(path, text)
        if converted_page is None:
            self._count_declined(path, template, text)
            return None
        source, converted = converted_page
        folder = folder_of(path)
        canonical_url = f"{self._site_url}/{folder}/" if folder else f"{self._site_url}/"
        parts = PageParts(
            folder, canonical_url if self._config.site_url else "", source.meta, source.markdown, converted.html,
            converted.first_id,
        )  # fmt: skip
        try:
            page = self._render_full(parts) if path in self._in_nav else self._frames.render(parts)
        except Inspected as error:  # the theme uses data that only MkDocs has
            self._left_to_mkdocs[Reason(template_position(error.__traceback__), str(error))] += 1
            return None
        return page.encode("utf-8", "xmlcharrefreplace")  # the error handler of MkDocs

    @property
    def slow_pages(self) -> tuple[SlowPages, ...]:
        """How many pages were left to MkDocs or rendered without a frame, and why."""
        counters = (self._left_to_mkdocs, self._frames.refused)
        return sum_by_reason([[SlowPages(*item) for item in counter.items()] for counter in counters])

    def reset_slow_pages(self) -> None:
        """Set the counts of slow pages to zero."""
        self._left_to_mkdocs.clear()
        self._frames.refused.clear()

    def _count_declined(self, path: str, template: str, text: str) -> None:
        """Count a page that only MkDocs can convert. The reason is determined for the first page of each template."""
        if template not in self._declined_reasons:
            self._declined_reasons[template] = self._why_declined(path, template, text)
        self._left_to_mkdocs[self._declined_reasons[template]] += 1

    def _why_declined(self, path: str, template: str, text: str) -> Reason:
        """Return why only MkDocs can convert a page."""
        if self._config.edit_uri or self._config.edit_uri_template:
            return Reason("mkdocs.yml", "`edit_uri` is not empty (if it is not set, MkDocs derives it from `repo_url`)")
        source = parse_source(text) if _is_index(path) else None
        if source is None:
            return Reason(template, "its front matter or its path is not in the form of generated pages")
        line = declined_line(source.markdown, self.links.resolver(folder_of(path)))
        other_reason = "it links to an anchor on another page, or to a missing one"
        return Reason(template, f"only Python-Markdown converts `{line}`" if line else other_reason)

    def anchor_ids(self, path: str) -> frozenset[str]:
        """Return all ids on a page that can be link targets."""
        if converted_page := self._convert(path, self.files.text(path)):
            _, converted = converted_page
            return converted.ids
        page = self.files.page(path)
        if page.present_anchor_ids is None:
            self._convert_again(page)
        return frozenset(page.present_anchor_ids or ())

    def report_missing_anchors(self, path: str) -> None:
        """Let MkDocs report the missing anchors that the page links to."""
        page = self.files.page(path)
        self._convert_again(page)
        # MkDocs knows the ids only of pages that it converted, and most pages took the fast path.
        for target in page.links_to_anchors or {}:
            if target.page:
                target.page.present_anchor_ids = set(self.anchor_ids(target.src_uri))
        page.validate_anchor_links(files=self.files, log_level=self._config.validation.links.anchors)

    def _convert_again(self, page: MkDocsPage) -> None:
        """Convert a page again without messages: the process that built the page has reported its other faults."""
        logger = logging.getLogger("mkdocs")
        level = logger.level
        logger.setLevel(logging.CRITICAL)
        try:
            with reused_converters():
                _populate_page(page, self._config, self.files)
        finally:
            logger.setLevel(level)

    def _convert(self, path: str, text: str) -> tuple[PageSource, Converted] | None:
        """Return the source of a page in the generator's form, and its HTML.

        Returns None for any other page, and for one that links to an anchor on another page or to a missing anchor.
        """
        if not _is_index(path) or self._config.edit_uri or self._config.edit_uri_template:
            return None
        source = parse_source(text)
        if source is None:
            return None
        folder = folder_of(path)
        converted = convert(source.markdown, self.links.resolver(folder), self.links.cache_for(folder, text))
        if converted is None:
            return None
        has_only_own_anchors = all(
            target == folder and anchor in converted.ids for target, anchor in converted.anchor_links
        )
        return (source, converted) if has_only_own_anchors else None

    def build_by_mkdocs(self, path: str, text: str) -> tuple[bytes, frozenset[AnchorLink]]:
        """Build a page with MkDocs. Returns its HTML, and its links to anchors on other pages or to missing ones."""
        self.files.set_text(path, text)
        page = self.files.page(path)
        with reused_converters(), TemporaryDirectory() as folder:
            _populate_page(page, self._config, self.files)
            # ``_build_page`` returns nothing and writes a file.
            page.file.dest_dir = folder
            _build_page(page, self._config, (), self.nav, self.env)
            html = Path(page.file.abs_dest_path).read_bytes()
        anchors_by_target = page.links_to_anchors or {}
        links = {
            AnchorLink(path, target.src_uri, anchor)
            for target, anchors in anchors_by_target.items()
            for anchor in anchors
        }
        links_to_own_ids = {AnchorLink(path, path, anchor) for anchor in page.present_anchor_ids or ()}
        page.content = page.markdown = None  # ``files`` keeps the page object: free its texts
        return html, frozenset(links - links_to_own_ids)

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
        """Return the template context of a page, with its values in MkDocs' page object."""
        page = self.files.page(f"{parts.folder}/{_INDEX}" if parts.folder else _INDEX)
        page.meta, page.content, page.markdown = dict(parts.meta), parts.content, parts.markdown
        page.canonical_url = parts.canonical_url or None
        page.toc = TableOfContents(f"#{parts.first_id}" if parts.first_id else "")  # type: ignore[assignment]
        return dict(get_context(self.nav, (), self._config, page))


def folder_of(path: str) -> str:
    """The output folder of the page whose source is at ``path``: ``a/b`` for ``a/b/index.md`` and for ``a/b.md``."""
    return path[: -len(_INDEX)].rstrip("/") if _is_index(path) else path.removesuffix(".md")


def output_path(path: str) -> str:
    """The path of the output file of the page whose source is at ``path``."""
    folder = folder_of(path)
    return f"{folder}/index.html" if folder else "index.html"


def source_of(output_file: str) -> str:
    """The path of the ``index.md`` whose output file is at ``output_file``. The generator writes no other pages."""
    return f"{output_file.removesuffix('.html')}.md"


def deferred_name(path: str) -> str:
    """The name of the value with the source of the deferred page at ``path``."""
    return f"{DEFERRED}{path}"


def _is_index(path: str) -> bool:
    return path.endswith(f"/{_INDEX}") or path == _INDEX


_converters: dict[str, markdown.Markdown] = {}


@contextmanager
def reused_converters() -> Iterator[None]:
    """Within the block, reuse converters for equal options. MkDocs creates a converter per page, which is slow."""
    original_class = markdown.Markdown

    def converter(**options: Any) -> markdown.Markdown:
        # Options contain dictionaries and objects, which are not hashable.
        key = repr(options)
        if key not in _converters:
            _converters[key] = original_class(**options)
        # Extensions keep ids and footnotes of a page until they are reset.
        _converters[key].reset()
        return _converters[key]

    # MkDocs looks the class up in its module whenever it converts a page.
    markdown.Markdown = converter
    try:
        yield
    finally:
        markdown.Markdown = original_class
