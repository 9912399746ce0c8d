"""Arguments of the commands that read foreign sources; they stand apart, since to know all importers takes a while."""

import argparse
from pathlib import Path

from generator.importers.kinds import IMPORTERS
from generator.importers.listing import REPAIRS
from generator.importers.raw_paper import Options


def add_sources(parser: argparse.ArgumentParser, number: str = "+") -> None:
    """The source files, ``number`` of them as argparse counts, and what a person tells about them."""
    parser.add_argument("files", nargs=number, type=Path, metavar="FILE", help="file to read")
    parser.add_argument(
        "--kind", choices=[importer.NAME for importer in IMPORTERS], help="kind of the file (default: detected)"
    )
    parser.add_argument("--origin", default="", help="name of the source in entries (default: from the file's name)")
    parser.add_argument("--year", type=int, help="year of dates without one")
    parser.add_argument("--added", metavar="DATE", help="date of addition for papers without one")
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        choices=REPAIRS,
        help="do not repair this kind of damage; may be repeated",
    )


def options(arguments: argparse.Namespace) -> Options:
    """The options for importers that the arguments of ``add_sources`` give."""
    return Options(
        origin=arguments.origin,
        year=arguments.year,
        added=arguments.added,
        keep=frozenset(arguments.keep),
        abstract=getattr(arguments, "abstract", False),
    )
