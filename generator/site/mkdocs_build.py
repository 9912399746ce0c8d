"""``mkdocs build`` as tasks of the build engine, with a fast path.

The fast path (``plain_markdown`` and ``frames``) builds pages in the form that the generator writes. MkDocs itself
builds all others, and all pages with a fault, once the paths of all pages are known. Both give the same bytes as
``mkdocs build`` of the same pages on disk; a test compares them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

# Private, so pyproject.toml excludes the next minor version of MkDocs (tests/test_private_interfaces.py).
from mkdocs.commands.build import _build_template
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File as MkDocsFile
from mkdocs.structure.nav import get_navigation

from generator.build.inputs import Inputs
from generator.build.output import write_file
from generator.build.task import File, Task, Value, Values, plain_task
from generator.build.templates import CompiledTemplates, report_faults
from generator.site.material import unused_assets
from generator.site.mkdocs_warnings import Warnings, captured_warnings, warnings_name
from generator.site.site_files import SiteFiles
from generator.site.site_pages import DEFERRED, MarkdownCopies, SitePages, folder_of, output_path
from generator.site.slow_pages import SlowPages, reasons_for_mkdocs_build

_COMPILED_TEMPLATES = CompiledTemplates()
_HOME = "index.md"
_SITEMAP = "sitemap.xml"
"""A template of MkDocs that is skipped: it lists pages for maintainers too. ``exports/root_files.py`` writes it."""
_MISSING_IN_NAV = "is included in the 'nav' configuration, which is not found"
"""Part of a message of MkDocs that is dropped: ``dead_links`` returns such entries, too."""
THEME = "theme"
"""The query of all inputs of pages besides their Markdown. ``mkdocs_site.py`` adds it."""
ASSETS = "assets"
"""The query of all files of the theme."""
_HOME_FRONT_MATTER = "front matter of the home page"
"""The query of the home page's front matter. Templates of all pages read it: it contains the theme's texts."""
_REPLACEMENTS = "files in place of the theme's"
"""The query of the files that replace the theme's."""
_PAGE_PATHS = "paths of pages"
"""The query of the paths of all pages."""


class Observations(NamedTuple):
    """What a worker noted while it built pages: the folders of all link targets, and the slow pages."""

    targets: frozenset[str]
    slow_pages: tuple[SlowPages, ...]


class SiteBuild:
    """The build of a site from ``page_tasks``, which yield Markdown. The first task yields the home page.

    ``replacements`` are files that replace the theme's; ``messages`` are MkDocs' warnings about its settings.
    """

    def __init__(
        self, config: MkDocsConfig, page_tasks: Sequence[Task], copies: MarkdownCopies, inputs: Inputs,
        replacements: Iterable[File] = (), messages: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self._config, self.page_tasks, self._copies, self._inputs = config, page_tasks, copies, inputs
        self._replacements = tuple(replacements)
        self._paths: tuple[str, ...] = ()
        self._config_messages = list(messages)
        self._early_messages = self._config_messages  # those about the navigation follow later
        inputs.add(_HOME_FRONT_MATTER, self._home_front_matter)
        inputs.add(_REPLACEMENTS, lambda: self._replacements)

    @cached_property
    def page_builder(self) -> SitePages | None:
        """The builder of single pages; None if MkDocs must build all pages together."""
        return None if reasons_for_mkdocs_build(self._config) else self._new_page_builder()

    def set_paths(self, paths: Iterable[str]) -> None:
        """Set the paths of all pages. From now on, links to other paths are dead."""
        self._add_paths(paths)
        # ``cached_property`` stores its value in ``__dict__``.
        self.__dict__["page_builder"] = self._new_page_builder(frozenset(paths))

    def tasks(self) -> list[Task]:
        """The tasks that yield pages as HTML and the files of the theme."""
        if self.page_builder is None:
            needs = tuple(dict.fromkeys(name for task in self.page_tasks for name in task.value_names))
            return [Task("site by mkdocs", self._build_all_by_mkdocs, (), needs, in_parent=True)]
        convert = self._convert_pages  # one bound method for all tasks
        wrapped = [task._replace(function=convert, arguments=(task,)) for task in self.page_tasks]
        return [plain_task("theme", self._theme_files), *wrapped]

    def observations(self) -> Observations:
        """Return the observations of this process since the last call."""
        if self.page_builder is None:
            return Observations(frozenset(), ())
        slow_pages = self.page_builder.slow_pages
        self.page_builder.reset_slow_pages()
        return Observations(self.page_builder.links.new_targets(), slow_pages)

    def finish_tasks(self, paths: Sequence[str], deferred: Iterable[str]) -> list[Task]:
        """Return tasks for the deferred pages, which only MkDocs can build, given the ``paths`` of all pages.

        ``deferred`` are the names of the values with the sources of these pages (``site_pages.DEFERRED``).
        """
        assert self.page_builder
        self._add_paths(paths)
        self.page_builder.files.pages = frozenset(paths)
        names = tuple(deferred)
        pages = [
            Task(f"mkdocs {name.removeprefix(DEFERRED)}", self._build_by_mkdocs, (name,), (name,)) for name in names
        ]
        return [Task("theme files of pages", self._more_assets, (), names, in_parent=True), *pages]

    def dead_links(self, observations: Iterable[Observations | None], paths: Iterable[str]) -> list[str]:
        """Return the folders that links and navigation entries lead to and that are not pages.

        ``paths`` are those of all pages. Shards of other stages have None in place of observations.
        """
        assert self.page_builder
        targets = self.page_builder.nav_folders.union(*(item.targets for item in observations if item))
        return sorted(targets - set(map(folder_of, paths)))

    def messages(self, warnings: Iterable[Warnings], text_of: Callable[[str], str]) -> list[str]:
        """Return MkDocs' messages about the pages that it built and about missing anchors.

        ``text_of`` returns the Markdown of a page by its path.
        """
        assert self.page_builder
        page_warnings = list(warnings)
        links = {link for warning in page_warnings for link in warning.anchor_links}
        with captured_warnings() as anchor_messages:
            ids = {}
            # Sorted, so that messages come in the same order in every build.
            for target in sorted({link.target for link in links}):
                self.page_builder.files.set_text(target, text_of(target))
                ids[target] = self.page_builder.anchor_ids(target)
            for source in dict.fromkeys(link.source for link in sorted(links) if link.anchor not in ids[link.target]):
                self.page_builder.files.set_text(source, text_of(source))
                self.page_builder.report_missing_anchors(source)
        messages = [message for warning in page_warnings for message in warning.messages]
        return [*self._early_messages, *messages, *anchor_messages]

    def _add_paths(self, paths: Iterable[str]) -> None:
        """Add the query of the paths of all pages, once they are known."""
        self._paths = tuple(paths)
        # Two steps of a build call this, and ``Inputs.add`` accepts a name once.
        if not self._inputs.has(_PAGE_PATHS):
            self._inputs.add(_PAGE_PATHS, lambda: sorted(self._paths))

    def markdown(self, value_of: Callable[[str], bytes]) -> Iterator[File]:
        """Yield the Markdown files of all pages. ``value_of(name)`` returns a value that their tasks need."""
        for task in self.page_tasks:
            yield from _files_of(task, {name: value_of(name) for name in task.value_names})

    def _convert_pages(self, task: Task, values: Values | None = None) -> Iterator[File | Value]:
        """Run a task that yields Markdown, and yield the pages as HTML."""
        assert self.page_builder
        self._inputs.read(THEME)
        self._inputs.read(_HOME_FRONT_MATTER)
        if self._paths:
            self._inputs.read(_PAGE_PATHS)
        for file in _files_of(task, values or {}):
            yield from self.page_builder.build(file)

    def _build_by_mkdocs(self, name: str, values: Values) -> Iterator[File | Value]:
        """Build the page whose source is the value ``name``, and yield its HTML and MkDocs' warnings."""
        assert self.page_builder
        self._inputs.read(THEME)
        self._inputs.read(_HOME_FRONT_MATTER)
        self._inputs.read(_PAGE_PATHS)
        path = name.removeprefix(DEFERRED)
        try:
            with captured_warnings() as messages:
                html, anchor_links = self.page_builder.build_by_mkdocs(path, values[name].decode())
        except BuildError as error:
            raise Abort(f"Aborted with a BuildError: {error}") from error
        yield File(output_path(path), html)
        yield Value(warnings_name(path), Warnings(tuple(messages), tuple(sorted(anchor_links))).encoded())

    def _theme_files(self) -> Iterator[File | Value]:
        """Yield the files of the theme."""
        assert self.page_builder
        self._inputs.read(THEME)
        self._inputs.read(_HOME_FRONT_MATTER)
        self._inputs.read(ASSETS)
        self._inputs.read(_REPLACEMENTS)
        replaced_paths = {file.path for file in self._replacements}
        with captured_warnings() as messages:
            rendered = []
            # Sorted: the order of a set differs between runs.
            for name in sorted(self._config.theme.static_templates - {_SITEMAP}):
                template = self.page_builder.env.get_template(name)
                text = _build_template(name, template, self.page_builder.files, self._config, self.page_builder.nav)
                rendered.append(text)
                # MkDocs writes no file for a template without output.
                if text.strip():
                    yield File(name, text.encode("utf-8"))
        files, unused = self._assets(rendered)
        skipped = {*unused, *replaced_paths}
        yield from (File(path, file.content_bytes) for path, file in files.items() if path not in skipped)
        yield from self._replacements
        yield Value(warnings_name(THEME), Warnings(tuple(messages)).encoded())

    def _more_assets(self, values: Values) -> Iterator[File]:
        """Yield the assets of the base theme that only pages built by MkDocs use, such as hand-written pages.

        ``values`` are the sources of these pages.
        """
        self._inputs.read(THEME)
        self._inputs.read(ASSETS)
        self._inputs.read(_REPLACEMENTS)
        # Most pages name no asset. To search them all for the names of assets would take long.
        sources = [source.decode() for source in values.values() if b"assets/" in source]
        files, unused = self._assets(())
        if sources:
            _, still_unused = self._assets(sources)
            yield from (File(path, files[path].content_bytes) for path in sorted(unused - still_unused))

    def _assets(self, texts: Iterable[str]) -> tuple[dict[str, MkDocsFile], frozenset[str]]:
        """Return the files of the theme by path, and the paths of the base theme's assets that are not used.

        An asset is used if a template, a file of the project's theme, or one of ``texts`` contains its path.
        """
        assert self.page_builder
        custom = self._config.theme.custom_dir
        files = {file.dest_uri: file for file in self.page_builder.files if not file.is_documentation_page()}
        base_assets = {path: Path(file.abs_src_path or "") for path, file in files.items() if file.src_dir != custom}
        return files, unused_assets(base_assets, Path(custom) if custom else None, texts)

    def _home_front_matter(self) -> str:
        home = self.page_builder.nav.homepage if self.page_builder else None
        return repr(home.meta) if home else ""

    def _new_page_builder(self, pages: frozenset[str] | None = None) -> SitePages:
        """Prepare the page builder: the navigation and the files of the theme. ``pages`` are the paths of all pages."""
        config = self._config
        files = SiteFiles(config, pages)
        env = config.theme.get_env()
        env.bytecode_cache = _COMPILED_TEMPLATES
        report_faults(env)
        files.add_theme(env, config)
        with captured_warnings() as messages:
            nav = get_navigation(files, config)
        self._early_messages = [
            *self._config_messages, *(message for message in messages if _MISSING_IN_NAV not in message)
        ]  # fmt: skip
        if nav.homepage:
            # Not recorded: every page reads the front matter through the query ``_HOME_FRONT_MATTER``.
            home = self._inputs.unrecorded(lambda: next(_files_of(self.page_tasks[0], {})))
            files.set_text(_HOME, home.text)
            nav.homepage.read_source(config)  # sets the front matter, from which all templates read the theme's texts
        return SitePages(config, files, nav, env, self._copies)

    def _build_all_by_mkdocs(self, values: Values) -> Iterator[File | Value]:
        """Build the whole site with MkDocs, which reads pages from a folder and deletes the contents of another."""
        config = self._config
        self._inputs.read(THEME)
        self._inputs.read(ASSETS)
        self._inputs.read(_REPLACEMENTS)
        sources = list(self.markdown(values.__getitem__))
        with TemporaryDirectory() as folder, captured_warnings() as messages:
            config.docs_dir, config.site_dir = f"{folder}/docs", f"{folder}/site"
            for source in sources:
                write_file(config.docs_dir, source.path, source.data)
            try:
                mkdocs_build(config)
            except Exception as error:  # a plugin may raise anything
                reason = "; ".join(messages[-3:]) or f"{type(error).__name__}: {error}"
                raise Abort(f"a plugin or MkDocs stopped: {reason}") from error
            replaced_paths = {file.path for file in self._replacements}
            for path in sorted(Path(config.site_dir).rglob("*")):
                name = path.relative_to(config.site_dir).as_posix()
                if path.is_file() and name not in replaced_paths and not name.startswith(_SITEMAP):
                    yield File(name, path.read_bytes())
        yield from self._replacements
        yield from (self._copies.copy_of(page.path, page.text) for page in sources if self._copies.has(page.path))
        self._paths = tuple(source.path for source in sources)
        yield Value(warnings_name(THEME), Warnings(tuple(messages)).encoded())
        yield Value(_PAGE_PATHS, msgspec.msgpack.encode(self._paths))

    def all_paths(self, value_of: Callable[[str], bytes]) -> list[str]:
        """Return the paths of all pages of a site that MkDocs built as a whole. ``value_of(name)`` returns a value."""
        return msgspec.msgpack.decode(value_of(_PAGE_PATHS), type=list[str])

    def slow_reasons(self, pages: int) -> tuple[SlowPages, ...]:
        """Return the first reason why MkDocs builds all ``pages`` pages together."""
        return tuple(SlowPages(reason, pages) for reason in reasons_for_mkdocs_build(self._config)[:1])


def _files_of(task: Task, values: Values) -> Iterator[File]:
    """Run a task that yields only files."""
    for item in task.run(values):
        assert isinstance(item, File)
        yield item
