"""All tasks of a site. Only this module combines pages, exports, search and MkDocs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from typing import Any, cast

from generator.build.inputs import SEPARATOR, Inputs, TracedEmptyMapping, TracedMapping, TracedRecord, add_files
from generator.build.task import Task, plain_task
from generator.build.version import settings_files
from generator.commands.project import Project
from generator.exports.all import Exports
from generator.exports.markdown import has_markdown_copy, markdown_copy
from generator.exports.script_words import script_files
from generator.model.catalog import Catalog
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.pages.all import page_tasks
from generator.pages.site_info import quarantine_pages
from generator.search.all import SearchIndex
from generator.similarity.related import RelatedPapers
from generator.site.material import style_files
from generator.site.mkdocs_build import SiteBuild
from generator.site.mkdocs_site import RenderOptions, site_build
from generator.site.site_pages import MarkdownCopies

QUARANTINE = "page quarantine"
"""The task of the page for maintainers, which the sitemap leaves out."""


@dataclass(frozen=True)
class SiteTasks:
    """The tasks of a site by stage. ``page_names`` are the tasks that yield pages, in order."""

    inputs: Inputs
    site: SiteBuild
    values: tuple[Task, ...]
    files: tuple[Task, ...]
    page_names: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many tasks there are."""
        return len(self.values) + len(self.files)


@contextmanager
def site_tasks(project: Project, related_state: Callable[[], bytes | None]) -> Iterator[SiteTasks]:
    """Provide the tasks of a project's site. ``related_state`` returns the saved state of ``RelatedPapers``.

    Raises SiteNotBuilt if the configuration or a template is wrong.
    """
    inputs = Inputs()
    catalog, settings = traced_catalog(inputs, project.catalog), traced_settings(inputs, project.settings)
    add_files(inputs, project.theme)
    exports = Exports(catalog, settings, project.theme, inputs)
    search = SearchIndex(catalog, settings, project.theme, inputs)
    related = RelatedPapers(catalog, settings, inputs, related_state)
    pages = [*page_tasks(catalog, settings, project.theme, inputs), *_quarantine(project, settings, inputs)]
    options = RenderOptions(project.epoch, project.settings.preview)
    assets = (*script_files(project.settings, project.theme), *style_files(project.settings.palette))
    with site_build(
        settings_files(project.config), options, pages, inputs, MarkdownCopies(has_markdown_copy, markdown_copy), assets
    ) as site:
        # Values first: files of the second stage need them.
        values = (*search.value_tasks(), related.task, *exports.value_tasks())
        files = (*site.tasks(), *search.file_tasks(), *exports.file_tasks())
        yield SiteTasks(inputs, site, values, files, tuple(task.name for task in pages))


def traced_catalog(inputs: Inputs, catalog: Catalog) -> Catalog:
    """Return the catalog with all its mappings traced."""
    mappings: dict[str, Any] = {
        field.name: TracedMapping(
            inputs, f"catalog {field.name}", getattr(catalog, field.name), _PARSERS.get(field.name)
        )
        for field in fields(catalog)
    }
    return replace(catalog, **mappings)


def traced_settings(inputs: Inputs, settings: Settings) -> Settings:
    """Return the settings with each setting and each interface text traced."""
    words = settings.words
    texts: Mapping[str, Any]
    counted: Mapping[str, Any]
    if words.texts or words.counted:
        texts, counted = (
            TracedMapping(inputs, "text", words.texts),
            TracedMapping(inputs, "counted texts", words.counted),
        )
    else:  # English has no translations; a task that shows text depends on there being none
        texts = counted = TracedEmptyMapping(inputs, f"setting{SEPARATOR}words")
    settings = replace(settings, words=replace(words, texts=texts, counted=counted))
    # Interface texts are traced one by one above, so here only the language counts.
    values = {field.name: getattr(settings, field.name) for field in fields(settings)} | {"words": words.language}
    record = TracedRecord(inputs, "setting", settings, values)
    return cast(Settings, record)


def _quarantine(project: Project, settings: Settings, inputs: Inputs) -> Iterator[Task]:
    if project.quarantined:
        inputs.add("quarantined", lambda: list(map(_as_texts, project.quarantined)))
        make = partial(quarantine_pages, project.quarantined, settings, project.theme, inputs)

        def run() -> Any:
            # The problems are no records of the catalog, so they are a query of their own.
            inputs.read("quarantined")
            return make()

        yield plain_task(QUARANTINE, run)


def _as_texts(problem: Problem) -> tuple[str, ...]:
    return (problem.path, str(problem.line), str(problem.column), problem.code, problem.message, problem.hint)


# Traces contain the keys of mappings as text. Dates are read back from it.
_PARSERS: dict[str, Callable[[str], Any]] = dict.fromkeys(("papers_by_added", "additions"), date.fromisoformat)
