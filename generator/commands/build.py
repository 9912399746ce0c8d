"""``digest build``: check, generate, MkDocs, search index, publish."""

import argparse
import shutil
import sys
from pathlib import Path

from generator.commands.arguments import add_content
from generator.commands.assemble import assemble
from generator.commands.project import DOCS, Project, open_project
from generator.commands.stages import Stages
from generator.commands.telling import add_telling, note, progress
from generator.output.mkdocs_site import SiteNotBuilt
from generator.output.pagefind_index import IndexNotBuilt
from generator.output.processes import Killed, cores
from generator.output.publish import alone, publish, staging

ABOUT = "build the whole site with its search index and put it in place"
_PARTS = 8
"""What a progress bar counts: the stages of a build and its parts, beside the shares of social cards."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content(parser)
    parser.add_argument("--site-dir", type=Path, default=Path("site"), metavar="DIR", help="the site (default: site)")
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
    with progress(_PARTS + cores(), "building") as shown:
        stages = Stages(shown)
        done = run(
            arguments.content,
            arguments.site_dir,
            strict=arguments.strict,
            quarantine=arguments.quarantine,
            preview=arguments.preview,
            stages=stages,
        )
    if arguments.timings:
        stages.write(arguments.timings)
    return done


def run(
    content: Path,
    site: Path,
    *,
    strict: bool,
    quarantine: bool = False,
    preview: bool = False,
    stages: Stages | None = None,
) -> int:
    """Build ``site``. Returns 1, with the old site in place, if the content has errors or a stage fails."""
    stages = stages or Stages()
    project = open_project(content, stages, quarantine=quarantine, preview=preview)
    if project is None:
        return 1
    with alone(site):
        return _build(project, site, stages, strict=strict)


def _build(project: Project, site: Path, stages: Stages, *, strict: bool) -> int:
    built = staging(site)
    try:
        pages = assemble(project, DOCS, built, stages, strict=strict, before=site)
        with stages.timed("publish"):
            publish(built, site)
    except (SiteNotBuilt, IndexNotBuilt, Killed) as error:
        print(f"{site} was left as it is: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        place = error.filename or built  # a failed write does not name its file
        print(f"{site} was left as it is: {place}: {error.strerror or error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(built, ignore_errors=True)
    note(stages.table())
    note("pages: " + ", ".join(f"{kind} {n:,}" for kind, n in sorted(pages.items())))
    note(f"{site}: done. Look at it with `make serve`, or serve the folder with any web server.")
    return 0
