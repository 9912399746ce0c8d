"""``digest build``: checks the content, builds the site with its search index, and publishes it."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.cache import Cache, cache_folder
from generator.build.engine import CacheDamaged
from generator.build.output import Manifest, is_as_written
from generator.build.safe_files import write_whole
from generator.build.version import program_version
from generator.commands.arguments import THEME_FOLDER, add_content_option, add_site_option
from generator.commands.build_options import BuildOptions
from generator.commands.destination import printable
from generator.commands.stages import Stages
from generator.commands.verbosity import add_verbosity_options, print_note, progress
from generator.site.publish import TargetRefused, build_lock, check_folders, checked_target, recover
from generator.site.staging import INPUT_HASHES, key_of, manifest_of, record_build, staging

if TYPE_CHECKING:
    from generator.commands.site_builder import Pool, SiteResult

ABOUT = "check the content, build the site with its search index, and replace the old site"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content_option(parser)
    add_site_option(parser)
    parser.add_argument(
        "--strict", action="store_true", help="fail if MkDocs reports a warning or a hand-written page has a dead link"
    )
    parser.add_argument(
        "--preview",
        action="store_true",
        help="build a preview that browsers do not store and search engines do not list",
    )
    parser.add_argument(
        "--quarantine", action="store_true", help="leave out entries with errors, and list them on a page"
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="distribute the build over the workers of a Dask scheduler, tcp://HOST:8786",
    )
    parser.add_argument(
        "--changes", type=Path, metavar="FILE", help="write the list of files to upload (M PATH) and delete (D PATH)"
    )
    parser.add_argument("--timings", type=Path, metavar="FILE", help="write the duration of each stage as JSON")
    add_verbosity_options(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    options = BuildOptions(
        arguments.content, arguments.site_dir, arguments.strict, arguments.quarantine, arguments.preview
    )
    pool = None
    if arguments.scheduler:
        from generator.commands.cluster import cluster_pool

        pool = cluster_pool(options, arguments.scheduler)
    with progress(0, "building") as bar:
        stages = Stages(bar)
        exit_code = run(options, stages, pool, arguments.changes)
    if arguments.timings:
        stages.write(arguments.timings)
    return exit_code


def run(
    options: BuildOptions, stages: Stages | None = None, pool: "Pool | None" = None, changes_file: Path | None = None
) -> int:
    """Build a site and publish it in place of the old one. Returns the exit code.

    The code is 1 if the content has errors or a stage fails. It is 2 if the site's folder, or a folder beside it,
    contains files that ``digest`` did not write, or if the site's folder contains or is inside one that must not be
    replaced, such as the content. The old site then stays in place.

    ``pool`` provides the workers: by default, processes on this machine. The list of files that differ from the old
    site is written to ``changes_file``.
    """
    cache_path = cache_folder(Path())
    try:
        site = checked_target(options.site, sources=[options.content, THEME_FOLDER])
        with build_lock(site, cache_path):
            recover(site)
            check_folders(site)
            cache = Cache(cache_path, program_version())
            try:
                return _build(options._replace(site=site), cache, stages or Stages(), pool, changes_file)
            except CacheDamaged:  # the cache is optional: build once more without it
                cache.clear()
                return _build(options._replace(site=site), cache, stages or Stages(), pool, changes_file)
            finally:
                cache.close()
    except TargetRefused as error:
        print(printable(error), file=sys.stderr)
        return 2


def _build(
    options: BuildOptions, cache: Cache, stages: Stages, pool: "Pool | None", changes_file: Path | None
) -> int:  # fmt: skip
    """Build and publish the site unless it is up to date. Returns the exit code. Raises CacheDamaged."""
    site, input_hash = options.site, options.input_hash()
    # With --quarantine, the build always runs, so that it reports the entries that it leaves out.
    is_current = not options.quarantine and cache.get(INPUT_HASHES, key_of(site)) == input_hash
    if is_current and is_as_written(str(site), manifest_of(folder=site, site=site, cache=cache)):
        print_note(f"{site}: nothing has changed since it was built")
        _list_changes(changes_file, {}, {})
        return 0
    # These modules take long to import, and a site that is up to date does not need them.
    from generator.commands.project import open_project
    from generator.commands.site_builder import build_and_publish

    project = open_project(options.content, stages, cache, quarantine=options.quarantine, preview=options.preview)
    if project is None:
        return 1
    with staging(site, cache) as staging_folder:
        record_build(site, staging_folder.path, cache_folder(Path()))
        result = build_and_publish(project, staging_folder, cache, stages, strict=options.strict, pool=pool)
    if result is None:
        return 1
    _list_changes(changes_file, staging_folder.published, result.manifest)
    if options.input_hash() == input_hash:  # another hash means that a file was edited during the build
        cache.put(INPUT_HASHES, {key_of(site): input_hash})
    report(site, result, stages)
    return 0


def _list_changes(file: Path | None, old: Manifest, new: Manifest) -> None:
    """Write to ``file``, if given, a sorted list of the files to upload (``M PATH``) and to delete (``D PATH``).

    ``old`` and ``new`` are the manifests of the two sites. ``old`` lacks files that were edited by hand since they were
    built, so these are uploaded again.
    """
    if file:
        changed = [f"M {path}" for path, stored in new.items() if path not in old or old[path].hash != stored.hash]
        deleted = [f"D {path}" for path in old if path not in new]
        text = "".join(f"{line}\n" for line in sorted([*changed, *deleted]))
        write_whole(file, text.encode(), file.parent)


def report(site: Path, result: "SiteResult", stages: Stages) -> None:
    """Print a summary of the build: warnings, stages, pages, files."""
    for message in result.messages:
        print_note(message)
    print_note(stages.table())  # after publishing, because printing fails if the reader of a pipe closed it
    print_note("pages: " + ", ".join(f"{kind} {count:,}" for kind, count in sorted(result.pages.items())))
    print_note(f"size: {result.size}")
    print_note(f"{site}: done. Look at it with `make serve`, or serve the folder with any web server.")
