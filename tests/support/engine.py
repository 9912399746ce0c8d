"""Runs tasks through the build engine into a folder that is published, as ``digest build`` does with a site."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.build.cache import Cache
from generator.build.engine import Build, Workers, local_work
from generator.build.executors import local_executor
from generator.build.inputs import Inputs
from generator.build.task import Task
from generator.site.publish import MARKER, MARKER_FILE, publish
from generator.site.staging import staging

Stages = Callable[[Inputs], Sequence[Sequence[Task]]]
"""The tasks of a build by stage, which read from the given inputs."""


def build(site: Path, stages: Stages, workers: int = 1, version: bytes = b"1") -> Build:
    """Build ``site`` with what is cached beside it."""
    cache, inputs = Cache(site.parent / "cache", version), Inputs()
    tasks = stages(inputs)
    everything = [task for stage in tasks for task in stage]
    try:
        with staging(site, cache) as folder:
            store = folder.output.store
            result = Build(inputs, cache, folder.intact_hash, store)
            with local_work(inputs, everything, store) as work, local_executor(workers) as executor:
                for stage in tasks:
                    result.run(stage, Workers(executor, workers), work)
            new = {**result.stored, MARKER: store(MARKER_FILE)}
            folder.store_manifest(folder.output.finish(result.unchanged, new, os.fspath(site), folder.published))
            publish(folder.path, site)
            result.save()
    finally:
        cache.close()
    return result


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a published folder."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: data for path, data in files.items() if path != MARKER}
