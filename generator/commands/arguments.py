"""What several commands share: arguments, and the settings of the project in whose folder they run."""

import argparse
import sys
from pathlib import Path

from generator.commands.messages import formatted
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.store.settings_file import read_settings

SETTINGS, THEME = Path("mkdocs.yml"), Path("theme")
"""The settings and the theme of the project in whose folder a command runs."""


def add_content(parser: argparse.ArgumentParser) -> None:
    """``--content DIR``: where the entries stand."""
    parser.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="folder with the entries (default: content)",
    )


def add_site(parser: argparse.ArgumentParser) -> None:
    """``--site-dir DIR``: where the built site stands."""
    parser.add_argument(
        "--site-dir", type=_site, default=Path("site"), metavar="DIR", help="folder of the built site (default: site)"
    )


def _site(text: str) -> Path:
    path = Path(text)
    if path.name in {"", ".."}:
        raise argparse.ArgumentTypeError(f"{text!r} has no name: a site is a folder of its own, with others beside it")
    return path


def add_abstract(parser: argparse.ArgumentParser) -> None:
    """``--abstract``: the authors' abstract is theirs, so it is taken over only if a person asks for it."""
    parser.add_argument("--abstract", action="store_true", help="also import the authors' abstract")


def own_settings() -> Settings | None:
    """The settings; None, with a message, if they cannot be read."""
    settings = read_settings(Path())
    if isinstance(settings, Problem):
        print(formatted([settings], "text"), file=sys.stderr)
        return None
    return settings
