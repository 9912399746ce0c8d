"""Builds on several machines: how a worker of a Dask cluster runs a shard of a site's tasks.

A worker reads content, theme and settings itself, from a shared folder or from its own checkout, and returns the files
of its tasks. It fails if its inputs differ from those of the machine that leads the build.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from generator.build.engine import Shard, ShardResult, Work, Workers, run_shard
from generator.build.executors import WorkerLost, cluster_executor
from generator.build.task import Task
from generator.commands.build_options import BuildOptions
from generator.commands.project import open_project
from generator.commands.site_builder import Pool
from generator.commands.site_tasks import SiteTasks, site_tasks
from generator.site.staging import StagingFolder

_SHARDS_IN_FLIGHT_PER_WORKER = 3
"""Shards that are submitted at a time for each worker. This limits the memory of the process that leads the build."""
_LOCK = Lock()
_CONTEXTS = ExitStack()
"""The contexts of the tasks of jobs. They stay open until the process ends, because the next shard needs the tasks."""


@dataclass(frozen=True)
class Job:
    """Runs shards of a build on a worker. ``root`` is the project's folder on the machine that leads the build.

    ``input_hash`` identifies content, theme, settings and program of that machine.
    """

    root: str
    options: BuildOptions
    input_hash: bytes

    def __call__(self, shard: Shard) -> ShardResult:
        """Run a shard in this process. Returns the outputs of its tasks. Raises WorkerLost and SiteNotBuilt."""
        with _LOCK:  # tasks record what they read in the same object, so only one shard may run at a time
            tasks, tasks_by_name = _load_tasks(self)
            return ShardResult(run_shard(tasks.inputs, tasks_by_name, shard, None), tasks.site.observations())


def cluster_pool(options: BuildOptions, address: str) -> Pool:
    """Return the pool of workers of the Dask scheduler at ``address``."""

    @contextmanager
    def pool(_tasks: SiteTasks, _staging: StagingFolder) -> Iterator[tuple[Workers, Work]]:
        job = Job(os.fspath(Path().resolve()), options, options.input_hash())
        with cluster_executor(address) as (executor, workers):
            yield Workers(executor, workers, window=workers * _SHARDS_IN_FLIGHT_PER_WORKER), job

    return pool


@lru_cache(maxsize=1)  # a worker serves one build at a time, and a catalog needs much memory
def _load_tasks(job: Job) -> tuple[SiteTasks, dict[str, Task]]:
    """Return the tasks of a job, and a mapping of all tasks by name.

    Raises WorkerLost if the worker has other inputs, and SiteNotBuilt as ``site_tasks`` does.
    """
    if Path(job.root).is_dir():
        os.chdir(job.root)  # a shared folder; without one, the worker was started in its own checkout
    options = job.options
    if options.input_hash() != job.input_hash:
        raise WorkerLost(
            f"{Path().resolve()} on a worker differs from the project that is built: content, theme, settings and "
            "program must be the same everywhere"
        )
    project = open_project(options.content, quarantine=options.quarantine, preview=options.preview)
    if project is None:
        raise WorkerLost("a worker could not read the project")
    # Only the leading process runs the task of related papers, so a worker needs no saved state.
    tasks = _CONTEXTS.enter_context(site_tasks(project, lambda: None))
    return tasks, {task.name: task for task in tasks.all}
