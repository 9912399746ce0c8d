"""``digest rollback``: the site before the last build back in its place."""

import argparse
import sys

from generator.commands.arguments import add_site
from generator.site.publish import alone, roll_back

ABOUT = "put the site before the last build back in place"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_site(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command. Returns 1 if there is no site to go back to. Run twice, it changes nothing."""
    with alone(arguments.site_dir):
        if not roll_back(arguments.site_dir):
            print(f"{arguments.site_dir}: there is no site before this one", file=sys.stderr)
            return 1
    print(f"{arguments.site_dir}: the site before is back; run it again to undo", file=sys.stderr)
    return 0
