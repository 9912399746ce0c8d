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

_SUFFIX = ".md"


def source_paths(folder: str) -> Iterator[str]:
    """Yield the paths of all files in a folder, relative to it and sorted within each folder.

    Hidden files and folders are skipped, as in MkDocs.
    """
    pending = [""]
    while pending:
        subfolder = pending.pop()
        # An entry of ``scandir`` says whether it is a folder without a further system call.
        with os.scandir(f"{folder}/{subfolder}") as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    pending.append(f"{subfolder}{entry.name}/")
                else:
                    yield f"{subfolder}{entry.name}"


class SiteFiles(Files):
    """The files of a site. File objects of pages are created when MkDocs looks them up.

    ``pages`` are the paths of the sources of all pages; None means that any page exists. A page is empty until
    ``set_text`` is called.
    """

    def __init__(self, config: MkDocsConfig, pages: Collection[str] | None) -> None:
        self._config = config
        self.pages = pages
        # Empty: pages are added on lookup, files of the theme by ``add_theme``.
        super().__init__(())

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at ``path``. The first lookup of a page creates it."""
        file = super().get_file_from_path(path)
        if file is None and path.endswith(_SUFFIX) and (self.pages is None or path in self.pages):
            file = self._new_page_file(path)
            self.append(file)
        return file

    def set_text(self, path: str, text: str) -> None:
        """Set the source of the page at ``path``: its front matter and Markdown."""
        file = self.get_file_from_path(path)
        assert file
        file.content_string = text

    def text(self, path: str) -> str:
        """Return the source of the page at ``path``."""
        file = self.get_file_from_path(path)
        assert file
        return file.content_string

    def page(self, path: str) -> Page:
        """Return MkDocs' object of the page at ``path``."""
        file = self.get_file_from_path(path)
        assert file
        # The constructor of a page adds itself to its file.
        if file.page is None:
            Page(None, file, self._config)
        assert file.page
        return file.page

    def add_theme(self, env: jinja2.Environment, config: MkDocsConfig) -> None:
        """Add the files of the theme, without the 14,000 hidden icons of Material that MkDocs would list too."""
        self.add_files_from_theme(_VisibleFiles(env, config.theme.dirs), config)

    def _new_page_file(self, path: str) -> File:
        """Make the file of a page, which has no source on disk."""
        included = InclusionLevel.INCLUDED
        file = File(path, None, self._config.site_dir, self._config.use_directory_urls, inclusion=included)
        file.content_string = ""
        return file


class _VisibleFiles(jinja2.Environment):
    """A theme's environment that lists the theme's files without hidden ones."""

    def __init__(self, env: jinja2.Environment, folders: Sequence[str]) -> None:
        super().__init__(loader=env.loader)
        self._folders = folders

    def list_templates(self, _extensions: object = None, filter_func: Callable[[str], bool] | None = None) -> list[str]:
        # A set, since a file of the project's theme has the path of the base theme's file that it replaces.
        paths = {path for folder in self._folders if Path(folder).is_dir() for path in source_paths(folder)}
        return sorted(path for path in paths if filter_func is None or filter_func(path))
