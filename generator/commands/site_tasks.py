"""Lists all tasks of a site. Only this module combines pages, exports, search and MkDocs.

Tasks read a *traced* catalog and traced settings, which record every read, so that the engine knows what a task used.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
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

# Traces contain the keys of mappings as text. These functions convert the text back to a key that is no string.
_KEY_PARSERS: dict[str, Callable[[str], Any]] = dict.fromkeys(("papers_by_added", "additions"), date.fromisoformat)


@dataclass(frozen=True)
class SiteTasks:
    """The tasks of a site. The engine runs ``value_tasks``, then ``word_tasks``, then ``file_tasks``.

    Later tasks need the values of earlier ones.

    ``page_names`` are the names of the tasks that yield pages, in the order of the pages.
    """

    inputs: Inputs
    site: SiteBuild
    value_tasks: tuple[Task, ...]
    word_tasks: tuple[Task, ...]
    file_tasks: tuple[Task, ...]
    page_names: tuple[str, ...]

    @property
    def by_stage(self) -> dict[str, tuple[Task, ...]]:
        """The tasks of each stage, by its name in the table of times."""
        return {
            "search parts, related papers": self.value_tasks,
            "search words": self.word_tasks,
            "pages, exports, index": self.file_tasks,
        }

    @property
    def all(self) -> tuple[Task, ...]:
        """All tasks."""
        return (*self.value_tasks, *self.word_tasks, *self.file_tasks)


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
    pages = [*page_tasks(catalog, settings, project.theme, inputs), *_quarantine_task(project, settings, inputs)]
    options = RenderOptions(project.epoch, project.settings.preview)
    assets = (*script_files(project.settings, project.theme), *style_files(project.settings.palette))
    with site_build(
        settings_files(project.settings_file),
        options,
        pages,
        inputs,
        MarkdownCopies(has_markdown_copy, markdown_copy),
        assets,
    ) as site:
        value_tasks = (*search.value_tasks(), related.task, *exports.value_tasks())
        file_tasks = (*site.tasks(), *search.file_tasks(), *exports.file_tasks())
        word_tasks = tuple(search.word_tasks())
        yield SiteTasks(inputs, site, value_tasks, word_tasks, file_tasks, tuple(task.name for task in pages))


def traced_catalog(inputs: Inputs, catalog: Catalog) -> Catalog:
    """Return the catalog with all its mappings traced."""
    mappings: dict[str, Any] = {
        field.name: TracedMapping(
            inputs, f"catalog {field.name}", getattr(catalog, field.name), _KEY_PARSERS.get(field.name)
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
    else:  # English has no translations, but a page must change if a translation is added
        texts = counted = TracedEmptyMapping(inputs, f"setting{SEPARATOR}words")
    settings = replace(settings, words=replace(words, texts=texts, counted=counted))
    # Interface texts are traced one by one above, so the value of ``words`` is only the language.
    values = {field.name: getattr(settings, field.name) for field in fields(settings)} | {"words": words.language}
    # A TracedRecord has the attributes of the record that it wraps.
    return cast(Settings, TracedRecord(inputs, "setting", settings, values))


def _quarantine_task(project: Project, settings: Settings, inputs: Inputs) -> Iterator[Task]:
    """Yield the task of the quarantine page, if an entry was left out."""
    if project.quarantined:
        inputs.add("quarantined", lambda: list(map(_as_texts, project.quarantined)))

        def run() -> Any:
            inputs.read("quarantined")  # the problems are not in the traced catalog, so their use is recorded here
            return quarantine_pages(project.quarantined, settings, project.theme, inputs)

        yield plain_task("page quarantine", run)


def _as_texts(problem: Problem) -> tuple[str, ...]:
    return (problem.path, str(problem.line), str(problem.column), problem.code, problem.message, problem.hint)
