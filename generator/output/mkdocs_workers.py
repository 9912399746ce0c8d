"""What ``mkdocs build`` does, with the pages shared out among processes and the short way taken where there is one.

The short way is for pages as the generator writes them: ``plain_markdown`` and ``frames``. All others, and all that
has a fault, take MkDocs' own steps, one converter a process. Either way the bytes are those of plain ``mkdocs build``,
against which a test holds them.
"""

import gc
import logging
import multiprocessing
import os
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from mkdocs import utils
from mkdocs.commands.build import _build_theme_template
from mkdocs.commands.build import build as build_plainly
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import set_exclusions
from mkdocs.structure.nav import get_navigation

from generator.output.site_files import SiteFiles, source_paths
from generator.output.site_pages import Asked, SitePages

_LEAST = 200
"""Pages below which one process is faster than two."""


class _Done(NamedTuple):
    """What a process reports of its share: the links to anchors, and the number of warnings."""

    asked: frozenset[Asked]
    warnings: int


def build(config: MkDocsConfig, processes: int | None = None) -> None:
    """Build the site of ``config`` in as many processes as there are cores.

    Raises Abort if a page cannot be built or, in strict mode, after any warning.
    """
    paths = list(source_paths(config.docs_dir))
    if not _is_simple(config, paths):
        build_plainly(config)
        return
    counter = _counter()
    try:
        site = _prepared(config, paths)
        wanted = processes or (os.cpu_count() or 1)
        many = len(site.files.documents) >= _LEAST and "fork" in multiprocessing.get_all_start_methods()
        shares = wanted if many else 1
        done = [_share(site, 0, 1)] if shares == 1 else _in_processes(site, shares)
        _check_anchors(site, done)
    except BuildError as error:
        raise Abort(f"Aborted with a BuildError: {error}") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(counter)
    warnings = _counted(counter) + (sum(part.warnings for part in done) if shares > 1 else 0)
    if config.strict and warnings:
        raise Abort(f"Aborted with {warnings} warnings in strict mode!")


def _is_simple(config: MkDocsConfig, paths: Sequence[str]) -> bool:
    """Whether each page can be built by itself: only the navigation and links lead from one to another."""
    chosen = (config.plugins, config.exclude_docs, config.draft_docs, config.not_in_nav, config.hooks)
    twice = any(path.endswith("README.md") for path in paths)  # of a folder that may have an index too
    return bool(config.nav and config.use_directory_urls and not any(chosen) and not twice)


def _prepared(config: MkDocsConfig, paths: Sequence[str]) -> SitePages:
    """All that stands before the pages: files, navigation, what is copied, and the theme's own templates."""
    utils.clean_directory(config.site_dir)
    files = SiteFiles(config, paths)
    env = config.theme.get_env()
    files.add_theme(env, config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    if nav.homepage:
        nav.homepage.read_source(config)  # every page finds the theme's words there
    files.copy_static_files()
    for template in config.theme.static_templates:
        _build_theme_template(template, env, files, config, nav)
    return SitePages(config, files, nav, env)


def _in_processes(site: SitePages, shares: int) -> list[_Done]:
    """A process for each share, which ends with it: one that waited for more would outlive a build that is killed."""
    fork, parent = multiprocessing.get_context("fork"), os.getpid()
    running = []
    gc.freeze()  # a collection would touch, and so copy, what the processes share
    for which in range(shares):
        here, there = fork.Pipe(duplex=False)
        process = fork.Process(target=_report, args=(there, site, which, shares, parent))
        process.start()
        there.close()
        running.append((process, here))
    return [_reported(process, here) for process, here in running]


def _report(there: Connection, site: SitePages, which: int, shares: int, parent: int) -> None:
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


def _share(site: SitePages, which: int, shares: int, orphaned: Callable[[], bool] = lambda: False) -> _Done:
    """Build every ``shares``-th page, beginning with number ``which``; stop if the build was killed meanwhile."""
    asked: set[Asked] = set()
    for path in site.files.documents[which::shares]:
        if orphaned():
            os._exit(1)  # what is written from now on would be in the way of the next build
        asked |= site.build(path)
    return _Done(frozenset(asked), 0)


def _check_anchors(site: SitePages, done: Sequence[_Done]) -> None:
    """Whether links find their anchors on pages that were built apart; MkDocs logs each that does not."""
    asked = sorted(link for part in done for link in part.asked)
    ids = {target: site.ids(target) for target in {link.target for link in asked}}
    for source in dict.fromkeys(link.source for link in asked if link.anchor not in ids[link.target]):
        site.complain(source)


def _counter() -> utils.CountHandler:
    counter = utils.CountHandler()
    counter.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(counter)
    return counter


def _counted(counter: utils.CountHandler) -> int:
    return sum(count for _, count in counter.get_counts())
