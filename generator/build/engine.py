"""Run the tasks of a build: skip those that are up to date, and distribute the others among the workers of an executor.

Tasks run in stages. A task may need values from earlier stages. Each stage is divided into shards of neighboring tasks,
which read similar inputs; workers take one shard after another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

from generator.build.cache import Cache, Change
from generator.build.executors import WorkerLost, return_memory
from generator.build.inputs import LENGTH, Inputs
from generator.build.task import Outputs, Store, StoredFile, Task, TaskResult, Values, hash_of, run_task
from generator.build.traces import Traces

TRACES, VALUES = "traces", "value"
"""The kinds under which the cache has the traces of the last build, and values, each after its hash."""

_SHARDS_PER_WORKER = 12  # more cost time, fewer let workers wait for the last one
_MIN_SHARD_SIZE = 8  # tasks; smaller shards cost more than they save


class CacheDamaged(Exception):
    """The cache lacks data that this build stored. The build can be repeated after clearing the cache."""


class Shard(NamedTuple):
    """Tasks for one worker: their names, and all values that they need."""

    names: tuple[str, ...]
    values: Values


class ShardResult(NamedTuple):
    """The results of the tasks of a shard, and the worker's notes, which are not cached."""

    results: tuple[TaskResult, ...]
    notes: Any = None


Work = Callable[[Shard], ShardResult]
"""Runs a shard in a worker. It is sent to the worker, so it must be picklable."""


class Workers(NamedTuple):
    """An executor with its number of workers. At most ``window`` shards are in flight; 0 means all."""

    executor: Executor
    number: int
    window: int = 0


def run_shard(inputs: Inputs, tasks: Mapping[str, Task], shard: Shard, store: Store | None) -> tuple[TaskResult, ...]:
    """Run the tasks of a shard, in a worker. ``tasks`` contains at least those of the shard, by name."""
    results = []
    for name in shard.names:
        task = tasks[name]
        results.append(run_task(inputs, task, {needed: shard.values[needed] for needed in task.value_names}, store))
    return tuple(results)


@contextmanager
def local_work(
    inputs: Inputs, tasks: Iterable[Task], store: Store, notes: Callable[[], Any] = lambda: None
) -> Iterator[Work]:
    """The work of forked processes, which find tasks and inputs in the memory of this process.

    ``notes`` returns the notes at the end of each shard.
    """
    _LOCAL.append((inputs, {task.name: task for task in tasks}, store, notes))
    try:
        yield _run_local_shard
    finally:
        _LOCAL.pop()


def _run_local_shard(shard: Shard) -> ShardResult:
    inputs, tasks, store, notes = _LOCAL[-1]
    return ShardResult(run_shard(inputs, tasks, shard, store), notes())


# Forked processes inherit it. Tasks contain closures, which cannot be pickled.
_LOCAL: list[tuple[Inputs, dict[str, Task], Store, Callable[[], Any]]] = []


class Build:
    """One build: the traces of the last one, and the outputs of this one.

    ``intact`` returns the hash of an unmodified file of the last output, or empty bytes; ``store`` writes a file. At
    the end, ``unchanged`` are the paths of unchanged files, ``stored`` are new files by path, ``outputs`` are the
    outputs of each task by name, and ``notes`` are the notes of workers. ``rewritten`` are the paths of files written
    by tasks that were forgotten. ``cores`` is the number of processes that compare inputs.
    """

    def __init__(
        self, inputs: Inputs, cache: Cache, intact: Callable[[str], bytes], store: Store,
        on_progress: Callable[[int], None] = lambda _tasks: None, cores: int = 1,
    ) -> None:  # fmt: skip
        self._inputs, self._cache, self._intact, self._store = inputs, cache, intact, store
        self._on_progress = on_progress
        self._traces = Traces(inputs, cache.get(TRACES, TRACES), cores)
        self._old_values = cache.prefixes(VALUES, LENGTH)
        self._needs_of: dict[str, bytes] = {}  # running tasks: a hash of the values that they need
        self._not_cached: dict[str, bytes] = {}  # values that could not be written to the cache
        self.value_hashes: dict[str, bytes] = {}
        self.outputs: dict[str, Outputs] = {}
        self.notes: list[Any] = []
        self.unchanged: set[str] = set()
        self.stored: dict[str, StoredFile] = {}
        self.rewritten: set[str] = set()

    def run(self, tasks: Sequence[Task], workers: Workers, work: Work) -> None:
        """Run the stale tasks of a stage.

        Raises the exceptions of tasks, WorkerLost, and ValueError if two tasks have one name or yield the same file.
        """
        self._traces.compare()
        stale = [task for task in tasks if not self._is_up_to_date(task)]
        self._on_progress(len(tasks) - len(stale))
        shards = self._divide([task for task in stale if not task.in_parent], workers.number)
        window = workers.window or len(tasks)
        # The window bounds memory: shards carry values, and results carry files if workers have no common disk.
        pending = {workers.executor.submit(work, shard) for shard in islice(shards, window)}
        try:
            # The leading process runs its own tasks while the workers are busy.
            for task in stale:
                if task.in_parent:
                    self._add(run_shard(self._inputs, {task.name: task}, self._shard([task]), self._store))
            return_memory()
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                self._collect(done)
                pending |= {workers.executor.submit(work, shard) for shard in islice(shards, window - len(pending))}
        finally:
            for future in pending:
                future.cancel()

    def forget(self, names: Sequence[str]) -> None:
        """Make tasks stale, whatever they read."""
        self._traces.forget(names)
        for name in names:
            outputs = self.outputs.pop(name)
            self.unchanged -= set(outputs.files)
            self.rewritten.update(self.stored.keys() & set(outputs.files))
            for path in outputs.files:
                self.stored.pop(path, None)
            for value, _ in outputs.values:
                self.value_hashes.pop(value)

    def value(self, name: str) -> bytes:
        """Return the value ``name`` of a task that ran or is up to date."""
        data = self._not_cached.get(name) or cached_value(self._cache, name)
        # Another build may have replaced the value since its hash was read.
        if data is None or hash_of(data) != self.value_hashes[name]:
            raise CacheDamaged(f"the value {name} is missing in the cache")
        return data

    def save(self) -> None:
        """Store the traces of this build, and delete the values of tasks that no longer exist.

        The site is published already, so a lost worker is ignored: the next build then does more.
        """
        try:
            traces = {TRACES: self._traces.packed()} if self._traces.is_changed else {}
        except WorkerLost:
            return
        self._cache.put_all(
            Change(TRACES, traces), Change(VALUES, {}, self._old_values.keys() - self.value_hashes.keys())
        )

    def _is_up_to_date(self, task: Task) -> bool:
        """Whether a task's trace is valid and all its outputs still exist. If so, they are reused."""
        trace = self._traces.valid(task.name)
        if trace is None or trace.needs != self._needs(task):
            return False
        outputs = trace.outputs
        # A missing or modified file gives empty bytes here, so the joined hash differs.
        if hash_of(b"".join(map(self._intact, outputs.files))) != outputs.content:
            return False
        if any(self._old_values.get(name) != value_hash for name, value_hash in outputs.values):
            return False
        self._add_outputs(task.name, outputs)
        self.unchanged.update(outputs.files)
        self._traces.keep(task.name)
        return True

    def _divide(self, tasks: Sequence[Task], workers: int) -> Iterator[Shard]:
        size = max(_MIN_SHARD_SIZE, -(-len(tasks) // (workers * _SHARDS_PER_WORKER)))
        for start in range(0, len(tasks), size):
            yield self._shard(tasks[start : start + size])

    def _shard(self, tasks: Sequence[Task]) -> Shard:
        names = tuple(task.name for task in tasks)
        self._needs_of.update((task.name, self._needs(task)) for task in tasks)
        return Shard(names, {name: self.value(name) for task in tasks for name in task.value_names})

    def _needs(self, task: Task) -> bytes:
        return hash_of(b"".join(self.value_hashes[name] for name in task.value_names)) if task.value_names else b""

    def _collect(self, done: Iterable[Future[ShardResult]]) -> None:
        for future in done:
            shard = future.result()
            self.notes.append(shard.notes)
            self._add(shard.results)

    def _add(self, results: Iterable[TaskResult]) -> None:
        """Add results, and store their values at once, since other tasks may need them."""
        values: dict[str, bytes] = {}
        for result in results:
            self._add_outputs(result.name, result.outputs)
            self._traces.add(result.name, result.reads, self._needs_of.pop(result.name), result.outputs)
            self.stored.update((stored.path, stored) for stored in result.stored)
            self.stored.update((file.path, self._store(file)) for file in result.files)
            values.update(result.values)
            self._on_progress(1)
        # The hash in front lets the next build compare values without reading them (``Cache.prefixes``).
        packed = {name: hash_of(data) + data for name, data in values.items()}
        if not self._cache.put_all(Change(VALUES, packed)):
            self._not_cached.update(values)

    def _add_outputs(self, name: str, outputs: Outputs) -> None:
        if name in self.outputs:
            raise ValueError(f"two tasks are named {name}")
        if duplicates := [path for path in outputs.files if path in self.unchanged or path in self.stored]:
            raise ValueError(f"{name}: another task yields {duplicates[0]}, too")
        self.outputs[name] = outputs
        self.value_hashes.update(outputs.values)


def cached_value(cache: Cache, name: str) -> bytes | None:
    """The value ``name`` of a task of the last build; None if the cache lacks it or has other bytes."""
    packed = cache.get(VALUES, name) or b""
    data = packed[LENGTH:]
    return data if packed[:LENGTH] == hash_of(data) else None
