"""``digest build``: check, generate, MkDocs, search index, publish."""

import argparse
import shutil
import sys
from collections import Counter
from pathlib import Path

from generator.commands.arguments import add_content
from generator.commands.project import DOCS, Project, open_project
from generator.commands.stages import Stages
from generator.exports.all import all_exports
from generator.exports.cards import card_files
from generator.exports.search_records import search_records
from generator.exports.twins import twins
from generator.output.files import add_files, write_pages
from generator.output.mkdocs_site import SiteNotBuilt, build_site
from generator.output.offline import offline_file
from generator.output.pagefind_index import IndexNotBuilt, write_index
from generator.output.publish import alone, publish, staging
from generator.output.verify import faults_of
from generator.pages.all import all_pages
from generator.pages.quarantine import quarantine_pages

ABOUT = "build the whole site with its search index and put it in place"
INDEX = "pagefind"


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


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    stages = Stages()
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
        pages = build_into(project, DOCS, built, stages, strict=strict, before=site)
        with stages.timed("publish"):
            publish(built, site)
    except (SiteNotBuilt, IndexNotBuilt) as error:
        print(f"{site} was left as it is: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        place = error.filename or built  # a failed write does not name its file
        print(f"{site} was left as it is: {place}: {error.strerror or error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(built, ignore_errors=True)
    print(stages.table(), file=sys.stderr)
    print("pages: " + ", ".join(f"{kind} {n:,}" for kind, n in sorted(pages.items())), file=sys.stderr)
    print(f"{site}: done. Look at it with `make serve`, or serve the folder with any web server.", file=sys.stderr)
    return 0


def build_into(project: Project, docs: Path, site: Path, stages: Stages, *, strict: bool, before: Path) -> Counter[str]:
    """Build the whole site into an empty folder. Returns how many pages of each kind it has.

    Files that do not differ from those of ``before``, the site in place, may be links to them.
    """
    settings = project.settings
    everything = project.catalog, settings, project.theme
    with stages.timed("pages"):
        public = list(all_pages(*everything))
        pages = [*public, *quarantine_pages(project.quarantined, settings, project.theme)]
        write_pages(pages, docs)
    with stages.timed("mkdocs"):
        build_site(project.config, docs, site, strict=strict, epoch=project.epoch, preview=settings.preview)
    with stages.timed("exports"):
        add_files(all_exports(*everything, [page.path for page in public]), site, before)
        add_files(twins(public), site, before)
        megabytes = 0 if settings.preview else settings.offline_megabytes
        add_files([offline_file(site, project.theme, megabytes)], site, before)
    with stages.timed("social cards"):
        add_files(card_files(*everything), site, before)
    with stages.timed("search index"):
        papers = write_index(search_records(project.catalog, settings), site / INDEX)
    with stages.timed("verify"):
        if faults := faults_of(site, (page.path for page in pages), papers, INDEX):
            raise SiteNotBuilt("; ".join(faults[:5]))
    return Counter(page.path.partition("/")[0].removesuffix(".md") for page in pages)
