"""MkDocs' file objects, created on demand: most pages never need one.

MkDocs' objects for a hundred thousand pages take a gigabyte; their paths take a few megabytes.
"""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

_PAGE = ".md"


def source_paths(folder: str) -> Iterator[str]:
    """Yield the relative paths of all files in a folder, sorted per folder. Hidden ones are skipped, as in MkDocs."""
    pending = [""]
    while pending:
        below = pending.pop()
        # ``scandir`` tells folders from files without a system call for each entry.
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    pending.append(f"{below}{entry.name}/")
                else:
                    yield f"{below}{entry.name}"


class SiteFiles(Files):
    """The files of a site. Page objects are created when MkDocs looks them up.

    ``pages`` are the paths of all pages; if None, every page exists. A page is empty until ``set_text`` is called.
    """

    def __init__(self, config: MkDocsConfig, pages: Collection[str] | None) -> None:
        self._config = config
        self.pages = pages
        # Empty: pages are added on lookup, files of the theme by ``add_theme``.
        super().__init__(())

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at ``path``; create it on the first lookup of a page."""
        file = super().get_file_from_path(path)
        if file is None and path.endswith(_PAGE) and (self.pages is None or path in self.pages):
            file = self._make_page(path)
            self.append(file)
        return file

    def set_text(self, path: str, text: str) -> None:
        """Set the text of the page at ``path``."""
        file = self.get_file_from_path(path)
        assert file
        file.content_string = text

    def text(self, path: str) -> str:
        """Return the text of the page at ``path``."""
        file = self.get_file_from_path(path)
        assert file
        return file.content_string

    def page(self, path: str) -> Page:
        """The page whose source is at ``path``."""
        file = self.get_file_from_path(path)
        assert file
        # The constructor of a page adds itself to its file.
        if file.page is None:
            Page(None, file, self._config)
        assert file.page
        return file.page

    def add_theme(self, env: jinja2.Environment, config: MkDocsConfig) -> None:
        """Add the files of the theme, without the 14,000 hidden icons of Material that MkDocs would list too."""
        self.add_files_from_theme(_Listed(env, config.theme.dirs), config)

    def _make_page(self, path: str) -> File:
        included = InclusionLevel.INCLUDED
        file = File(path, None, self._config.site_dir, self._config.use_directory_urls, inclusion=included)
        file.content_string = ""
        return file


class _Listed(jinja2.Environment):
    """A theme's environment that lists the theme's files without hidden folders."""

    def __init__(self, env: jinja2.Environment, folders: Sequence[str]) -> None:
        super().__init__(loader=env.loader)
        self._folders = folders

    def list_templates(self, _extensions: object = None, filter_func: Callable[[str], bool] | None = None) -> list[str]:
        # A set: a file of the project's theme has the path of the one that it replaces.
        paths = {path for folder in self._folders if Path(folder).is_dir() for path in source_paths(folder)}
        return sorted(path for path in paths if filter_func is None or filter_func(path))
