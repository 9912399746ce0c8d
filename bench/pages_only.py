"""The pages stage alone: ``python -m bench.pages_only DOCS SITE`` builds Markdown to HTML as ``digest build`` does."""

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

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
_EPOCH = 1_790_000_000  # the clock of the build, as for the peers


def build_pages(
    docs: Path, site: Path, config: Path = Path("mkdocs.yml"), workers: int | None = None
) -> tuple[SlowPages, ...]:
    """Build all pages in ``docs`` into ``site``. Raises SiteNotBuilt for any warning.

    Returns the reasons why pages were built slowly.
    """
    inputs, store = Inputs(), OutputFolder(site).store
    pages = list(_page_tasks(docs))
    with site_build([config], RenderOptions(_EPOCH), pages, inputs, _NO_COPIES) as built:
        with gc_paused():
            built.page_builder  # noqa: B018 - computed before processes are forked that need it
        tasks = SiteTasks(inputs, built, (), (), tuple(built.tasks()), tuple(task.name for task in pages))
        build, number = Build(inputs, Cache(), lambda _path: b"", store), workers or cores()
        with (
            local_work(inputs, tasks.file_tasks, store, built.observations) as work,
            local_executor(number) as executor,
        ):
            build.run(tasks.file_tasks, Workers(executor, number), work)
        results = BuiltPages(tasks, build, store)
        paths, messages = results.finish_pages()
    if messages:
        raise SiteNotBuilt("\n".join([*messages, f"MkDocs has {len(messages)} warnings"]))
    return results.slow_pages(len(paths))


def _page_tasks(docs: Path) -> Iterator[Task]:
    """A task for each Markdown page in a folder, the home page first."""
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
