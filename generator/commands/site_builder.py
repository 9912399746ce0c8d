"""Builds a site: runs its tasks, completes the staging folder, verifies it, and publishes it."""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from generator.build.cache import Cache
from generator.build.engine import Build, Work, Workers, cached_value, local_work
from generator.build.executors import InlineExecutor, WorkerLost, cores, gc_paused, local_executor
from generator.build.output import Manifest
from generator.build.task import File, Store, Value, plain_task
from generator.commands.check import nav_problems
from generator.commands.project import Project
from generator.commands.site_tasks import SiteTasks, site_tasks
from generator.commands.stages import Stages
from generator.exports.root_files import sitemap_files
from generator.model.catalog import Content
from generator.rules.pages import links_of_pages_have_targets
from generator.search.all import INDEX_FOLDER
from generator.search.pagefind_service import IndexNotBuilt
from generator.similarity.related import STATE as RELATED_STATE
from generator.site.hosts import SiteSize, size_of_files
from generator.site.mkdocs_build import THEME
from generator.site.mkdocs_site import SiteNotBuilt
from generator.site.mkdocs_warnings import decoded_warnings, warnings_name
from generator.site.offline import offline_file
from generator.site.publish import MARKER_FILE, publish
from generator.site.site_pages import DEFERRED, folder_of, source_of
from generator.site.slow_pages import SlowPages, slow_lines, sum_by_reason
from generator.site.staging import StagingFolder
from generator.site.verify import site_faults

_DEAD_LINKS = "dead links"
"""The name of the value with the dead links of hand-written pages, a list in JSON."""
_FOLDERS = "folders of pages"
"""The name of the input with the folders of all pages, against which links are checked."""
_SHARDS_IN_FLIGHT_PER_WORKER = 4
"""Shards for each worker that wait or run at a time: enough to keep it busy while this process runs its own tasks."""
_PARALLEL_FROM = 100
"""The number of tasks above which several processes are faster than one."""


class SiteResult(NamedTuple):
    """The result of a build. ``pages`` counts the pages by kind, such as ``papers``, and ``messages`` are warnings."""

    pages: Counter[str]
    manifest: Manifest
    size: SiteSize
    messages: tuple[str, ...]
    build: Build


Pool = Callable[[SiteTasks, StagingFolder], AbstractContextManager[tuple[Workers, Work]]]
"""A function that provides the workers for the tasks of a site, and the work: the function that runs a shard."""


@contextmanager
def local_pool(tasks: SiteTasks, staging: StagingFolder) -> Iterator[tuple[Workers, Work]]:
    """Provide forked processes on this machine, which write the files of their tasks themselves."""
    with (
        local_work(tasks.inputs, tasks.all, staging.output.store, tasks.site.observations) as work,
        local_executor(cores()) as executor,
    ):
        yield Workers(executor, cores(), window=cores() * _SHARDS_IN_FLIGHT_PER_WORKER), work


def build_site(
    project: Project, staging: StagingFolder, cache: Cache, stages: Stages, *, strict: bool = False,
    pool: Pool = local_pool,
) -> SiteResult:  # fmt: skip
    """Build the site of ``project`` in the ``staging`` folder, without publishing it. ``strict`` makes warnings errors.

    Raises SiteNotBuilt, IndexNotBuilt, WorkerLost and OSError.
    """
    with site_tasks(project, lambda: cached_value(cache, RELATED_STATE)) as tasks:
        with stages.timed("prepare"), gc_paused():
            tasks.site.page_builder  # noqa: B018 - a cached property; computed here, so that the forked processes share it
            stages.progress.expect(len(tasks.all))
            build = Build(
                tasks.inputs, cache, staging.intact_hash, staging.output.store, stages.progress.advance, cores()
            )
        finisher = _SiteFinisher(project, tasks, staging, build, stages)
        for name, stage in tasks.by_stage.items():
            # Each stage has workers of its own, whose memory is free when it ends.
            with stages.timed(name), pool(tasks, staging) as (workers, work):
                build.run(stage, workers, work)
        return finisher.finish(strict=strict)


@dataclass(frozen=True)
class BuiltPages:
    """The pages of a site whose tasks have run. ``store`` writes a file; ``expect`` adds to the progress bar."""

    tasks: SiteTasks
    build: Build
    store: Store
    expect: Callable[[int], None] = lambda _tasks: None

    def finish_pages(self) -> tuple[list[str], list[str]]:
        """Build the deferred pages, which only MkDocs can build. Returns the paths of all pages and MkDocs' warnings.

        A path is that of the Markdown source: ``papers/a.md``.
        """
        site, build = self.tasks.site, self.build
        if site.page_builder is None:  # MkDocs has built all pages together
            return site.all_paths(build.value), list(decoded_warnings(build.value(warnings_name(THEME))).messages)
        pages = [path for name in self.tasks.page_names for path in self.page_paths(name)]
        # The pages were built before all paths were known, so every link counted as valid.
        if site.dead_links(build.notes, pages):
            pages = self._rebuild_all(pages)
        # Deferred pages of tasks that are up to date are included: MkDocs may have to build them again.
        deferred = [name for name in build.value_hashes if name.startswith(DEFERRED)]
        tasks = site.finish_tasks(pages, deferred)
        self.expect(len(tasks))
        with (
            local_work(self.tasks.inputs, tasks, self.store) as work,
            local_executor(cores() if len(tasks) > _PARALLEL_FROM else 1) as executor,
        ):
            build.run(tasks, Workers(executor, cores()), work)
        # The warnings of MkDocs are values: those about the theme, and those about each deferred page.
        names = [warnings_name(THEME), *(warnings_name(name.removeprefix(DEFERRED)) for name in deferred)]
        return pages, site.messages([decoded_warnings(build.value(name)) for name in names], self._markdown)

    def _rebuild_all(self, pages: Sequence[str]) -> list[str]:
        """Build all pages again, now with the paths of all pages. Pages with a dead link are deferred: MkDocs warns.

        Returns the new paths of all pages.
        """
        site = self.tasks.site
        site.set_paths(pages)
        tasks = [task for task in self.tasks.file_tasks if task.name in self.tasks.page_names]
        self.build.forget([task.name for task in tasks])
        self.expect(len(tasks))
        with (
            local_work(self.tasks.inputs, tasks, self.store, site.observations) as work,
            local_executor(cores()) as executor,
        ):
            self.build.run(tasks, Workers(executor, cores()), work)
        return [path for name in self.tasks.page_names for path in self.page_paths(name)]

    def slow_pages(self, total: int) -> tuple[SlowPages, ...]:
        """Return how many pages were built slowly, by reason. ``total`` is the number of all pages."""
        site = self.tasks.site
        return (
            sum_by_reason(note.slow_pages for note in self.build.notes if note)
            if site.page_builder
            else site.slow_reasons(total)
        )

    def page_paths(self, name: str) -> Iterator[str]:
        """Yield the paths of the pages of the task ``name``, both built and deferred."""
        outputs = self.build.outputs[name]
        yield from (source_of(path) for path in outputs.files if path.endswith(".html"))
        yield from (value.removeprefix(DEFERRED) for value, _ in outputs.values if value.startswith(DEFERRED))

    def _markdown(self, path: str) -> str:
        """Return the Markdown of a page, or ''. It is not stored, so its task runs again."""
        for name in self.tasks.page_names:
            if path in self.page_paths(name):
                task = next(task for task in self.tasks.site.page_tasks if task.name == name)
                for item in task.run({needed: self.build.value(needed) for needed in task.value_names}):
                    if isinstance(item, File) and item.path == path:
                        return item.text
        return ""


@dataclass(frozen=True)
class _SiteFinisher:
    """The last steps of a build, after the tasks of a site have run."""

    project: Project
    tasks: SiteTasks
    staging: StagingFolder
    build: Build
    stages: Stages

    @property
    def pages(self) -> BuiltPages:
        """The pages of the site."""
        return BuiltPages(self.tasks, self.build, self.staging.output.store, self.stages.progress.expect)

    def finish(self, *, strict: bool) -> SiteResult:
        """Build the deferred pages, complete the folder and verify it. Raises the exceptions of ``build_site``."""
        with self.stages.timed("finish"):
            pages, messages = self.pages.finish_pages()
            messages += self._dead_links(pages)
            if strict and messages:
                raise SiteNotBuilt("\n".join([*messages, f"{len(messages)} warnings, and --strict is given"]))
            # The marker is one of the files, because ``OutputFolder.finish`` deletes all others in the folder.
            files = [MARKER_FILE, *self._sitemap(pages)]
            manifest = self.staging.output.finish(
                self.build.unchanged,
                self._manifest_with(files),
                os.fspath(self.staging.site),
                self.staging.published,
                self.build.rewritten,
            )
        with self.stages.timed("verify"):
            settings = self.project.settings
            offline_megabytes = 0 if settings.preview else settings.offline_megabytes
            # Written last, because it contains a hash of the other files.
            offline = offline_file(self.staging.path, self.project.theme, offline_megabytes)
            manifest[offline.path] = self.staging.output.store(offline)
            papers = len(self.project.catalog.papers)
            if faults := site_faults(self.staging.path, pages, papers, INDEX_FOLDER, self.build.unchanged.__contains__):
                # A single cause can produce a fault on every page, so only the first faults are shown.
                raise SiteNotBuilt("; ".join(faults[:5]))
        # The kind of ``papers/a.md`` is ``papers``, that of ``index.md`` is ``index``.
        kinds = Counter(path.partition("/")[0].removesuffix(".md") for path in pages)
        messages += slow_lines(self.pages.slow_pages(len(pages)))
        sizes = {path: stored.size for path, stored in manifest.items()}
        return SiteResult(kinds, manifest, size_of_files(sizes), tuple(messages), self.build)

    def _dead_links(self, pages: Sequence[str]) -> list[str]:
        """Return a message for each dead link of hand-written pages and of the navigation, with its file and line.

        Hand-written pages are checked by a task, whose result is cached: it converts each page, which takes long.
        """
        catalog, folders = self.project.catalog, {folder_of(path) for path in pages}
        content = Content(pages=tuple(catalog.pages.values()), files=tuple(catalog.files.values()))
        inputs, folder = self.tasks.inputs, self.project.content
        inputs.add(_FOLDERS, lambda: sorted(folders))

        def check_pages() -> Iterator[Value]:
            # ``content`` and ``folders`` are not traced, so the reads are recorded here.
            for key in (_FOLDERS, "catalog pages.values", "catalog files.keys"):
                inputs.record(key)
            problems = links_of_pages_have_targets(content, folders)
            lines = [f"{folder}/{problem.subject}.md:{problem.line}: {problem.message}" for problem in problems]
            yield Value(_DEAD_LINKS, json.dumps(lines).encode())

        task = plain_task(f"{_DEAD_LINKS} in {folder}", check_pages, in_parent=True)
        self.stages.progress.expect(1)
        # Run in this process: starting another takes longer than the task.
        with local_work(inputs, [task], self.staging.output.store) as work:
            self.build.run([task], Workers(InlineExecutor(), 1), work)
        nav_links = [f"{problem.path}:{problem.line}: {problem.message}" for problem in nav_problems(content, folders)]
        return [*json.loads(self.build.value(_DEAD_LINKS)), *nav_links]

    def _sitemap(self, pages: Sequence[str]) -> Iterator[File]:
        """Yield the files of the sitemap, which lists all pages except the quarantine page."""
        # Recognized by its path: if MkDocs builds all pages together, the page has no task of its own.
        public = [path for path in pages if folder_of(path) != "quarantine"]
        yield from sitemap_files(self.project.catalog, self.project.settings, self.project.theme, public)

    def _manifest_with(self, files: Sequence[File]) -> Manifest:
        """Write ``files`` and return the manifest of all files: those of the tasks, and ``files``."""
        return {**self.build.stored, **{file.path: self.staging.output.store(file) for file in files}}


def build_and_publish(
    project: Project, staging: StagingFolder, cache: Cache, stages: Stages, *, strict: bool, pool: Pool | None = None
) -> SiteResult | None:
    """Build a site and publish it. If that fails, prints why and returns None, and the old site stays in place."""
    try:
        result = build_site(project, staging, cache, stages, strict=strict, pool=pool or local_pool)
        with stages.timed("publish"):
            # Before publishing, so that no published site lacks a manifest if the build is killed in between.
            staging.store_manifest(result.manifest)
            publish(staging.path, staging.site)
            result.build.save()  # after publishing, because the cache describes the published site
    except (SiteNotBuilt, IndexNotBuilt, WorkerLost) as error:
        print(f"{staging.site} was left as it is: {error}", file=sys.stderr)
        return None
    except OSError as error:
        staging.discard()  # frees space: the disk may be full
        path = error.filename or staging.path  # a failed write does not name its file
        print(f"{staging.site} was left as it is: {path}: {error.strerror or error}", file=sys.stderr)
        return None
    return result
