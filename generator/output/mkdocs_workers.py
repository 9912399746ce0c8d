"""What ``mkdocs build`` does, with the pages shared out among processes and the short way taken where there is one.

The short way is for pages as the generator writes them: ``plain_markdown`` and ``frames``. All others, and all that
has a fault, take MkDocs' own steps, one converter a process. Either way the bytes are those of plain ``mkdocs build``,
against which a test holds them.
"""

import logging
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs import utils
from mkdocs.commands.build import _build_theme_template
from mkdocs.commands.build import build as build_plainly
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import set_exclusions
from mkdocs.structure.nav import get_navigation

from generator.output.kept import Kept, Record
from generator.output.site_files import SiteFiles, source_paths
from generator.output.site_pages import Asked, SitePages
from generator.processes import cores, together

_LEAST = 200
"""Pages below which one process is faster than two."""


class _Done(NamedTuple):
    """What a process reports of its share: links to anchors, the number of warnings, and which pages it made."""

    asked: frozenset[Asked]
    warnings: int
    made: Record


def build(config: MkDocsConfig, kept: Kept, processes: int | None = None) -> None:
    """Build the site of ``config`` in as many processes as there are cores, beside what its folder holds already.

    Pages that are in ``kept`` are taken from there, and those that are made are noted in it.
    Raises Abort if a page cannot be built or, in strict mode, after any warning.
    """
    paths = list(source_paths(config.docs_dir))
    if not _is_simple(config, paths):
        _build_plainly(config)
        return
    counter = _counter()
    try:
        site = _prepared(config, paths, kept)
        shares = (processes or cores()) if len(site.files.documents) >= _LEAST else 1
        done = together([partial(_share, site, which, shares) for which in range(shares)], shares)
        for part in done:
            kept.made.update(part.made)
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
    return bool(config.nav and _titled(config.nav) and config.use_directory_urls and not any(chosen) and not twice)


def _titled(nav: list[Any]) -> bool:
    """Whether the navigation names every page itself; else the head of each page depends on the titles of others."""
    parts = [part for item in nav if isinstance(item, dict) for part in item.values()]
    return all(isinstance(item, dict) for item in nav) and all(
        _titled(part) for part in parts if isinstance(part, list)
    )


def _build_plainly(config: MkDocsConfig) -> None:
    """MkDocs empties the folder into which it builds, so that it gets one of its own."""
    site = Path(config.site_dir)
    apart = site / ".mkdocs"
    config.site_dir = str(apart)
    build_plainly(config)
    shutil.copytree(apart, site, copy_function=shutil.move, dirs_exist_ok=True)
    shutil.rmtree(apart)


def _prepared(config: MkDocsConfig, paths: Sequence[str], kept: Kept) -> SitePages:
    """All that stands before the pages: files, navigation, what is copied, and the theme's own templates."""
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
    return SitePages(config, files, nav, env, kept)


def _share(site: SitePages, which: int, shares: int) -> _Done:
    """Build every ``shares``-th page, beginning with number ``which``."""
    counter = _counter()
    try:
        asked = [site.build(path) for path in site.files.documents[which::shares]]
    finally:
        logging.getLogger("mkdocs").removeHandler(counter)
    return _Done(frozenset().union(*asked), _counted(counter), site.kept.made)


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
