"""``digest generate``: writes the Markdown pages and the data files, from which ``mkdocs build`` makes a site."""

import argparse
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from jinja2 import TemplateError

from generator.build.output import write_exactly
from generator.build.task import File
from generator.build.templates import template_fault
from generator.commands.arguments import THEME_FOLDER, add_content_option, add_folder_option
from generator.commands.destination import printable
from generator.commands.project import DOCS, Project, open_project
from generator.exports.all import all_exports
from generator.exports.root_files import sitemap_files
from generator.exports.script_words import script_files
from generator.pages.all import all_pages
from generator.search.all import search_files
from generator.site.material import style_files
from generator.site.offline import switched_off_file
from generator.site.publish import MARKER_FILE, TargetRefused, checked_target

ABOUT = "write the Markdown pages and data files, for plain MkDocs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content_option(parser)
    add_folder_option(parser, "--out", DOCS, "folder for the pages; other files in it are deleted")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    try:
        return run(arguments.content, arguments.out)
    except TemplateError as error:
        print(template_fault(error), file=sys.stderr)
        return 1


def run(content: Path, out: Path) -> int:
    """Write the pages and the data files to ``out``, and delete all other files there. Returns the exit code.

    The code is 1 if the content or the settings have errors, and 2 if ``checked_target`` refuses ``out``, for example
    because ``digest`` did not write its files. Raises TemplateError if a template is wrong.
    """
    try:
        folder = checked_target(out, sources=[content, THEME_FOLDER])
    except TargetRefused as error:
        print(printable(error), file=sys.stderr)
        return 2
    project = open_project(content)
    if project is None:
        return 1
    result = write_exactly(_files(project), folder)
    print(f"{out}: {result.written} written, {result.unchanged} unchanged, {result.deleted} deleted", file=sys.stderr)
    return 0


def _files(project: Project) -> Iterator[File]:
    """Yield all pages and data files of the project."""
    catalog, settings, theme = project.catalog, project.settings, project.theme
    pages = [*all_pages(catalog, settings, theme)]
    files = chain(
        script_files(settings, theme),
        style_files(settings.palette),
        all_exports(catalog, settings, theme),
        search_files(catalog, settings, theme),
        sitemap_files(catalog, settings, theme, [page.path for page in pages]),
    )
    yield from pages
    # A site has a Markdown copy beside each page. Here the page's source has the same path, so the copy is left out.
    yield from (file for file in files if not file.path.endswith(".md"))
    # Offline reading needs the list of the files of a built site, so it is switched off.
    yield from (switched_off_file(), MARKER_FILE)
