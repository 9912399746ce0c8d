"""``python -m bench.pages_only DOCS SITE`` only converts Markdown pages to HTML, exactly as ``digest build`` does."""

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from bench import BUILD_DATE
from generator.build.cache import Cache
from generator.build.engine import Build, Workers, local_work
from generator.build.executors import cores, gc_paused, local_executor
from generator.build.inputs import Inputs
from generator.build.output import OutputFolder
from generator.build.task import File, Task, plain_task
from generator.commands.site_builder import BuiltPages
from generator.commands.site_tasks import SiteTasks
from generator.site.mkdocs_site import RenderOptions, SiteNotBuilt, site_build
from generator.site.site_files import source_paths
from generator.site.site_pages import MarkdownCopies
from generator.site.slow_pages import SlowPages

_HOME = "index.md"
_NO_COPIES = MarkdownCopies(has=lambda _path: False, copy_of=lambda path, text: File(path, text.encode()))


def build_pages(
    docs: Path, site: Path, config: Path = Path("mkdocs.yml"), workers: int | None = None
) -> tuple[SlowPages, ...]:
    """Build all pages in ``docs`` into ``site``, in ``workers`` processes; None means one for each core.

    Returns the reasons why MkDocs built pages itself, which is slower. Raises SiteNotBuilt if MkDocs has a warning.
    """
    inputs, store = Inputs(), OutputFolder(site).store
    pages = list(_page_tasks(docs))
    with site_build([config], RenderOptions(BUILD_DATE), pages, inputs, _NO_COPIES) as mkdocs_build:
        with gc_paused():
            mkdocs_build.page_builder  # noqa: B018 - computed here, so that the forked processes inherit it
        tasks = SiteTasks(inputs, mkdocs_build, (), (), tuple(mkdocs_build.tasks()), tuple(task.name for task in pages))
        build = Build(inputs, Cache(), lambda _path: b"", store)
        process_count = workers or cores()
        with (
            local_work(inputs, tasks.file_tasks, store, mkdocs_build.observations) as work,
            local_executor(process_count) as executor,
        ):
            build.run(tasks.file_tasks, Workers(executor, process_count), work)
        built_pages = BuiltPages(tasks, build, store)
        paths, warnings = built_pages.finish_pages()
    if warnings:
        raise SiteNotBuilt("\n".join([*warnings, f"MkDocs reported {len(warnings)} warnings"]))
    return built_pages.slow_pages(len(paths))


def _page_tasks(docs: Path) -> Iterator[Task]:
    """A task for each Markdown page in a folder, the home page first. Its result is the text of the page."""
    paths = sorted((path for path in source_paths(str(docs)) if path.endswith(".md")), key=lambda path: path != _HOME)
    for path in paths:
        yield plain_task(f"page {path}", partial(_page, docs, path))


def _page(docs: Path, path: str) -> Iterator[File]:
    yield File(path, (docs / path).read_bytes())


def main(arguments: Iterable[str]) -> None:
    """Build the pages in the first folder into the second."""
    docs, site = map(Path, arguments)
    build_pages(docs, site)


if __name__ == "__main__":
    main(sys.argv[1:])
