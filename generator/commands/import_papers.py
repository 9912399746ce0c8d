"""``digest import``: records of papers into content/, whole or not at all. Entries gain fields, and lose nothing."""

import argparse
import sys
from datetime import date
from pathlib import Path

from generator.commands.arguments import add_abstract, add_content, add_sources, options
from generator.commands.intake import Intake
from generator.commands.messages import formatted
from generator.commands.sources import read_sources, report
from generator.importers.raw_paper import Options

ABOUT = "take records of papers into the content folder"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_sources(parser)
    add_abstract(parser)
    add_content(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="another content folder to write to")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return run(arguments.files, options(arguments), arguments.kind, arguments.out or arguments.content)


def run(files: list[Path], told: Options, kind: str | None, out: Path) -> int:
    """Import ``files`` into the content folder ``out``: new entries, and what they add to those that exist.

    Returns 1, with nothing written, if a file cannot be read whole or a record is not a good entry.
    """
    harvest = read_sources(files, told, kind)
    report(harvest)
    intake = Intake(out, told.added or date.today().isoformat())
    if intake.problems:
        print(formatted(intake.problems, "text", prefix=f"{out.as_posix()}/"), file=sys.stderr)
    intake.take_all((paper.fields, paper.venue) for _, _, parsed in harvest.parsed for paper in parsed.papers)
    for fault in intake.taken.faults:
        print(fault, file=sys.stderr)
    if harvest.failures or harvest.lost or intake.problems or intake.taken.faults:
        print("nothing was imported", file=sys.stderr)
        return 1
    intake.write()
    for line in intake.taken.lines:
        print(line)
    print(intake.taken.count, file=sys.stderr)
    return 0
