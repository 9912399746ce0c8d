"""``digest rollback``: restores the site before the last build."""

import argparse
import os
import sys
from pathlib import Path

from generator.build.cache import cache_folder
from generator.commands.arguments import add_site_option
from generator.commands.destination import printable
from generator.site.publish import TargetRefused, build_lock, is_marked, previous_of, roll_back
from generator.site.staging import was_built_here

ABOUT = "restore the site as it was before the last build"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_site_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Swap the site and the previous site, so that a second run undoes the first.

    Returns 1 if there is no previous site, and 2 if a folder is not a site that was built on this machine.
    """
    # If the site is a symbolic link, the previous site is beside the target of the link.
    site = Path(os.path.realpath(arguments.site_dir))
    previous = previous_of(site)
    try:
        with build_lock(site, cache_folder(Path())):
            # A pull request can add a folder with a marker file, so only the cache, outside the project, is trusted.
            if is_marked(previous) and not was_built_here(previous, cache_folder(Path())):
                print(f"{printable(previous)}: no build on this machine wrote it, so it may be forged", file=sys.stderr)
                print(f"    Look at it, then move it to {printable(site)} yourself.", file=sys.stderr)
                return 2
            if not roll_back(site):
                print(f"{site}: there is no previous site", file=sys.stderr)
                return 1
    except TargetRefused as error:
        print(printable(error), file=sys.stderr)
        return 2
    print(f"{site}: the previous site is in place; run the command again to undo this", file=sys.stderr)
    return 0
