"""A whole site in an empty folder: its parts are made at the same time, each in a process of its own.

A part writes files that no other part writes, and is given the catalogue alone. What needs them all comes last.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from generator.commands.project import Project
from generator.commands.stages import Stage, Stages
from generator.exports.all import all_exports
from generator.exports.cards import card_files
from generator.exports.script_words import script_files
from generator.exports.search_records import search_records
from generator.exports.sitemap import sitemap_files
from generator.exports.twins import twins
from generator.model.page import Page
from generator.output.files import add_files, write_pages
from generator.output.kept import Kept, Record, read_state
from generator.output.mkdocs_site import SiteNotBuilt, build_site
from generator.output.offline import offline_file
from generator.output.pagefind_index import index_files
from generator.output.verify import faults_of
from generator.output.version import version_of
from generator.pages.all import all_pages
from generator.pages.quarantine import quarantine_pages
from generator.processes import cores, together

INDEX = "pagefind"


class Made(NamedTuple):
    """What a part reports: its stages, the files that may serve the next build, its pages, and the papers indexed."""

    stages: tuple[Stage, ...]
    kept: Record
    pages: tuple[str, ...] = ()
    indexed: int = 0


class Built(NamedTuple):
    """How many pages of each kind a site has, and the record of what was made from what."""

    pages: Counter[str]
    record: Record


class Assembly(NamedTuple):
    """What all parts need: the project, the folders of Markdown and of the site, and what the last build left."""

    project: Project
    docs: Path
    site: Path
    before: Path
    kept: Kept
    strict: bool

    def pages(self) -> Made:
        """The pages as Markdown, then as HTML, with their twins and the sitemap."""
        stages, project = Stages(), self.project
        everything = project.catalog, project.settings, project.theme
        public: list[str] = []
        hidden: list[str] = []
        with stages.timed("pages"):
            others = quarantine_pages(project.quarantined, project.settings, project.theme)
            scripts = script_files(project.settings, project.theme)  # MkDocs prefers them to the theme's own
            pages = chain(_noted(all_pages(*everything), public), _noted(others, hidden), scripts)
            write_pages(pages, self.docs)
        with stages.timed("mkdocs"):
            preview = project.settings.preview
            build_site(
                project.config, self.docs, self.site, self.kept,
                strict=self.strict, epoch=project.epoch, preview=preview,
            )  # fmt: skip
        with stages.timed("twins"):
            add_files(twins(_read(public, self.docs)), self.site, self.before)
            add_files(sitemap_files(*everything, public), self.site, self.before)
        return Made(tuple(stages.done), self.kept.made, pages=(*public, *hidden))

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
    """Build the whole site into the empty folder ``site``.

    What ``before``, the site in place, holds as it will be again is not made again but linked.
    Raises SiteNotBuilt, IndexNotBuilt, Killed and OSError.
    """
    version = version_of(project.theme, project.config, strict, project.settings.preview)
    kept = Kept(before, site, read_state(before).record, version)
    parts = Assembly(project, docs, site, before, kept, strict)
    shares = cores()
    tasks: list[Callable[[], Made]] = [parts.pages, parts.exports]  # the longest first
    tasks += [partial(parts.cards, which, shares) for which in range(shares)]
    made = together([*tasks, parts.search], shares, stages.progress.advance)
    for part in made:
        stages.done += part.stages
    pages = [path for part in made for path in part.pages]
    with stages.timed("verify"):
        megabytes = 0 if project.settings.preview else project.settings.offline_megabytes
        add_files([offline_file(site, project.theme, megabytes)], site, before)
        if faults := faults_of(site, pages, sum(part.indexed for part in made), INDEX):
            raise SiteNotBuilt("; ".join(faults[:5]))
    record = {path: held for part in made for path, held in part.kept.items()}
    return Built(Counter(path.partition("/")[0].removesuffix(".md") for path in pages), record)


def _noted(pages: Iterable[Page], paths: list[str]) -> Iterator[Page]:
    """``pages``, whose paths are put on the list as they pass: of a hundred thousand only one is held at a time."""
    for page in pages:
        paths.append(page.path)
        yield page


def _read(paths: Iterable[str], folder: Path) -> Iterator[Page]:
    for path in paths:
        yield Page(path=path, text=(folder / path).read_text("utf-8"))
