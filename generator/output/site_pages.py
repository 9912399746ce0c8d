"""Builds the pages of a site one by one: the short way for pages as the generator writes them, else MkDocs' own steps.

Both give the same bytes. A page with a fault goes MkDocs' way too, so that every message is MkDocs' own.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, NamedTuple

import jinja2
import markdown
from mkdocs.commands.build import _build_page, _populate_page, get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.output.files import write_file
from generator.output.frames import Frames, Parts
from generator.output.front_matter import Source, read_source
from generator.output.kept import Kept
from generator.output.page_links import PageLinks
from generator.output.plain_markdown import Converted, convert
from generator.output.site_files import SiteFiles

_INDEX = "index.md"


class Asked(NamedTuple):
    """A link from a page to an anchor on a page, both by the paths of their sources."""

    source: str
    target: str
    anchor: str


class SitePages:
    """Builds pages of one site. ``files`` are all of it, ``nav`` is its navigation, ``env`` renders its theme.

    ``kept`` are the pages of the last build.
    """

    def __init__(
        self, config: MkDocsConfig, files: SiteFiles, nav: Navigation, env: jinja2.Environment, kept: Kept
    ) -> None:
        self.files, self.kept = files, kept
        self._config, self._nav, self._env = config, nav, env
        self._places = frozenset(path[: -len(_INDEX)].rstrip("/") for path in files.documents if _is_index(path))
        self._links = PageLinks(self._places)
        self._in_nav = frozenset(page.file.src_uri for page in nav.pages)
        self._address = (config.site_url or "").rstrip("/") + "/"
        self._frames = Frames(self._in_full, [page.url for page in nav.pages if page.url])

    def build(self, path: str) -> frozenset[Asked]:
        """Write the page whose source is at ``path``. Returns the anchors on other pages that it links to."""
        data = self._data(path)
        place = path[: -len(_INDEX)].rstrip("/")
        to = f"{place}/index.html" if place else "index.html"
        key = self.kept.key(data) if "/" in place else ""  # the few others may be written by hand, with any link
        if key and self.kept.again(to, key):
            return frozenset()
        converted = self._converted(path, data)
        if converted is None:
            return self._by_mkdocs(path)
        source, body = converted
        address = f"{self._address}{place}/" if self._config.site_url else ""
        parts = Parts(place, address, source.meta, body.html, body.first)
        text = self._in_full(parts) if path in self._in_nav else self._frames.page(parts)
        encoded = text.encode("utf-8", "xmlcharrefreplace")
        if key:
            self.kept.write(to, key, encoded)
        else:
            write_file(f"{self._config.site_dir}/{to}", encoded)
        return frozenset(Asked(path, f"{place}/{_INDEX}" if place else _INDEX, id_) for place, id_ in body.asked)

    def ids(self, path: str) -> frozenset[str]:
        """All ids on a page to which a link may lead."""
        if converted := self._converted(path, self._data(path)):
            return converted[1].ids
        page = self.files.page(path)
        if page.present_anchor_ids is None:
            self._read_again(page)
        return frozenset(page.present_anchor_ids or ())

    def complain(self, path: str) -> None:
        """Let MkDocs say which anchors are missing to which the page links."""
        page = self.files.page(path)
        self._read_again(page)
        for target in page.links_to_anchors or {}:
            if target.page:
                target.page.present_anchor_ids = set(self.ids(target.src_uri))
        page.validate_anchor_links(files=self.files, log_level=self._config.validation.links.anchors)

    def _read_again(self, page: Page) -> None:
        """Convert a page that another process may have built, whose other faults were told there."""
        logger = logging.getLogger("mkdocs")
        level = logger.level
        logger.setLevel(logging.CRITICAL)
        try:
            with one_converter():
                _populate_page(page, self._config, self.files)
        finally:
            logger.setLevel(level)

    def _data(self, path: str) -> bytes:
        with open(f"{self._config.docs_dir}/{path}", "rb") as file:  # noqa: PTH123 - pathlib doubles the time
            return file.read()

    def _converted(self, path: str, data: bytes) -> tuple[Source, Converted] | None:
        """A page as the generator writes them, converted; None for any other."""
        if not _is_index(path) or self._config.edit_uri or self._config.edit_uri_template:
            return None
        try:
            source = read_source(data.decode("utf-8"))
        except UnicodeDecodeError:
            return None
        if source is None:
            return None
        converted = convert(source.markdown, self._links.of(path[: -len(_INDEX)].rstrip("/")))
        return (source, converted) if converted else None

    def _by_mkdocs(self, path: str) -> frozenset[Asked]:
        page = self.files.page(path)
        with one_converter():
            _populate_page(page, self._config, self.files)
            _build_page(page, self._config, (), self._nav, self._env)
        links = page.links_to_anchors or {}
        asked = frozenset(Asked(path, to.src_uri, anchor) for to, anchors in links.items() for anchor in anchors)
        page.content = page.markdown = None
        return asked

    def _in_full(self, parts: Parts) -> str:
        """A page in the theme, as MkDocs renders it."""
        page = self.files.page(f"{parts.place}/{_INDEX}" if parts.place else _INDEX)
        page.meta, page.content, page.markdown = dict(parts.meta), parts.content, ""
        page.canonical_url = parts.address or None
        page.toc = [SimpleNamespace(url=f"#{parts.first}")] if parts.first else []  # type: ignore[assignment]
        page.active = True
        try:
            return self._env.get_template("main.html").render(get_context(self._nav, (), self._config, page))
        finally:
            page.active, page.content = False, None


def _is_index(path: str) -> bool:
    return path.endswith(f"/{_INDEX}") or path == _INDEX


_made: dict[str, markdown.Markdown] = {}


@contextmanager
def one_converter() -> Iterator[None]:
    """MkDocs makes a converter for each page, which is slow; meanwhile it gets one of the same options again, reset."""
    plain = markdown.Markdown

    def converter(**options: Any) -> markdown.Markdown:
        wanted = repr(options)
        if wanted not in _made:
            _made[wanted] = plain(**options)
        _made[wanted].reset()
        return _made[wanted]

    markdown.Markdown = converter
    try:
        yield
    finally:
        markdown.Markdown = plain
