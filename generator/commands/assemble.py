"""A whole site in an empty folder: its parts are made at the same time, each in a process of its own.

A part writes files that no other part writes, and is given the catalogue alone. What needs them all comes last. A
portion of the parts can be made by itself, on another machine (``commands/portions.py``).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.commands.project import Project
from generator.commands.stages import Stage, Stages
from generator.exports.all import all_exports
from generator.exports.cards import card_files
from generator.exports.script_words import script_files
from generator.exports.search_files import search_files
from generator.exports.search_records import search_records
from generator.exports.search_words import counted
from generator.exports.sitemap import sitemap_files
from generator.exports.twins import has_twin, twin
from generator.model.page import Batch
from generator.model.portion import WHOLE, Portion
from generator.model.search_record import hash_of, parts_of
from generator.output.kept import Kept, Record, looks_of, read_state
from generator.output.kept_files import KeptFiles
from generator.output.mkdocs_build import Share, SiteBuild, joined
from generator.output.mkdocs_site import SiteNotBuilt, Wishes, site_build
from generator.output.offline import offline_file
from generator.output.pagefind_index import index_files, kept_part, parts_folder
from generator.output.site_pages import Twins
from generator.output.verify import faults_of
from generator.output.version import version_of
from generator.pages.all import page_batches
from generator.pages.quarantine import quarantine_pages
from generator.processes import cores, together, uncollected
from generator.similarity.related import Relation, related_since

INDEX = "pagefind"
_RELATED = "related"  # under this name stands what is kept of how near papers are


class Made(NamedTuple):
    """What a part reports: its stages, the files that may serve the next build, and its pages, if it made any."""

    stages: tuple[Stage, ...]
    kept: Record
    pages: Share | None = None


class Done(NamedTuple):
    """A portion of a site: its pages, and the record of what was made from what."""

    pages: Share
    record: Record


class Built(NamedTuple):
    """How many pages of each kind a site has, and the record of what was made from what."""

    pages: Counter[str]
    record: Record


@dataclass(frozen=True)
class Assembly:
    """A site being made in the folder ``site``; ``before`` is the one in place, ``index`` what is kept of its index."""

    project: Project
    site: Path
    before: Path
    kept: Kept
    index: KeptFiles
    hidden: Batch
    build: SiteBuild

    def make(self, portion: Portion, stages: Stages) -> Done:
        """Make a portion of all parts. Raises SiteNotBuilt, IndexNotBuilt, Killed and OSError."""
        shares = portion.cut(cores())
        tasks: list[Callable[[], Made]] = [partial(self._pages, share) for share in shares]  # the longest first
        tasks.append(self.search if portion == WHOLE else partial(self._search_parts, portion))
        tasks += [partial(self._exports, share) for share in shares]
        tasks += [partial(self._cards, share) for share in shares]
        made = together(tasks, cores(), stages.progress.advance)
        for part in made:
            stages.done += part.stages
        record = {path: held for part in made for path, held in part.kept.items()}
        return Done(joined([part.pages for part in made if part.pages]), record)

    def search(self) -> Made:
        """The search index."""
        stages, project = Stages(), self.project
        with stages.timed("search index"), uncollected():
            records = search_records(project.catalog, project.settings, self.index.again)
            files = search_files(project.catalog, project.settings, records, self.index.again)
            self.kept.add(files)
            self.kept.add(replace(file, path=f"{INDEX}/{file.path}") for file in index_files(records, self.index))
        return Made(tuple(stages.done), self.kept.made)

    def finish(self, done: Done, stages: Stages) -> Built:
        """What needs all parts, of which all portions are ``done``. Raises SiteNotBuilt, Killed and OSError."""
        project, settings = self.project, self.project.settings
        with stages.timed("finish"):
            pages = self.build.finish(done.pages)
            public = pages[: len(pages) - len(list(self.hidden()))]
            self.kept.add(sitemap_files(project.catalog, settings, project.theme, public))
        with stages.timed("verify"):
            megabytes = 0 if settings.preview else settings.offline_megabytes
            self.kept.add([offline_file(self.site, project.theme, megabytes)])
            if faults := faults_of(self.site, pages, len(project.catalog.papers), INDEX):
                raise SiteNotBuilt("; ".join(faults[:5]))
        record = {**done.record, **self.kept.made}
        return Built(Counter(path.partition("/")[0].removesuffix(".md") for path in pages), record)

    def _pages(self, portion: Portion) -> Made:
        """Pages as HTML, with their twins."""
        stages = Stages()
        with stages.timed("pages"):
            done = self.build.share(portion)
        return Made(tuple(stages.done), done.made, pages=done)

    def _exports(self, portion: Portion) -> Made:
        """Feeds, citations and data, which stand beside the pages."""
        stages, project = Stages(), self.project
        with stages.timed("exports"):
            self.kept.add(all_exports(project.catalog, project.settings, project.theme, portion))
        return Made(tuple(stages.done), self.kept.made)

    def _cards(self, portion: Portion) -> Made:
        """The social cards of papers."""
        stages, project = Stages(), self.project
        with stages.timed("social cards"):
            papers = portion.taken(project.catalog.papers.values())
            self.kept.add(card_files(papers, project.catalog, project.settings, project.theme))
        return Made(tuple(stages.done), self.kept.made)

    def _search_parts(self, portion: Portion) -> Made:
        """What the search index is joined from."""
        stages = Stages()
        with stages.timed("search index"):
            for records in portion.taken(parts_of(search_records(self.project.catalog, self.project.settings))):
                kept_part(records, self.index)
                counted(records, self.index.again, hash_of(records))
        return Made(tuple(stages.done), {})


@contextmanager
def assembly(
    project: Project, docs: Path, site: Path, stages: Stages, *, strict: bool, before: Path, index: Path
) -> Iterator[Assembly]:
    """A site to be made in the empty folder ``site``; ``docs`` is for Markdown that MkDocs must read from disk.

    What ``before``, the site in place, holds as it will be again is not made again but linked; the parts of its search
    index are kept in the folder ``index``. Raises SiteNotBuilt.
    """
    settings = project.settings
    version = version_of(project.theme, project.config, strict, settings.preview)
    state = read_state(before)
    untouched = before.is_dir() and state.looks == looks_of(before)
    kept = Kept(before, site, state.record, version, untouched=untouched)
    files = KeptFiles(index, kept.key(INDEX.encode()).encode())
    with stages.timed("prepare"):
        hidden: Batch = partial(quarantine_pages, project.quarantined, settings, project.theme)
        batches = [*page_batches(project.catalog, settings, project.theme, _related(project, files)), hidden]
    own = script_files(settings, project.theme)
    wishes = Wishes(strict, project.epoch, settings.preview)
    with site_build(project.config, docs, site, wishes, batches, kept, Twins(has_twin, twin), own) as build:
        yield Assembly(project, site, before, kept, files, hidden, build)


def _related(project: Project, files: KeptFiles) -> Mapping[str, tuple[Relation, ...]]:
    """How near papers are, by what is kept of it from the last time, and kept for the next."""
    before = files.read(_RELATED)
    related, known = related_since(project.catalog, project.settings.language, before)
    if known != before:
        files.write(_RELATED, known)
    return related


def assemble(project: Project, docs: Path, site: Path, stages: Stages, *, strict: bool, before: Path) -> Built:
    """A whole site. Raises SiteNotBuilt, IndexNotBuilt, Killed and OSError."""
    index = parts_folder(before)
    with assembly(project, docs, site, stages, strict=strict, before=before, index=index) as parts:
        return parts.finish(parts.make(WHOLE, stages), stages)
