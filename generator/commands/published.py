"""Builds a site and puts it in place, or says why that is impossible."""

import sys

from generator.build.cache import Cache
from generator.build.executors import WorkerLost
from generator.commands.project import Project
from generator.commands.site_builder import Pool, SiteResult, build_site, local_pool
from generator.commands.stages import Stages
from generator.search.pagefind_service import IndexNotBuilt
from generator.site.mkdocs_site import SiteNotBuilt
from generator.site.publish import publish
from generator.site.staging import StagingFolder


def built(
    project: Project, folder: StagingFolder, cache: Cache, stages: Stages, *, strict: bool, pool: Pool | None = None
) -> SiteResult | None:
    """Build a site and publish it. Returns None, with a message and the old site in place, if that is impossible."""
    try:
        result = build_site(project, folder, cache, stages, strict=strict, pool=pool or local_pool)
        with stages.timed("publish"):
            folder.keep_manifest(result.manifest)
            publish(folder.path, folder.site)
            result.build.save()
    except (SiteNotBuilt, IndexNotBuilt, WorkerLost) as error:
        print(f"{folder.site} was left as it is: {error}", file=sys.stderr)
        return None
    except OSError as error:
        folder.discard()  # the disk may be full
        place = error.filename or folder.path  # a failed write does not name its file
        print(f"{folder.site} was left as it is: {place}: {error.strerror or error}", file=sys.stderr)
        return None
    return result
