"""``digest generate``: the Markdown pages, and the files that stand beside them."""

import argparse
import sys
from itertools import chain
from pathlib import Path

from jinja2 import TemplateError

from generator.commands.arguments import add_content
from generator.commands.project import DOCS, open_project
from generator.build.templates import what_is_wrong
from generator.exports.all import all_exports
from generator.exports.cards import card_files
from generator.exports.script_words import script_files
from generator.exports.search_files import search_files
from generator.search.records import search_records
from generator.exports.sitemap import sitemap_files
from generator.model.page import Draft, Page, Picture
from generator.site.files import write_pages
from generator.site.offline import switched_off
from generator.pages.all import all_pages

_OWN = Page(path=".digest", text="`digest generate` writes this folder, and takes out of it whatever else it finds.\n")
"""Tells a folder that may be emptied from all others. MkDocs passes over it."""

ABOUT = "write the Markdown pages and the files that stand beside them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content(parser)
    parser.add_argument(
        "--out", type=Path, default=DOCS, metavar="DIR", help=f"where to write, and nothing else is (default: {DOCS})"
    )


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    try:
        return run(arguments.content, arguments.out)
    except TemplateError as error:
        print(what_is_wrong(error), file=sys.stderr)
        return 1


def run(content: Path, out: Path) -> int:
    """Write the pages into ``out``, which then holds them and nothing else.

    Returns 1 if the content has errors, and 2 if there are files in ``out`` that something else wrote. Raises
    TemplateError if a template is wrong.
    """
    if out != DOCS and out.is_dir() and any(out.iterdir()) and not (out / _OWN.path).is_file():
        print(
            f"{out} holds other files, and would be emptied of them: name a folder for the pages alone", file=sys.stderr
        )
        return 2
    project = open_project(content)
    if project is None:
        return 1
    everything = project.catalog, project.settings, project.theme
    pages: list[Draft | Page | Picture] = [*all_pages(*everything)]
    files = chain(
        script_files(project.settings, project.theme),
        all_exports(*everything),
        search_files(project.catalog, project.settings, search_records(project.catalog, project.settings)),
        sitemap_files(*everything, [page.path for page in pages]),
    )
    # What browsers keep is a list of built files, so without a build they keep nothing.
    # The Markdown twin of a page has the name of the page's source, so only a built site can hold it.
    beside = (file for file in files if not file.path.endswith(".md"))
    cards = card_files(project.catalog.papers.values(), *everything)
    done = write_pages(chain(pages, beside, cards, [switched_off(), _OWN]), out)
    print(f"{out}: {done.written} written, {done.unchanged} unchanged, {done.deleted} deleted", file=sys.stderr)
    return 0
