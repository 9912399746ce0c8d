"""``digest build``: check, generate, MkDocs, search index, publish."""

import argparse
import shutil
import sys
from pathlib import Path

from generator.commands.arguments import add_content
from generator.commands.assemble import assemble
from generator.commands.project import DOCS, THEME, Project, open_project
from generator.commands.stages import Stages
from generator.commands.telling import add_telling, note, progress
from generator.output.kept import Record, looks_of, read_state, write_state
from generator.output.mkdocs_site import SiteNotBuilt
from generator.output.pagefind_index import IndexNotBuilt
from generator.output.publish import alone, clear_remains, publish, staging
from generator.output.version import hash_of_files, version_of
from generator.processes import Killed, cores
from generator.store.settings_file import FILE

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
    with alone(site):
        clear_remains(site)
        made_from = _made_from(content, strict, quarantine, preview)
        if not quarantine and _is_as_built(site, made_from):
            note(f"{site}: nothing has changed since it was built")
            return 0
        project = open_project(content, stages, quarantine=quarantine, preview=preview)
        if project is None:
            return 1
        done = _build(project, site, stages, strict=strict)
        if done is None:
            return 1
        if made_from == _made_from(content, strict, quarantine, preview):  # else somebody edited meanwhile
            write_state(site, made_from, done)
        return 0


def _made_from(content: Path, *wishes: bool) -> str:
    """A hash of everything on which the bytes of a site depend."""
    return (version_of(THEME, Path(FILE), *wishes) + hash_of_files(content.rglob("*"))).hex()


def _is_as_built(site: Path, made_from: str) -> bool:
    """Whether the site in place was made from the same, and nobody touched it since."""
    state = read_state(site)
    return state.made_from == made_from and site.is_dir() and state.looks == looks_of(site)


def _build(project: Project, site: Path, stages: Stages, *, strict: bool) -> Record | None:
    """Build and publish. Returns the record of what was made, or None, with a message and the old site in place."""
    built = staging(site)
    try:
        made = assemble(project, DOCS, built, stages, strict=strict, before=site)
        with stages.timed("publish"):
            publish(built, site)
    except (SiteNotBuilt, IndexNotBuilt, Killed) as error:
        print(f"{site} was left as it is: {error}", file=sys.stderr)
        return None
    except OSError as error:
        place = error.filename or built  # a failed write does not name its file
        print(f"{site} was left as it is: {place}: {error.strerror or error}", file=sys.stderr)
        return None
    finally:
        shutil.rmtree(built, ignore_errors=True)
    note(stages.table())
    note("pages: " + ", ".join(f"{kind} {n:,}" for kind, n in sorted(made.pages.items())))
    note(f"{site}: done. Look at it with `make serve`, or serve the folder with any web server.")
    return made.record
