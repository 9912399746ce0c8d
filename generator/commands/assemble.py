"""A whole site in a folder: its parts are made at the same time, each in a process of its own.

A part writes files that no other part writes, and is given the catalogue alone. What needs them all comes last. A
portion of the parts can be made by itself, on another machine (``commands/portions.py``).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.commands.project import Project
from generator.commands.stages import Stage, Stages
from generator.commands.telling import note
from generator.exports.all import export_batches
from generator.exports.cards import card_batches
from generator.exports.script_words import script_files
from generator.exports.search_files import search_files
from generator.exports.search_records import search_records
from generator.exports.search_words import counted
from generator.exports.sitemap import sitemap_files
from generator.exports.twins import has_twin, twin
from generator.model.fingerprints import Fingerprints
from generator.model.page import Batch, Draft, untold
from generator.model.portion import WHOLE, Portion
from generator.model.search_record import hash_of, parts_of
from generator.output.carried import Carried
from generator.output.kept import Kept
from generator.output.kept_files import KeptFiles
from generator.output.mkdocs_build import Share, SiteBuild, joined
from generator.output.mkdocs_site import SiteNotBuilt, Wishes, site_build
from generator.output.offline import offline_file
from generator.output.pagefind_index import index_files, kept_part
from generator.output.site_pages import Twins
from generator.output.slow_pages import slow_lines
from generator.output.state import UNKNOWN, Makeup, Record, Settled, all_of
from generator.output.verify import faults_of
from generator.output.version import version_of
from generator.pages.all import page_batches
from generator.pages.quarantine import quarantine_pages
from generator.processes import cores, together, uncollected
from generator.similarity.related import Relation, related_since

INDEX = "pagefind"
_RELATED = "related"  # under this name stands what is kept of how near papers are

Carry = Callable[[], Carried]
"""Waits until the files of the last site are in the folder in which the next one is made."""


class Made(NamedTuple):
    """What a part reports: its stages, the record of what it made anew, and its pages, if it made any."""

    stages: tuple[Stage, ...]
    kept: Record
    makeup: Makeup
    pages: Share | None = None


class Done(NamedTuple):
    """A portion of a site: its pages, and the record of what was made anew."""

    pages: Share
    record: Record
    makeup: Makeup


class Built(NamedTuple):
    """How many pages of each kind a site has, and all its files."""

    pages: Counter[str]
    settled: Settled


@dataclass(frozen=True)
class Assembly:
    """A site being made in the folder ``site``; ``index`` is what is kept of the index of the site in place."""

    project: Project
    site: Path
    kept: Kept
    index: KeptFiles
    marks: Fingerprints
    hidden: Batch[Draft]
    build: SiteBuild

    def make(self, portion: Portion, stages: Stages) -> Done:
        """Make a portion of all parts. Raises SiteNotBuilt, IndexNotBuilt, Killed and OSError."""
        made = together(self._tasks(portion, stages), cores(), stages.progress.advance)
        for part in made:
            stages.done += part.stages
        makeup = all_of(part.makeup for part in made)
        record = {path: told for part in made for path, told in part.kept.items()}
        return Done(joined([part.pages for part in made if part.pages]), record, makeup)

    def _tasks(self, portion: Portion, stages: Stages) -> Iterator[Callable[[], Made]]:
        """The longest first, but for the index: it is the longest after an edit, and needs nothing prepared here."""
        shares = portion.cut(cores())
        yield self.search if portion == WHOLE else partial(self._search_parts, portion)
        with stages.timed("prepare"), uncollected():
            self.build.prepare()
            if portion == WHOLE:
                self.build.write_theme()
        for part in (self._pages, self._exports, self._cards):
            for share in shares:
                yield partial(part, share)

    def search(self) -> Made:
        """The search index."""
        stages, project = Stages(), self.project
        with stages.timed("search index"), uncollected():
            records = search_records(project.catalog, project.settings, self.index.again)
            files = search_files(project.catalog, project.settings, records, self.index.again)
            self.kept.add(files)
            self.kept.add(replace(file, path=f"{INDEX}/{file.path}") for file in index_files(records, self.index))
        return Made(tuple(stages.done), self.kept.made, UNKNOWN)

    def finish(self, done: Done, stages: Stages) -> Built:
        """What needs all parts, of which all portions are ``done``. Raises SiteNotBuilt, Killed and OSError."""
        project, settings = self.project, self.project.settings
        with stages.timed("finish"):
            pages = self.build.finish(done.pages)
            for line in slow_lines(self.build.slow):
                note(line)
            public = pages[: len(pages) - len(list(self.hidden.make()))]
            self.kept.add(sitemap_files(project.catalog, settings, project.theme, public))
        with stages.timed("verify"):
            megabytes = 0 if settings.preview else settings.offline_megabytes
            self.kept.add([offline_file(self.site, project.theme, megabytes)])
            if faults := faults_of(self.site, pages, len(project.catalog.papers), INDEX, self.kept.serves):
                raise SiteNotBuilt("; ".join(faults[:5]))
        with stages.timed("settle"):
            settled = self.kept.settle(done.record, done.makeup)
        return Built(Counter(path.partition("/")[0].removesuffix(".md") for path in pages), settled)

    def _pages(self, portion: Portion) -> Made:
        """Pages as HTML, with their twins."""
        stages = Stages()
        with stages.timed("pages"):
            done = self.build.share(portion)
        return Made(tuple(stages.done), done.made, self.kept.makeup, done)

    def _exports(self, portion: Portion) -> Made:
        """Feeds, citations and data, which stand beside the pages."""
        stages, project = Stages(), self.project
        with stages.timed("exports"):
            self.kept.add_batches(export_batches(project.catalog, project.settings, project.theme, self.marks, portion))
        return Made(tuple(stages.done), self.kept.made, self.kept.makeup)

    def _cards(self, portion: Portion) -> Made:
        """The social cards of papers."""
        stages, project = Stages(), self.project
        with stages.timed("social cards"):
            papers = portion.taken(project.catalog.papers.values())
            self.kept.add_batches(card_batches(papers, project.catalog, project.settings, project.theme, self.marks))
        return Made(tuple(stages.done), self.kept.made, self.kept.makeup)

    def _search_parts(self, portion: Portion) -> Made:
        """What the search index is joined from."""
        stages = Stages()
        with stages.timed("search index"):
            for records in portion.taken(parts_of(search_records(self.project.catalog, self.project.settings))):
                kept_part(records, self.index)
                counted(records, self.index.again, hash_of(records))
        return Made(tuple(stages.done), {}, UNKNOWN)


@contextmanager
def assembly(
    project: Project, docs: Path, site: Path, carried: Carry, stages: Stages, *, strict: bool, index: Path
) -> Iterator[Assembly]:
    """A site to be made in the folder ``site``; ``docs`` is for Markdown that MkDocs must read from disk.

    What was ``carried`` over and would be made the same stays. The parts of the search index are kept in the folder
    ``index``. Raises SiteNotBuilt, Killed and OSError.
    """
    settings = project.settings
    version = version_of(project.theme, project.config, strict, settings.preview)
    marks = Fingerprints(project.catalog)
    with stages.timed("fingerprints"), uncollected():
        marks.papers(project.catalog.papers)  # all parts ask for them
    with stages.timed("carry over"):
        kept = Kept(carried(), version)
    files = KeptFiles(index, kept.key(INDEX.encode()).encode())
    hidden = untold(partial(quarantine_pages, project.quarantined, settings, project.theme))
    near = files.read(_RELATED)  # asked for before there are processes, so that none of them takes it for unused

    def batches() -> Sequence[Batch[Draft]]:
        related = _related(project, files, near)
        return [*page_batches(project.catalog, settings, project.theme, marks, related), hidden]

    own = script_files(settings, project.theme)
    wishes = Wishes(strict, project.epoch, settings.preview)
    with site_build(project.config, docs, site, wishes, batches, kept, Twins(has_twin, twin), own) as build:
        yield Assembly(project, site, kept, files, marks, hidden, build)


def _related(project: Project, files: KeptFiles, before: bytes | None) -> Mapping[str, tuple[Relation, ...]]:
    """How near papers are, by what is kept of it from the last time, ``before``, and kept for the next."""
    related, known = related_since(project.catalog, project.settings.language, before)
    if known != before:
        files.write(_RELATED, known)
    return related


def assemble(
    project: Project, docs: Path, site: Path, carried: Carry, stages: Stages, *, strict: bool, index: Path
) -> Built:
    """A whole site, as ``assembly`` begins it. Raises SiteNotBuilt, IndexNotBuilt, Killed and OSError."""
    with assembly(project, docs, site, carried, stages, strict=strict, index=index) as parts:
        return parts.finish(parts.make(WHOLE, stages), stages)
