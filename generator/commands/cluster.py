"""Builds on several machines: how a worker of a Dask cluster runs a shard of a site's tasks.

A worker reads the content, the theme and the settings itself, from a shared folder or from its own checkout, and
returns the files that it makes. It refuses to work if its inputs differ from those of the build.
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

_WINDOW = 3  # shards in flight or returned for each worker; bounds the memory of the process that leads the build


@dataclass(frozen=True)
class Job:
    """A build for a worker: the project's folder on the machine that leads the build, and the build's options.

    ``input_hash`` identifies the content, theme, settings and program of that machine.
    """

    root: str
    options: BuildOptions
    input_hash: bytes

    def __call__(self, shard: Shard) -> ShardResult:
        """Run a shard in this process."""
        with _LOCK:  # tasks record their reads in one shared place, so only one shard may run
            tasks, tasks_by_name = _loaded(self)
            return ShardResult(run_shard(tasks.inputs, tasks_by_name, shard, None), tasks.site.observations())


def cluster_pool(options: BuildOptions, address: str) -> Pool:
    """Return the pool of workers of the Dask scheduler at ``address``."""

    @contextmanager
    def pool(_tasks: SiteTasks, _staging: StagingFolder) -> Iterator[tuple[Workers, Work]]:
        job = Job(os.fspath(Path().resolve()), options, options.input_hash())
        with cluster_executor(address) as (executor, number):
            yield Workers(executor, number, number * _WINDOW), job

    return pool


@lru_cache(maxsize=1)  # a worker serves one build at a time, and a catalog needs much memory
def _loaded(job: Job) -> tuple[SiteTasks, dict[str, Task]]:
    """Return the tasks of a job, cached for its next shard. Raises WorkerLost if the worker has other inputs."""
    if Path(job.root).is_dir():
        os.chdir(job.root)  # otherwise the worker was started in its own checkout
    options = job.options
    if options.input_hash() != job.input_hash:
        raise WorkerLost(
            f"{Path().resolve()} on a worker differs from the project that is built: content, theme, settings and "
            "program must be the same everywhere"
        )
    project = open_project(options.content, quarantine=options.quarantine, preview=options.preview)
    if project is None:
        raise WorkerLost("a worker could not read the project")
    # Left open for the life of the process: the next shard uses the same tasks.
    tasks = _CONTEXTS.enter_context(site_tasks(project, lambda: None))
    return tasks, {task.name: task for task in (*tasks.values, *tasks.files)}


_LOCK = Lock()
_CONTEXTS = ExitStack()
