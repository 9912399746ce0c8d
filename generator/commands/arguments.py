"""Arguments that several commands share, and the settings of the project in the current folder."""

import argparse
import sys
from math import isfinite
from pathlib import Path

from generator.commands.messages import format_problems
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.store.settings_file import read_settings

SETTINGS_FILE = Path("mkdocs.yml")
"""The settings file of the project in the current folder."""
THEME_FOLDER = Path("theme")
"""The theme of the project in the current folder."""


def add_folder_option(parser: argparse.ArgumentParser, name: str, default: Path, meaning: str) -> None:
    """Add the option ``name`` for a folder. The help text is its ``meaning`` and the default."""
    parser.add_argument(name, type=Path, default=default, metavar="DIR", help=f"{meaning} (default: {default})")


def add_content_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--content DIR``, the folder with the entries."""
    add_folder_option(parser, "--content", Path("content"), "folder with the entries")


def add_site_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--site-dir DIR``, the folder of the built site."""
    parser.add_argument(
        "--site-dir",
        type=_site_folder,
        default=Path("site"),
        metavar="DIR",
        help="folder of the built site (default: site)",
    )


def _site_folder(text: str) -> Path:
    """Return the path in an argument. Raises ArgumentTypeError if it cannot be the folder of a site."""
    path = Path(text)
    # The folders that a build creates beside the site, such as ``site.previous``, are named after the site.
    if path.name in {"", ".."}:
        raise argparse.ArgumentTypeError(f"{text!r} has no name: write the name of a folder that is only for the site")
    return path


def port_number(text: str) -> int:
    """Return the port in an argument. Raises ArgumentTypeError if it is not a number from 0 to 65535."""
    if not text.isdecimal() or len(text) > len("65535") or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: write a number from 1 to 65535")
    return int(text)


def whole_number(text: str) -> int:
    """Return the number in an argument. Raises ArgumentTypeError if it is not a whole number from 0 to 999,999,999."""
    if not text.isdecimal() or len(text) > len("999999999"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 999,999,999")
    return int(text)


def dollars(text: str) -> float:
    """Return the amount in an argument. Raises ValueError if it is negative, infinite or not a number."""
    amount = float(text)
    # A limit of NaN would allow any cost, because no sum is greater.
    if not isfinite(amount) or amount < 0:
        raise ValueError(f"{text!r} is not an amount")
    return amount


def add_abstract_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--abstract``. The copyright of an abstract is its authors', so it is imported only on request."""
    parser.add_argument("--abstract", action="store_true", help="also import the authors' abstract")


def add_lookup_options(parser: argparse.ArgumentParser, action: str, things: str, limit: int, days: int) -> None:
    """Add ``--most N``, ``--days N`` and ``--report FILE`` to a command that looks things up over the network.

    ``limit`` and ``days`` are the default values. ``action`` and ``things`` complete the help texts: ``check`` and
    ``external pages`` give ``check at most N external pages``.
    """
    parser.add_argument(
        "--most", type=whole_number, default=limit, metavar="N", help=f"{action} at most N {things} (default: {limit})"
    )
    singular = things.split()[-1].removesuffix("s")  # ``page`` of ``external pages``
    parser.add_argument(
        "--days",
        type=whole_number,
        default=days,
        metavar="N",
        help=f"{action} a {singular} again after N days (default: {days})",
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="also write the results to FILE, as Markdown")


def project_settings() -> Settings | None:
    """Return the settings of the project. If they cannot be read, prints why and returns None."""
    settings = read_settings(Path())
    if isinstance(settings, Problem):
        print(format_problems([settings], "text"), file=sys.stderr)
        return None
    return settings
