"""``digest build``: check, generate, MkDocs, search index, publish."""

import argparse
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.commands.arguments import add_content, add_site
from generator.commands.assemble import Built, assemble, assembly
from generator.commands.portions import FILES, INDEX, NotToBeJoined, write_portion
from generator.commands.project import DOCS, THEME, Project, open_project
from generator.commands.stages import Stages
from generator.commands.staging import Ground, ground
from generator.commands.telling import add_telling, note, progress
from generator.model.portion import Portion
from generator.output.carried import Carried
from generator.output.hosts import size_of
from generator.output.looks import looks_like
from generator.output.mkdocs_site import SiteNotBuilt
from generator.output.pagefind_index import parts_folder
from generator.output.pagefind_service import IndexNotBuilt
from generator.output.publish import alone, clear_remains, publish
from generator.output.state import NOTHING, State, read_state, write_state
from generator.output.version import hash_of_files, version_of
from generator.processes import Killed, cores
from generator.store.settings_file import FILE

ABOUT = "build the whole site with its search index and put it in place"
_PARTS = 11
"""What a progress bar counts: the stages of a build and the index, beside the shares of pages, exports and cards."""


class Order(NamedTuple):
    """What is to be built from the folder ``content``, and how; ``site`` is where it goes."""

    content: Path
    site: Path
    strict: bool
    quarantine: bool = False
    preview: bool = False

    def version(self) -> bytes:
        """The version of all but the content."""
        return version_of(THEME, Path(FILE), self.strict, self.preview)

    def made_from(self) -> str:
        """A hash of everything on which the bytes of the site depend."""
        wishes = self.strict, self.quarantine, self.preview
        content = hash_of_files(self.content.rglob("*"), follow=False)  # a stranger's link may lead to anything
        return (version_of(THEME, Path(FILE), *wishes) + content).hex()


Make = Callable[[Project, Order, Ground, Stages], Built]
"""Makes what is to be published on the ground that is prepared for it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_order(parser)
    parser.add_argument(
        "--part", type=_portion, metavar="I/N", help="build one of N portions of the site, for `digest join`"
    )


def add_order(parser: argparse.ArgumentParser) -> None:
    """Arguments of every command that makes a site."""
    add_content(parser)
    add_site(parser)
    parser.add_argument("--strict", action="store_true", help="refuse the site if MkDocs has any warning")
    parser.add_argument(
        "--preview", action="store_true", help="a site to be looked at: no browser keeps it, no search engine lists it"
    )
    parser.add_argument(
        "--quarantine", action="store_true", help="leave out entries that have errors, and list them on a page"
    )
    parser.add_argument("--timings", type=Path, metavar="FILE", help="write what each stage took to FILE, as JSON")
    add_telling(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    if arguments.part:
        return carried_out(arguments, partial(run_portion, portion=arguments.part))
    return carried_out(arguments, run)


def carried_out(arguments: argparse.Namespace, work: Callable[[Order, Stages], int]) -> int:
    """Do ``work`` as the arguments of ``add_order`` ask for, with a bar and timings."""
    order = Order(arguments.content, arguments.site_dir, arguments.strict, arguments.quarantine, arguments.preview)
    with progress(_PARTS + 3 * cores(), "building") as shown:
        stages = Stages(shown)
        done = work(order, stages)
    if arguments.timings:
        stages.write(arguments.timings)
    return done


def run(order: Order, stages: Stages | None = None) -> int:
    """Build a site. Returns 1, with the old site in place, if the content has errors or a stage fails."""
    return make_site(order, stages or Stages(), assembled)


def run_portion(order: Order, stages: Stages, portion: Portion) -> int:
    """Build a portion of a site. Returns 1, with what is there left in place, as for a site."""

    made_from = order.made_from()  # before anything is read: what is edited meanwhile shall not be taken for built

    def made(project: Project, order: Order, prepared: Ground, stages: Stages) -> Built:
        folder = prepared.carried().site
        (folder / FILES).mkdir()
        site, index = folder / FILES, folder / INDEX
        with assembly(project, DOCS, site, partial(Carried, site), stages, strict=order.strict, index=index) as parts:
            done = parts.make(portion, stages)
        write_portion(folder, portion, made_from, done)
        return Built(Counter(), NOTHING)

    with alone(order.site):
        clear_remains(order.site)
        project = open_project(order.content, stages, quarantine=order.quarantine, preview=order.preview)
        with ground(order.site) as prepared:
            if not (project and published(project, order, prepared, stages, made)):
                return 1
        note(stages.table())
        return 0


def _portion(text: str) -> Portion:
    found = re.fullmatch(r"([1-9][0-9]?)/([1-9][0-9]?)", text)
    if not found or int(found[1]) > int(found[2]):
        raise argparse.ArgumentTypeError(f"{text!r} is no portion: the second of four is 2/4")
    return Portion(int(found[1]) - 1, int(found[2]))


def make_site(order: Order, stages: Stages, make: Make, *, anew: bool = False) -> int:
    """Put the site that ``make`` makes in place. Returns 1, with the old site in place, if that is impossible.

    Of the old site nothing is carried over if it is to be made ``anew``.
    """
    site = order.site
    with alone(site):
        clear_remains(site, spare=True)
        made_from = order.made_from()
        state = read_state(site)
        if not order.quarantine and state.made_from == made_from and looks_like(site, state.looks):
            note(f"{site}: nothing has changed since it was built")
            return 0
        if anew or state.version != order.version():  # none of its files could serve
            state = State()
        with ground(site, state) as prepared:
            project = open_project(order.content, stages, quarantine=order.quarantine, preview=order.preview)
            built = project and published(project, order, prepared, stages, make)
        if not built:
            return 1
        if made_from == order.made_from():  # else somebody edited meanwhile
            write_state(site, made_from, built.settled)
        note(stages.table())  # only now: whoever reads it may stop reading
        note("pages: " + ", ".join(f"{kind} {n:,}" for kind, n in sorted(built.pages.items())))
        note(f"size: {size_of(site)}")
        note(f"{site}: done. Look at it with `make serve`, or serve the folder with any web server.")
        return 0


def assembled(project: Project, order: Order, prepared: Ground, stages: Stages) -> Built:
    """Make a whole site on the ``prepared`` ground. Raises as ``assemble``."""
    return assemble(
        project, DOCS, prepared.folder, prepared.carried, stages, strict=order.strict, index=parts_folder(order.site)
    )


def published(project: Project, order: Order, prepared: Ground, stages: Stages, make: Make) -> Built | None:
    """Make a site and put it in place. Returns None, with a message and the old site there, if that is impossible."""
    site = order.site
    try:
        built = make(project, order, prepared, stages)
        with stages.timed("publish"):
            publish(prepared.folder, site, spare=prepared.spare)
    except (SiteNotBuilt, IndexNotBuilt, Killed, NotToBeJoined) as error:
        print(f"{site} was left as it is: {error}", file=sys.stderr)
        return None
    except OSError as error:
        shutil.rmtree(prepared.folder, ignore_errors=True)  # the disk may be full
        place = error.filename or prepared.folder  # a failed write does not name its file
        print(f"{site} was left as it is: {place}: {error.strerror or error}", file=sys.stderr)
        return None
    return built
