"""``digest join``: a site from portions that ``digest build --part`` made, perhaps on several machines."""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from generator.commands.assemble import Built, assembly
from generator.commands.build import Order, add_order, carried_out, make_site
from generator.commands.portions import read_portions, take, whole
from generator.commands.project import DOCS, Project
from generator.commands.stages import Stages
from generator.commands.staging import Ground
from generator.site.carried import Carried
from generator.search.pagefind_index import parts_folder

ABOUT = "put together a site that was built in portions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("parts", nargs="+", type=Path, metavar="PART", help="a folder that `digest build --part` made")
    add_order(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return carried_out(arguments, partial(run, parts=arguments.parts))


def run(order: Order, stages: Stages, parts: Sequence[Path]) -> int:
    """Put a site together from portions. Returns 1, with the old site in place, if they do not go together."""
    return make_site(order, stages, partial(_joined, parts=parts), anew=True)


def _joined(project: Project, order: Order, prepared: Ground, stages: Stages, parts: Sequence[Path]) -> Built:
    reads = read_portions(parts, order.made_from())
    site = prepared.carried().site
    with stages.timed("join"):
        index = parts_folder(order.site)
        for read in reads:
            take(read, site, index)
    with assembly(project, DOCS, site, partial(Carried, site), stages, strict=order.strict, index=index) as held:
        held.build.write_theme()
        made = held.search()
        stages.done += made.stages
        done = whole(reads)
        return held.finish(done._replace(record={**done.record, **made.kept}), stages)
