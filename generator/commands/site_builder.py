"""Builds a whole site: runs its tasks, completes the staging folder, checks it, and publishes it."""

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
from generator.commands.site_tasks import QUARANTINE, SiteTasks, site_tasks
from generator.commands.stages import Stages
from generator.exports.root_files import sitemap_files
from generator.model.catalog import Content
from generator.rules.pages import links_of_pages_have_targets
from generator.search.all import FOLDER as INDEX
from generator.search.pagefind_service import IndexNotBuilt
from generator.similarity.related import STATE
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
_FOLDERS = "folders of pages"


class SiteResult(NamedTuple):
    """The result of a build: pages by kind, files, size, messages, and the build itself, whose cache is saved later."""

    pages: Counter[str]
    manifest: Manifest
    size: SiteSize
    messages: tuple[str, ...]
    build: Build


Pool = Callable[[SiteTasks, StagingFolder], AbstractContextManager[tuple[Workers, Work]]]
"""Provides the workers for the tasks of a site, and the function that runs a shard."""


@contextmanager
def local_pool(tasks: SiteTasks, staging: StagingFolder) -> Iterator[tuple[Workers, Work]]:
    """Provide forked processes on this machine. They write files themselves."""
    everything = (*tasks.values, *tasks.files)
    with (
        local_work(tasks.inputs, everything, staging.output.store, tasks.site.observations) as work,
        local_executor(cores()) as executor,
    ):
        yield Workers(executor, cores()), work


def build_site(
    project: Project, staging: StagingFolder, cache: Cache, stages: Stages, *, strict: bool = False,
    pool: Pool = local_pool,
) -> SiteResult:  # fmt: skip
    """Build the site of ``project`` in the ``staging`` folder. With ``strict``, any warning is an error.

    Raises SiteNotBuilt, IndexNotBuilt, WorkerLost and OSError.
    """
    with site_tasks(project, lambda: cached_value(cache, STATE)) as tasks:
        with stages.timed("prepare"), gc_paused():
            tasks.site.page_builder  # noqa: B018 - computed once here, so that the forked processes share it
            stages.progress.expect(tasks.number)
            build = Build(tasks.inputs, cache, staging.intact, staging.output.store, stages.progress.advance, cores())
        builder = _SiteBuilder(project, tasks, staging, build, stages)
        with pool(tasks, staging) as (workers, work):
            with stages.timed("search parts, related papers"):
                build.run(tasks.values, workers, work)
            with stages.timed("pages, exports, index"):
                build.run(tasks.files, workers, work)
        return builder.finish(strict=strict)


@dataclass(frozen=True)
class BuiltPages:
    """The pages of a site whose tasks have run. ``store`` writes a file, ``expect`` adds tasks to the progress bar."""

    tasks: SiteTasks
    build: Build
    store: Store
    expect: Callable[[int], None] = lambda _tasks: None

    def finish_pages(self) -> tuple[list[str], list[str]]:
        """Build the pages that only MkDocs can build. Returns the paths of all pages and the warnings of MkDocs."""
        site, build = self.tasks.site, self.build
        if site.page_builder is None:
            return site.all_paths(build.value), list(decoded_warnings(build.value(warnings_name(THEME))).messages)
        pages = [path for name in self.tasks.page_names for path in self.page_paths(name)]
        # While pages are built, every link counts as valid; only now are all pages known.
        if site.dead_links(build.notes, pages):
            pages = self._rebuild_all(pages)
        # Those of tasks that are up to date, too: MkDocs may have to build their pages again.
        deferred = [name for name in build.value_hashes if name.startswith(DEFERRED)]
        tasks = site.finish_tasks(pages, deferred)
        self.expect(len(tasks))
        with (
            local_work(self.tasks.inputs, tasks, self.store) as work,
            local_executor(cores() if len(tasks) > _PARALLEL_FROM else 1) as executor,
        ):
            build.run(tasks, Workers(executor, cores()), work)
        names = [warnings_name(THEME), *(warnings_name(name.removeprefix(DEFERRED)) for name in deferred)]
        return pages, site.messages([decoded_warnings(build.value(name)) for name in names], self._markdown)

    def _rebuild_all(self, pages: Sequence[str]) -> list[str]:
        """Build all pages again with the list of all pages. Those with a dead link are left to MkDocs, which warns."""
        site = self.tasks.site
        site.set_paths(pages)
        tasks = [task for task in self.tasks.files if task.name in self.tasks.page_names]
        self.build.forget([task.name for task in tasks])
        self.expect(len(tasks))
        with (
            local_work(self.tasks.inputs, tasks, self.store, site.observations) as work,
            local_executor(cores()) as executor,
        ):
            self.build.run(tasks, Workers(executor, cores()), work)
        return [path for name in self.tasks.page_names for path in self.page_paths(name)]

    def slow(self, number: int) -> tuple[SlowPages, ...]:
        """Return the reasons why pages were built slowly. ``number`` is the number of all pages."""
        site = self.tasks.site
        return (
            sum_by_reason(note.slow for note in self.build.notes if note)
            if site.page_builder
            else site.slow_reasons(number)
        )

    def page_paths(self, name: str) -> Iterator[str]:
        """Yield the paths of the Markdown pages of a task, both the built and the deferred ones."""
        outputs = self.build.outputs[name]
        yield from (source_of(path) for path in outputs.files if path.endswith(".html"))
        yield from (value.removeprefix(DEFERRED) for value, _ in outputs.values if value.startswith(DEFERRED))

    def _markdown(self, path: str) -> str:
        """Return the Markdown of a page, by running its task again."""
        for name in self.tasks.page_names:
            if path in self.page_paths(name):
                task = next(task for task in self.tasks.site.page_tasks if task.name == name)
                for item in task.run({needed: self.build.value(needed) for needed in task.needs}):
                    if isinstance(item, File) and item.path == path:
                        return item.text
        return ""


@dataclass(frozen=True)
class _SiteBuilder:
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
        """Build the remaining pages, complete the folder and verify it. Raises the exceptions of ``build_site``."""
        with self.stages.timed("finish"):
            pages, messages = self.pages.finish_pages()
            messages += self._dead_links(pages)
            if strict and messages:
                raise SiteNotBuilt("\n".join([*messages, f"{len(messages)} warnings, and --strict is given"]))
            # The marker is listed, too: ``finish`` deletes all files of the folder that are not.
            files = [MARKER_FILE, *self._sitemap(pages)]
            manifest = self.staging.output.finish(
                self.build.unchanged,
                self._stored(files),
                os.fspath(self.staging.site),
                self.staging.old,
                self.build.rewritten,
            )
        with self.stages.timed("verify"):
            settings = self.project.settings
            megabytes = 0 if settings.preview else settings.offline_megabytes
            # Last, since its version is a hash of built files.
            offline = offline_file(self.staging.path, self.project.theme, megabytes)
            manifest[offline.path] = self.staging.output.store(offline)
            papers = len(self.project.catalog.papers)
            if faults := site_faults(self.staging.path, pages, papers, INDEX, self.build.unchanged.__contains__):
                # One cause often makes a fault for each page.
                raise SiteNotBuilt("; ".join(faults[:5]))
        kinds = Counter(path.partition("/")[0].removesuffix(".md") for path in pages)
        notes = (*messages, *slow_lines(self.pages.slow(len(pages))))
        sizes = {path: stored.size for path, stored in manifest.items()}
        return SiteResult(kinds, manifest, size_of_files(sizes), notes, self.build)

    def _dead_links(self, pages: Sequence[str]) -> list[str]:
        """Return the dead links of hand-written pages and of the navigation, each with its file and line.

        Those of hand-written pages are a task: to find their links, each page is converted, which takes long.
        """
        catalog, folders = self.project.catalog, {folder_of(path) for path in pages}
        content = Content(pages=tuple(catalog.pages.values()), files=tuple(catalog.files.values()))
        inputs, folder = self.tasks.inputs, self.project.content
        inputs.add(_FOLDERS, lambda: sorted(folders))

        def in_pages() -> Iterator[Value]:
            for key in (_FOLDERS, "catalog pages.values", "catalog files.keys"):
                inputs.note(key)
            dead = links_of_pages_have_targets(content, folders)
            lines = [f"{folder}/{problem.subject}.md:{problem.line}: {problem.message}" for problem in dead]
            yield Value(_DEAD_LINKS, json.dumps(lines).encode())

        task = plain_task(f"{_DEAD_LINKS} in {folder}", in_pages, in_parent=True)
        self.stages.progress.expect(1)
        # One task: a process would cost more than it saves.
        with local_work(inputs, [task], self.staging.output.store) as work:
            self.build.run([task], Workers(InlineExecutor(), 1), work)
        nav_links = [f"{problem.path}:{problem.line}: {problem.message}" for problem in nav_problems(content, folders)]
        return [*json.loads(self.build.value(_DEAD_LINKS)), *nav_links]

    def _sitemap(self, pages: Sequence[str]) -> Iterator[File]:
        hidden = set(self.pages.page_paths(QUARANTINE)) if QUARANTINE in self.build.outputs else set()
        public = [path for path in pages if path not in hidden]
        yield from sitemap_files(self.project.catalog, self.project.settings, self.project.theme, public)

    def _stored(self, files: Sequence[File]) -> Manifest:
        return {**self.build.stored, **{file.path: self.staging.output.store(file) for file in files}}


_PARALLEL_FROM = 100
"""The number of pages above which several processes pay off."""


def build_and_publish(
    project: Project, folder: StagingFolder, cache: Cache, stages: Stages, *, strict: bool, pool: Pool | None = None
) -> SiteResult | None:
    """Build a site and publish it. Returns None, with a message, if that fails. The old site then stays in place."""
    try:
        result = build_site(project, folder, cache, stages, strict=strict, pool=pool or local_pool)
        with stages.timed("publish"):
            # Before the swap, so that a killed build leaves no published site without a manifest.
            folder.store_manifest(result.manifest)
            publish(folder.path, folder.site)
            result.build.save()  # only after publishing: the cache describes the site in place
    except (SiteNotBuilt, IndexNotBuilt, WorkerLost) as error:
        print(f"{folder.site} was left as it is: {error}", file=sys.stderr)
        return None
    except OSError as error:
        folder.discard()  # the disk may be full
        path = error.filename or folder.path  # a failed write does not name its file
        print(f"{folder.site} was left as it is: {path}: {error.strerror or error}", file=sys.stderr)
        return None
    return result
