"""The list of exports, which are files beside the pages. A new kind is a module and a line here.

Files that depend on all pages are not in the list: the sitemap, ``offline.json`` and the search index.
"""

from collections.abc import Iterator
from pathlib import Path

from generator.build.inputs import Inputs
from generator.build.task import File, Task, Value, plain_task
from generator.exports.all_papers import all_papers_tasks, block_tasks
from generator.exports.bibliographies import bibliography_files, citation_files
from generator.exports.cards import Cards
from generator.exports.data import api_tasks, record_file
from generator.exports.feed_files import FeedFiles, WeeklyFeed
from generator.exports.listings import Listings
from generator.exports.markdown import MarkdownWriter
from generator.exports.paper_texts import PaperTexts
from generator.exports.recent import RecentPapers
from generator.exports.redirects import Redirects
from generator.exports.root_files import manifest_file, opml_file, robots_file
from generator.model.catalog import Catalog
from generator.model.settings import Settings


class Exports:
    """The exports of one catalog, except those of search."""

    def __init__(self, catalog: Catalog, settings: Settings, theme: Path, inputs: Inputs) -> None:
        self._catalog, self._settings, self._theme, self._inputs = catalog, settings, theme, inputs
        self._texts = PaperTexts(catalog, settings, theme, inputs)
        self._cards = Cards(catalog, settings, theme, inputs)

    def value_tasks(self) -> Iterator[Task]:
        """Yield the tasks whose values the tasks of ``file_tasks`` need."""
        yield from block_tasks(self._texts)

    def file_tasks(self) -> Iterator[Task]:
        """Yield a task for each file or small group of files. The same catalog gives the same tasks, in order."""
        texts = self._texts
        lists = Listings(self._catalog, self._settings, self._inputs)
        markdown, feeds, redirects = MarkdownWriter(texts), FeedFiles(texts, lists), Redirects(texts)
        yield from all_papers_tasks(texts)
        for site_path in lists.site_paths:
            yield plain_task(f"feed {site_path}", feeds.list_feeds, site_path)
            if site_path:  # not for the whole digest, whose bibliographies ``all_papers_tasks`` joins from blocks
                yield plain_task(f"bibliography {site_path}", bibliography_files, texts, lists, site_path)
        for paper_id in self._catalog.papers:
            # Two tasks: a changed text of the digest leaves the citations up to date.
            yield plain_task(f"citations {paper_id}", citation_files, texts, paper_id)
            yield plain_task(f"texts {paper_id}", _paper_files, texts, markdown, paper_id)
        yield from self._cards.tasks()
        yield from api_tasks(self._catalog, self._settings, self._theme, self._inputs)
        yield plain_task("feed corrections", feeds.corrections_feed)
        yield plain_task("feed weekly", WeeklyFeed(texts, feeds).file)
        yield from redirects.tasks()
        for path in self._catalog.files:
            yield plain_task(f"file {path}", _static_file, self._catalog, path)
        yield plain_task("llms.txt", lambda: [markdown.llms()])
        yield plain_task("feeds.opml", lambda: [opml_file(self._settings, self._theme, lists, self._inputs)])
        yield plain_task("robots.txt", lambda: [robots_file(self._settings)])
        yield plain_task("recent.json", RecentPapers(self._catalog, self._inputs).file)
        yield plain_task("manifest", lambda: [manifest_file(self._settings, self._theme, self._inputs)])


def all_exports(catalog: Catalog, settings: Settings, theme: Path) -> Iterator[File]:
    """Yield every export except those of search, in the order of the tasks."""
    exports = Exports(catalog, settings, theme, Inputs())
    values = {
        item.name: item.data for task in exports.value_tasks() for item in task.run({}) if isinstance(item, Value)
    }
    for task in exports.file_tasks():
        for item in task.run({name: values[name] for name in task.value_names}):
            assert isinstance(item, File)  # values come from the tasks above only
            yield item


def _paper_files(texts: PaperTexts, markdown: MarkdownWriter, paper_id: str) -> Iterator[File]:
    yield record_file(texts, paper_id)
    yield markdown.paper_copy(paper_id)


def _static_file(catalog: Catalog, path: str) -> list[File]:
    """A file beside hand-written pages, such as an image, unchanged."""
    return [File(path, catalog.files[path].data)]
