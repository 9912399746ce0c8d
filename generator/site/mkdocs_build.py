"""What ``mkdocs build`` does, as tasks of the build engine, by a short way where there is one.

The short way is for pages as the generator writes them: ``plain_markdown`` and ``frames``. All others, and all that
have a fault, take MkDocs' own steps once all other pages are known. Either way the bytes are those of plain ``mkdocs
build`` of the same pages on disk, against which a test holds them.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec
from mkdocs.commands.build import _build_template
from mkdocs.commands.build import build as build_plainly
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File as MkDocsFile
from mkdocs.structure.nav import get_navigation

from generator.build.inputs import Inputs
from generator.build.output import write_file
from generator.build.task import File, Task, Value, Values, plain_task
from generator.build.templates import CompiledTemplates
from generator.site.joined_pages import joining
from generator.site.site_files import SiteFiles
from generator.site.site_pages import DEFERRED, Asked, SitePages, Twins, place_of, written_at
from generator.site.slow_pages import Slow
from generator.site.theme_assets import unused_assets

_COMPILED = CompiledTemplates()
_HOME = "index.md"
_SITEMAP = "sitemap.xml"
"""The theme's own is empty: ``exports/sitemap.py`` writes it."""
_WARNINGS = "warnings of "
_DEAD_IN_NAV = "is included in the 'nav' configuration, which is not found"  # found with its line elsewhere
THEME = "theme"
"""The query of all that pages depend on besides their Markdown; ``mkdocs_site.py`` adds it."""
ASSETS = "assets"
"""The query of all files of the theme."""
_HOME_DATA = "front matter of the home page"
"""The query of what every page finds there, such as the theme's texts in the site's language."""
_OWN = "files in place of the theme's"
"""The query of these files."""
_PAGES = "paths of pages"
"""The query of the paths of all pages."""


class Notes(NamedTuple):
    """What a worker saw while it built pages: the folders to which links lead, and the pages that took long."""

    targets: frozenset[str]
    slow: tuple[Slow, ...]


class Warnings(NamedTuple):
    """What MkDocs said of a page that it built, and the anchors elsewhere that the page links to."""

    messages: tuple[str, ...]
    asked: tuple[Asked, ...]


class SiteBuild:
    """A site being built from ``page_tasks``, which yield Markdown; the home page is in the first.

    ``own`` are files that take the place of the theme's, ``messages`` what MkDocs warned of in its settings.
    """

    def __init__(
        self, config: MkDocsConfig, page_tasks: Sequence[Task], twins: Twins, inputs: Inputs,
        own: Iterable[File] = (), messages: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self._config, self.page_tasks, self._twins, self._inputs = config, page_tasks, twins, inputs
        self._own = tuple(own)
        self._paths: tuple[str, ...] = ()
        self._early_messages = self._config_messages = list(messages)
        inputs.add(_HOME_DATA, self._home_data)
        inputs.add(_OWN, lambda: self._own)

    @cached_property
    def site(self) -> SitePages | None:
        """What builds pages each by itself; None if MkDocs must build them all together."""
        return None if joining(self._config) else self._prepared()

    def prepare_again(self, paths: Iterable[str]) -> None:
        """Know from now on which pages there are, so that links to others are dead."""
        self._add_paths(paths)
        self.__dict__["site"] = self._prepared(frozenset(paths))

    def tasks(self) -> list[Task]:
        """The pages as HTML, and what the theme brings along."""
        if self.site is None:
            needs = tuple(dict.fromkeys(name for task in self.page_tasks for name in task.needs))
            return [Task("site by mkdocs", self._all_by_mkdocs, needs, in_parent=True)]
        wrapped = [task._replace(run=partial(self._built, task)) for task in self.page_tasks]
        return [plain_task("theme", self._theme_files), *wrapped]

    def notes(self) -> Notes:
        """What this process saw since the last call."""
        if self.site is None:
            return Notes(frozenset(), ())
        targets, slow = frozenset(self.site.links.asked), self.site.slow
        self.site.links.asked.clear()
        self.site.forget_slow()
        return Notes(targets, slow)

    def finish_tasks(self, paths: Sequence[str], deferred: Iterable[str]) -> list[Task]:
        """The pages that only MkDocs can build, now that the ``paths`` of all pages are known.

        ``deferred`` are the names of the values that hold their sources.
        """
        assert self.site
        self._add_paths(paths)
        self.site.files.pages = frozenset(paths)
        names = tuple(deferred)
        pages = [
            Task(f"mkdocs {name.removeprefix(DEFERRED)}", partial(self._by_mkdocs, name), (name,)) for name in names
        ]
        return [Task("theme files of pages", self._more_assets, names, in_parent=True), *pages]

    def dead_links(self, notes: Iterable[Notes], paths: Iterable[str]) -> list[str]:
        """The places without a page to which links of pages or of the navigation lead."""
        assert self.site
        targets = self.site.nav_places.union(*(note.targets for note in notes if note))
        return sorted(targets - set(map(place_of, paths)))

    def messages(self, warnings: Iterable[Warnings], text_of: Callable[[str], str]) -> list[str]:
        """What MkDocs says of the pages that it built and of the anchors that they link to.

        ``text_of`` gives the Markdown of a page by its path.
        """
        assert self.site
        found = list(warnings)
        asked = {link for one in found for link in one.asked}
        with captured() as missing:
            ids = {}
            for target in sorted({link.target for link in asked}):
                self.site.files.tell(target, text_of(target))
                ids[target] = self.site.ids(target)
            for source in dict.fromkeys(link.source for link in sorted(asked) if link.anchor not in ids[link.target]):
                self.site.files.tell(source, text_of(source))
                self.site.complain(source)
        return [*self._early_messages, *(message for one in found for message in one.messages), *missing]

    def _add_paths(self, paths: Iterable[str]) -> None:
        """Add the query of the paths of all pages, which are known only now."""
        self._paths = tuple(paths)
        if not self._inputs.has(_PAGES):
            self._inputs.add(_PAGES, lambda: sorted(self._paths))

    def markdown(self, values: Callable[[str], bytes]) -> Iterator[File]:
        """The Markdown of all pages. ``values`` gives what their tasks need."""
        for task in self.page_tasks:
            yield from _files_of(task, {name: values(name) for name in task.needs})

    def _built(self, task: Task, values: Values) -> Iterator[File | Value]:
        assert self.site
        self._inputs.read(THEME)
        self._inputs.read(_HOME_DATA)
        if self._paths:
            self._inputs.read(_PAGES)
        for source in _files_of(task, values):
            yield from self.site.build(source)

    def _by_mkdocs(self, name: str, values: Values) -> Iterator[File | Value]:
        assert self.site
        self._inputs.read(THEME)
        self._inputs.read(_HOME_DATA)
        self._inputs.read(_PAGES)
        path = name.removeprefix(DEFERRED)
        try:
            with captured() as messages:
                data, asked = self.site.build_by_mkdocs(path, values[name].decode())
        except BuildError as error:
            raise Abort(f"Aborted with a BuildError: {error}") from error
        yield File(written_at(path), data)
        yield Value(warnings_name(path), _encode(Warnings(tuple(messages), tuple(sorted(asked)))))

    def _theme_files(self) -> Iterator[File | Value]:
        """What the theme brings along."""
        assert self.site
        self._inputs.read(THEME)
        self._inputs.read(_HOME_DATA)
        self._inputs.read(ASSETS)
        self._inputs.read(_OWN)
        own = {file.path for file in self._own}
        with captured() as messages:
            rendered = []
            for name in sorted(self._config.theme.static_templates - {_SITEMAP}):
                template = self.site.env.get_template(name)
                text = _build_template(name, template, self.site.files, self._config, self.site.nav)
                rendered.append(text)
                if text.strip():
                    yield File(name, text.encode("utf-8"))
        files, unused = self._assets(rendered)
        yield from (File(path, file.content_bytes) for path, file in files.items() if path not in {*unused, *own})
        yield from self._own
        yield Value(warnings_name(THEME), _encode(Warnings(tuple(messages), ())))

    def _more_assets(self, values: Values) -> Iterator[File]:
        """Files of the base theme that only pages ask for which MkDocs builds, such as those written by hand."""
        self._inputs.read(THEME)
        self._inputs.read(ASSETS)
        self._inputs.read(_OWN)
        texts = [data.decode() for data in values.values() if b"assets/" in data]
        files, unused = self._assets(())
        if texts:
            _, still_unused = self._assets(texts)
            yield from (File(path, files[path].content_bytes) for path in sorted(unused - still_unused))

    def _assets(self, texts: Iterable[str]) -> tuple[dict[str, MkDocsFile], frozenset[str]]:
        """The files of the theme by path, and those of its base that neither the project's own nor ``texts`` need."""
        assert self.site
        custom = self._config.theme.custom_dir
        files = {file.dest_uri: file for file in self.site.files if not file.is_documentation_page()}
        theirs = {path: Path(file.abs_src_path or "") for path, file in files.items() if file.src_dir != custom}
        return files, unused_assets(theirs, Path(custom) if custom else None, texts)

    def _home_data(self) -> str:
        home = self.site.nav.homepage if self.site else None
        return repr(home.meta) if home else ""

    def _prepared(self, pages: frozenset[str] | None = None) -> SitePages:
        """What stands before the pages: the navigation, and the files of the theme."""
        config = self._config
        files = SiteFiles(config, pages)
        env = config.theme.get_env()
        env.bytecode_cache = _COMPILED
        files.add_theme(env, config)
        with captured() as messages:
            nav = get_navigation(files, config)
        self._early_messages = [
            *self._config_messages, *(message for message in messages if _DEAD_IN_NAV not in message)
        ]  # fmt: skip
        if nav.homepage:
            home = self._inputs.unrecorded(lambda: next(_files_of(self.page_tasks[0], {})))
            files.tell(_HOME, home.text)
            nav.homepage.read_source(config)  # every page finds the theme's words there
        return SitePages(config, files, nav, env, self._twins)

    def _all_by_mkdocs(self, values: Values) -> Iterator[File | Value]:
        """MkDocs reads its pages from disk, and empties the folder into which it builds."""
        config = self._config
        self._inputs.read(THEME)
        self._inputs.read(ASSETS)
        self._inputs.read(_OWN)
        sources = list(self.markdown(values.__getitem__))
        with TemporaryDirectory() as folder, captured() as messages:
            config.docs_dir, config.site_dir = f"{folder}/docs", f"{folder}/site"
            for source in sources:
                write_file(config.docs_dir, source.path, source.data)
            try:
                build_plainly(config)
            except Exception as error:
                told = "; ".join(messages[-3:]) or f"{type(error).__name__}: {error}"
                raise Abort(f"a plugin or MkDocs stopped: {told}") from error
            own = {file.path for file in self._own}
            for path in sorted(Path(config.site_dir).rglob("*")):
                name = path.relative_to(config.site_dir).as_posix()
                if path.is_file() and name not in own and not name.startswith(_SITEMAP):
                    yield File(name, path.read_bytes())
        yield from self._own
        yield from (self._twins.page(one.path, one.text) for one in sources if self._twins.has(one.path))
        self._paths = tuple(source.path for source in sources)
        yield Value(warnings_name(THEME), _encode(Warnings(tuple(messages), ())))
        yield Value(_PAGES, _encode(self._paths))

    def all_paths(self, value: Callable[[str], bytes]) -> list[str]:
        """The paths of all pages of a site that MkDocs built by itself."""
        return msgspec.msgpack.decode(value(_PAGES), type=list[str])

    def slow_reasons(self, pages: int) -> tuple[Slow, ...]:
        """Why MkDocs builds all pages by itself."""
        return tuple(Slow(reason, pages) for reason in joining(self._config)[:1])


def warnings_name(path: str) -> str:
    """The name of the value that holds what MkDocs said of a page."""
    return f"{_WARNINGS}{path}"


def decoded_warnings(data: bytes) -> Warnings:
    """What is in such a value."""
    return _decode(data)


def _files_of(task: Task, values: Values) -> Iterator[File]:
    for item in task.run(values):
        assert isinstance(item, File)
        yield item


class _Messages(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())


@contextmanager
def captured() -> Iterator[list[str]]:
    """What MkDocs warns of meanwhile."""
    messages: list[str] = []
    handler, logger = _Messages(messages), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Warnings).decode
