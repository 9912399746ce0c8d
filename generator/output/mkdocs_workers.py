"""What ``mkdocs build`` does, with the pages shared out among processes and one Markdown converter in each.

Every step is MkDocs' own; only their order over the pages differs, which without plugins changes no byte. A test holds
the result against plain ``mkdocs build``.
"""

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

import jinja2
import markdown
from mkdocs import utils
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

_LEAST = 200
"""Pages below which one process is faster than two."""


class _Site(NamedTuple):
    """What every process knows of the site."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: jinja2.Environment
    documents: Sequence[File]


class _Anchors(NamedTuple):
    """What a page offers and asks for: ids on it, and by source path of another page the links to anchors there."""

    offered: frozenset[str]
    asked: dict[str, dict[str, str]]


class _Done(NamedTuple):
    """What a process reports of its share: the anchors of each page by source path, and the number of warnings."""

    anchors: dict[str, _Anchors]
    warnings: int


def build(config: MkDocsConfig, processes: int | None = None) -> None:
    """Build the site of ``config``, which has no plugins, in as many processes as there are cores.

    Raises Abort if a page cannot be built or, in strict mode, after any warning.
    """
    counter = _counter()
    try:
        site = _prepared(config)
        wanted = processes or (os.cpu_count() or 1)
        shares = wanted if len(site.documents) >= _LEAST and "fork" in multiprocessing.get_all_start_methods() else 1
        done = [_share(site, 0, 1)] if shares == 1 else _in_processes(site, shares)
        _check_anchors(site, done)
    except BuildError as error:
        raise Abort(f"Aborted with a BuildError: {error}") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(counter)
    warnings = _counted(counter) + (sum(part.warnings for part in done) if shares > 1 else 0)
    if config.strict and warnings:
        raise Abort(f"Aborted with {warnings} warnings in strict mode!")


def _prepared(config: MkDocsConfig) -> _Site:
    """All that stands before the pages: files, navigation, what is copied, and the theme's own templates."""
    utils.clean_directory(config.site_dir)
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    documents = files.documentation_pages()
    for file in documents:
        if file.page is None:
            Page(None, file, config)
    files.copy_static_files()
    for template in config.theme.static_templates:
        _build_theme_template(template, env, files, config, nav)
    return _Site(config, files, nav, env, documents)


def _in_processes(site: _Site, shares: int) -> list[_Done]:
    """A process for each share, which ends with it: one that waited for more would outlive a build that is killed."""
    fork, parent = multiprocessing.get_context("fork"), os.getpid()
    running = []
    for which in range(shares):
        here, there = fork.Pipe(duplex=False)
        process = fork.Process(target=_report, args=(there, site, which, shares, parent))
        process.start()
        there.close()
        running.append((process, here))
    return [_reported(process, here) for process, here in running]


def _report(there: Connection, site: _Site, which: int, shares: int, parent: int) -> None:
    counter = _counter()
    try:
        done: _Done | Exception = _share(site, which, shares, lambda: os.getppid() != parent)
    except Exception as error:  # noqa: BLE001 - raised again where somebody can take it
        done = error
    there.send(done._replace(warnings=_counted(counter)) if isinstance(done, _Done) else done)


def _reported(process: BaseProcess, here: Connection) -> _Done:
    try:
        done = here.recv()
    except EOFError:
        raise Abort("a process that built pages was killed") from None
    finally:
        process.join()
    if isinstance(done, Exception):
        raise done
    assert isinstance(done, _Done)
    return done


def _share(site: _Site, which: int, shares: int, orphaned: Callable[[], bool] = lambda: False) -> _Done:
    """Build every ``shares``-th page, beginning with number ``which``; stop if the build was killed meanwhile."""
    mine = [file.page for file in site.documents[which::shares] if file.page]
    with _one_converter():
        for page in mine:
            if orphaned():
                os._exit(1)  # what is written from now on would be in the way of the next build
            _populate_page(page, site.config, site.files)
            _build_page(page, site.config, site.documents, site.nav, site.env)
    return _Done({page.file.src_uri: _anchors(page) for page in mine}, 0)


@contextmanager
def _one_converter() -> Iterator[None]:
    """MkDocs makes a converter for each page, which is slow; meanwhile it gets the same one again, reset."""
    plain = markdown.Markdown
    made: list[markdown.Markdown] = []

    def converter(**options: Any) -> markdown.Markdown:
        if not made:
            made.append(plain(**options))
        made[0].reset()
        return made[0]

    markdown.Markdown = converter
    try:
        yield
    finally:
        markdown.Markdown = plain


def _anchors(page: Page) -> _Anchors:
    asked = {to.src_uri: links for to, links in (page.links_to_anchors or {}).items()}
    return _Anchors(frozenset(page.present_anchor_ids or ()), asked)


def _check_anchors(site: _Site, done: Sequence[_Done]) -> None:
    """Whether links between pages that were built apart find their anchors; each that does not is logged."""
    by_path = {file.src_uri: file for file in site.documents}
    for part in done:
        for path, anchors in part.anchors.items():
            page = by_path[path].page
            assert page
            page.present_anchor_ids = set(anchors.offered)
            page.links_to_anchors = {by_path[to]: links for to, links in anchors.asked.items() if to in by_path}
    for file in site.documents:
        assert file.page
        file.page.validate_anchor_links(files=site.files, log_level=site.config.validation.links.anchors)


def _counter() -> utils.CountHandler:
    counter = utils.CountHandler()
    counter.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(counter)
    return counter


def _counted(counter: utils.CountHandler) -> int:
    return sum(count for _, count in counter.get_counts())
