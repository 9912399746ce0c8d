"""``digest icons``: draws the favicon and the app icons from the digest's mark, an SVG, or from a new logo."""

import argparse
import sys
from pathlib import Path

from generator.build.safe_files import read_at_most, write_whole
from generator.commands.destination import printable
from generator.starter.icons import MARK, BadImage, draw_icons, mark_from_logo

ABOUT = "create the favicon and app icons from a logo"
_MAX_SIZE = 1024 * 1024  # bytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--logo",
        type=Path,
        metavar="FILE",
        help=f"use FILE, a square SVG or PNG, and save it as the new logo (default: {MARK})",
    )


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return run(Path(), arguments.logo)


def run(folder: Path, logo: Path | None) -> int:
    """Draw the icons of the digest in ``folder`` and print the changed files. Returns 1 for an unusable image.

    ``logo`` is an SVG or PNG file, which becomes the new mark. With None, the icons are drawn from the present mark.
    """
    source = logo or folder / MARK
    try:
        mark = mark_from_logo(read_at_most(source, _MAX_SIZE))
        # All icons are drawn before a file is written, so that an unusable image changes nothing.
        files = {MARK: mark, **dict(draw_icons(mark))}
    except (BadImage, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        print(f"{printable(source)}: {printable(reason)}; nothing was written", file=sys.stderr)
        return 1
    for path, data in files.items():
        if write_whole(folder / path, data, folder):
            print(path)
    return 0
