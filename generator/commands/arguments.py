"""Arguments that several commands share, and the settings of the project in the current folder."""

import argparse
import sys
from pathlib import Path

from generator.commands.messages import format_problems
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.store.settings_file import read_settings

SETTINGS, THEME = Path("mkdocs.yml"), Path("theme")
"""The settings file and the theme folder of the project in the current folder."""


def add_content(parser: argparse.ArgumentParser) -> None:
    """Add ``--content DIR``, the folder with the entries."""
    parser.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="folder with the entries (default: content)",
    )


def add_site(parser: argparse.ArgumentParser) -> None:
    """Add ``--site-dir DIR``, the folder of the built site."""
    parser.add_argument(
        "--site-dir", type=_site, default=Path("site"), metavar="DIR", help="folder of the built site (default: site)"
    )


def _site(text: str) -> Path:
    path = Path(text)
    # A build creates the staging folder and keeps the previous site beside the site, under names made from its name.
    if path.name in {"", ".."}:
        raise argparse.ArgumentTypeError(f"{text!r} has no name: give a folder for the site only")
    return path


def add_abstract(parser: argparse.ArgumentParser) -> None:
    """Add ``--abstract``. The abstract belongs to the authors, so it is imported only on request."""
    parser.add_argument("--abstract", action="store_true", help="also import the authors' abstract")


def add_lookups(parser: argparse.ArgumentParser, action: str, things: str, limit: int, days: int) -> None:
    """Add ``--most N``, ``--days N`` and ``--report FILE``: what one run of a command looks up over the network.

    ``action`` and ``things`` complete the help: ``check``, ``external pages``.
    """
    parser.add_argument(
        "--most", type=int, default=limit, metavar="N", help=f"{action} at most N {things} (default: {limit})"
    )
    singular = things.split()[-1].removesuffix("s")
    parser.add_argument(
        "--days",
        type=int,
        default=days,
        metavar="N",
        help=f"{action} a {singular} again after N days (default: {days})",
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="also write the results to FILE, as Markdown")


def project_settings() -> Settings | None:
    """Return the settings of the project, or None, with a message, if they cannot be read."""
    settings = read_settings(Path())
    if isinstance(settings, Problem):
        print(format_problems([settings], "text"), file=sys.stderr)
        return None
    return settings
