"""A whole site in an empty folder: its parts are made at the same time, each in a process of its own.

A part writes files that no other part writes, and is given the catalogue alone. What needs them all comes last.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from generator.commands.project import Project
from generator.commands.stages import Stage, Stages
from generator.exports.all import all_exports
from generator.exports.cards import card_files
from generator.exports.script_words import script_files
from generator.exports.search_records import search_records
from generator.exports.sitemap import sitemap_files
from generator.exports.twins import has_twin, twin
from generator.model.page import Batch
from generator.output.files import add_files
from generator.output.kept import Kept, Record, read_state
from generator.output.mkdocs_build import Share, SiteBuild
from generator.output.mkdocs_site import SiteNotBuilt, Wishes, site_build
from generator.output.offline import offline_file
from generator.output.pagefind_index import index_files
from generator.output.processes import cores, together
from generator.output.site_pages import Twins
from generator.output.verify import faults_of
from generator.output.version import version_of
from generator.pages.all import page_batches
from generator.pages.quarantine import quarantine_pages

INDEX = "pagefind"


class Made(NamedTuple):
    """What a part reports: its stages, the files that may serve the next build, its pages, and the papers indexed."""

    stages: tuple[Stage, ...]
    kept: Record
    pages: Share | None = None
    indexed: int = 0


class Built(NamedTuple):
    """How many pages of each kind a site has, and the record of what was made from what."""

    pages: Counter[str]
    record: Record


class Assembly(NamedTuple):
    """What all parts need: the project, the folder of the site, and what the last build left."""

    project: Project
    site: Path
    before: Path
    kept: Kept

    def pages(self, build: SiteBuild, which: int, shares: int) -> Made:
        """The pages of every ``shares``-th batch as HTML with their twins, beginning with number ``which``."""
        stages = Stages()
        with stages.timed("pages"):
            done = build.share(which, shares)
        return Made(tuple(stages.done), done.made, pages=done)

    def exports(self) -> Made:
        """Feeds, citations and data, which stand beside the pages."""
        stages, project = Stages(), self.project
        with stages.timed("exports"):
            add_files(all_exports(project.catalog, project.settings, project.theme), self.site, self.before)
        return Made(tuple(stages.done), {})

    def cards(self, which: int, shares: int) -> Made:
        """The social cards of every ``shares``-th paper, beginning with number ``which``."""
        stages, project = Stages(), self.project
        with stages.timed("social cards"):
            papers = islice(project.catalog.papers.values(), which, None, shares)
            self.kept.add(card_files(papers, project.catalog, project.settings, project.theme))
        return Made(tuple(stages.done), self.kept.made)

    def search(self) -> Made:
        """The search index."""
        stages, project = Stages(), self.project
        with stages.timed("search index"):
            records = search_records(project.catalog, project.settings)
            key = self.kept.key(repr(records).encode())
            if not self.kept.all_again(INDEX, key):
                for name, data in index_files(records).items():
                    self.kept.write(f"{INDEX}/{name}", key, data)
        return Made(tuple(stages.done), self.kept.made, indexed=len(records))


def assemble(project: Project, docs: Path, site: Path, stages: Stages, *, strict: bool, before: Path) -> Built:
    """Build the whole site into the empty folder ``site``; ``docs`` is for Markdown that MkDocs must read from disk.

    What ``before``, the site in place, holds as it will be again is not made again but linked.
    Raises SiteNotBuilt, IndexNotBuilt, Killed and OSError.
    """
    settings = project.settings
    version = version_of(project.theme, project.config, strict, settings.preview)
    kept = Kept(before, site, read_state(before).record, version)
    parts = Assembly(project, site, before, kept)
    everything = project.catalog, settings, project.theme
    wishes = Wishes(strict, project.epoch, settings.preview)
    hidden: Batch = partial(quarantine_pages, project.quarantined, settings, project.theme)
    with stages.timed("prepare"), ExitStack() as stack:
        batches = [*page_batches(*everything), hidden]
        own = script_files(settings, project.theme)
        twins = Twins(has_twin, twin)
        build = stack.enter_context(site_build(project.config, docs, site, wishes, batches, kept, twins, own))
        opened = stack.pop_all()
    shares = cores()
    with opened:
        tasks: list[Callable[[], Made]] = [partial(parts.pages, build, which, shares) for which in range(shares)]
        tasks += [parts.exports, *(partial(parts.cards, which, shares) for which in range(shares)), parts.search]
        made = together(tasks, shares, stages.progress.advance)
        for part in made:
            stages.done += part.stages
        with stages.timed("finish"):
            pages = build.finish([part.pages for part in made if part.pages])
    with stages.timed("verify"):
        public = pages[: len(pages) - len(list(hidden()))]
        add_files(sitemap_files(*everything, public), site, before)
        megabytes = 0 if settings.preview else settings.offline_megabytes
        add_files([offline_file(site, project.theme, megabytes)], site, before)
        if faults := faults_of(site, pages, sum(part.indexed for part in made), INDEX):
            raise SiteNotBuilt("; ".join(faults[:5]))
    record = {path: held for part in made for path, held in part.kept.items()}
    return Built(Counter(path.partition("/")[0].removesuffix(".md") for path in pages), record)
