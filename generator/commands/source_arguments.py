"""Arguments of the commands that read foreign sources; they stand apart, since to know all importers takes a while."""

import argparse
from pathlib import Path

from generator.importers.kinds import IMPORTERS
from generator.importers.listing import REPAIRS
from generator.importers.raw_paper import Options


def add_sources(parser: argparse.ArgumentParser, number: str = "+") -> None:
    """The source files, ``number`` of them as argparse counts, and what a person tells about them."""
    parser.add_argument("files", nargs=number, type=Path, metavar="FILE", help="a source file")
    parser.add_argument("--kind", choices=[importer.NAME for importer in IMPORTERS], help="do not guess the kind")
    parser.add_argument("--origin", default="", help="how entries name their source (default: from the file's name)")
    parser.add_argument("--year", type=int, help="the year of dates that have none")
    parser.add_argument("--added", metavar="DATE", help="the day on which papers without a date were taken in")
    parser.add_argument(
        "--keep", action="append", default=[], choices=REPAIRS, help="leave this kind of damage unrepaired"
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
