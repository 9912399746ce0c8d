"""``digest rollback``: the site before the last build back in its place."""

import argparse
import os
import sys
from pathlib import Path

from generator.build.cache import cache_folder
from generator.commands.arguments import add_site
from generator.commands.destination import named
from generator.site.publish import TargetRefused, only_build, roll_back

ABOUT = "restore the site before the last build"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_site(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command. Returns 1 if there is no site to go back to, and 2 if a folder is not ours.

    Run twice, it changes nothing.
    """
    site = Path(os.path.realpath(arguments.site_dir))
    try:
        with only_build(site, cache_folder(Path())):
            if not roll_back(site):
                print(f"{site}: there is no site before this one", file=sys.stderr)
                return 1
    except TargetRefused as error:
        print(named(error), file=sys.stderr)
        return 2
    print(f"{site}: the site before is back; run it again to undo", file=sys.stderr)
    return 0
