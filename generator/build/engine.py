"""Run the tasks of a build: skip those that are up to date, and distribute the others among the workers of an executor.

Tasks run in stages, and may need values from earlier stages. Each stage is divided into shards of neighboring tasks,
which read similar inputs. Workers run one shard after another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from itertools import islice
from math import ceil
from typing import Any, NamedTuple

from generator.build.cache import Cache, Change
from generator.build.executors import WorkerLost, return_memory
from generator.build.inputs import HASH_LENGTH, Inputs
from generator.build.task import Outputs, Store, StoredFile, Task, TaskResult, Values, hash_of, run_task
from generator.build.traces import Traces

TRACES = "traces"
"""The cache kind of the traces of the last build. Its only entry has the same key."""
VALUES = "value"
"""The cache kind of values by name. The bytes of an entry are the hash of the value, and then the value."""

_SHARDS_PER_WORKER = 12  # more take time to send; with fewer, workers wait for the last shard
_MIN_SHARD_SIZE = 2  # tasks; with 8, one worker gets all parts of a small search index, each of which takes long
_MAX_SHARD_SIZE = 1_500  # tasks; the results of larger shards need much memory


class CacheDamaged(Exception):
    """The cache lacks data that this build stored. The build can be repeated after clearing the cache."""


class Shard(NamedTuple):
    """Tasks for one worker: their names, and all values that they need, by name."""

    names: tuple[str, ...]
    values: Values


class ShardResult(NamedTuple):
    """The results of the tasks of a shard, and the worker's notes: observations that are not cached."""

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
    """Run the tasks of a shard, in a worker. ``tasks`` has all tasks of the shard by name, and maybe others."""
    results = []
    for name in shard.names:
        task = tasks[name]
        results.append(run_task(inputs, task, {need: shard.values[need] for need in task.value_names}, store))
    return tuple(results)


@contextmanager
def local_work(
    inputs: Inputs, tasks: Iterable[Task], store: Store, notes: Callable[[], Any] = lambda: None
) -> Iterator[Work]:
    """Provide the work of forked processes, which find tasks and inputs in the memory of this process.

    ``notes`` is called at the end of each shard and returns the worker's notes.
    """
    _local_contexts.append((inputs, {task.name: task for task in tasks}, store, notes))
    try:
        yield _run_local_shard
    finally:
        _local_contexts.pop()


def _run_local_shard(shard: Shard) -> ShardResult:
    inputs, tasks, store, notes = _local_contexts[-1]
    results = run_shard(inputs, tasks, shard, store)
    return_memory()
    return ShardResult(results, notes())


# Forked processes inherit this list. Tasks need not be sent to them: functions and arguments may not be picklable.
_local_contexts: list[tuple[Inputs, dict[str, Task], Store, Callable[[], Any]]] = []


class Build:
    """A build: the traces of the last build, and the outputs of this one.

    ``intact_hash(path)`` returns the hash of an unmodified file of the last output, or empty bytes. ``store`` writes a
    file. ``on_progress`` gets the number of tasks that are newly done. ``cores`` is the number of processes that
    compare inputs.

    Results are ``outputs`` and ``value_hashes``, by the names of tasks and values; ``unchanged``, the paths of
    unchanged files; ``stored``, the new files by path; ``rewritten``, the paths of files that a task wrote before
    ``forget`` dropped it; and ``notes``, those of all shards.
    """

    def __init__(
        self, inputs: Inputs, cache: Cache, intact_hash: Callable[[str], bytes], store: Store,
        on_progress: Callable[[int], None] = lambda _tasks: None, cores: int = 1,
    ) -> None:  # fmt: skip
        self._inputs, self._cache, self._intact_hash, self._store = inputs, cache, intact_hash, store
        self._on_progress = on_progress
        self._traces = Traces(inputs, cache.get(TRACES, TRACES), cores)
        self._old_value_hashes = cache.first_bytes(VALUES, HASH_LENGTH)
        self._needs_hashes: dict[str, bytes] = {}  # of running tasks: a hash of the values that the task needs
        self._uncached_values: dict[str, bytes] = {}  # that could not be written to the cache
        self.value_hashes: dict[str, bytes] = {}
        self.outputs: dict[str, Outputs] = {}
        self.notes: list[Any] = []
        self.unchanged: set[str] = set()
        self.stored: dict[str, StoredFile] = {}
        self.rewritten: set[str] = set()

    def run(self, tasks: Sequence[Task], workers: Workers, work: Work) -> None:
        """Run the stale tasks of a stage.

        Raises the exceptions of tasks, WorkerLost, CacheDamaged if a needed value is missing, and ValueError if two
        tasks have one name or yield the same file.
        """
        self._traces.compare()
        stale = [task for task in tasks if not self._reuse_if_up_to_date(task)]
        self._on_progress(len(tasks) - len(stale))
        shards = self._shards([task for task in stale if not task.in_parent], workers.number)
        window = workers.window or len(tasks)
        # The window limits memory: shards contain values, and results contain files if workers cannot store them.
        pending = {workers.executor.submit(work, shard) for shard in islice(shards, window)}
        try:
            # This process runs its own tasks while the workers are busy.
            for task in stale:
                if task.in_parent:
                    self._add_results(run_shard(self._inputs, {task.name: task}, self._shard_of([task]), self._store))
            self._inputs.drop_values()  # this process rarely reads them again
            return_memory()
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                self._add_shards(done)
                pending |= {workers.executor.submit(work, shard) for shard in islice(shards, window - len(pending))}
        finally:
            for future in pending:
                future.cancel()

    def forget(self, names: Sequence[str]) -> None:
        """Drop the outputs and traces of tasks of this build, so that ``run`` runs the tasks again."""
        self._traces.forget(names)
        for name in names:
            outputs = self.outputs.pop(name)
            self.unchanged -= set(outputs.files)
            self.rewritten.update(self.stored.keys() & set(outputs.files))
            for path in outputs.files:
                self.stored.pop(path, None)
            for value_name, _ in outputs.values:
                self.value_hashes.pop(value_name)

    def value(self, name: str) -> bytes:
        """Return the value ``name`` of a task that ran or is up to date. Raises CacheDamaged."""
        data = self._uncached_values[name] if name in self._uncached_values else cached_value(self._cache, name)
        # Another build may have replaced the value since its hash was read.
        if data is None or hash_of(data) != self.value_hashes[name]:
            raise CacheDamaged(f"the value {name} is missing in the cache")
        return data

    def save(self) -> None:
        """Store the traces of this build, and delete the values of tasks that no longer exist.

        If a worker is lost, nothing is stored, and the next build runs more tasks. The site is published already.
        """
        try:
            traces = {TRACES: self._traces.packed()} if self._traces.is_changed else {}
        except WorkerLost:
            return
        self._cache.put_all(
            Change(TRACES, traces), Change(VALUES, {}, self._old_value_hashes.keys() - self.value_hashes.keys())
        )

    def _reuse_if_up_to_date(self, task: Task) -> bool:
        """Reuse the outputs of a task if its trace is valid and all outputs still exist. Returns whether it did."""
        trace = self._traces.valid_trace(task.name)
        if trace is None or trace.needs_hash != self._hash_of_needs(task):
            return False
        outputs = trace.outputs
        # A missing or modified file gives empty bytes, so the hash of all hashes differs.
        if hash_of(b"".join(map(self._intact_hash, outputs.files))) != outputs.files_hash:
            return False
        if any(self._old_value_hashes.get(name) != value_hash for name, value_hash in outputs.values):
            return False
        self._add_outputs(task.name, outputs)
        self.unchanged.update(outputs.files)
        self._traces.keep(task.name)
        return True

    def _shards(self, tasks: Sequence[Task], workers: int) -> Iterator[Shard]:
        size = ceil(len(tasks) / (workers * _SHARDS_PER_WORKER))
        size = min(max(_MIN_SHARD_SIZE, size), _MAX_SHARD_SIZE)
        for start in range(0, len(tasks), size):
            yield self._shard_of(tasks[start : start + size])

    def _shard_of(self, tasks: Sequence[Task]) -> Shard:
        names = tuple(task.name for task in tasks)
        self._needs_hashes.update((task.name, self._hash_of_needs(task)) for task in tasks)
        return Shard(names, {name: self.value(name) for task in tasks for name in task.value_names})

    def _hash_of_needs(self, task: Task) -> bytes:
        """A hash of the values that a task needs; empty bytes if it needs none."""
        return hash_of(b"".join(self.value_hashes[name] for name in task.value_names)) if task.value_names else b""

    def _add_shards(self, done: Iterable[Future[ShardResult]]) -> None:
        for future in done:
            shard_result = future.result()
            self.notes.append(shard_result.notes)
            self._add_results(shard_result.results)
        return_memory()  # here and in the workers: at 20,000 papers, all processes together need 90 MB less

    def _add_results(self, results: Iterable[TaskResult]) -> None:
        """Add results, and store their values at once, since other tasks may need them."""
        values: dict[str, bytes] = {}
        for result in results:
            self._add_outputs(result.name, result.outputs)
            self._traces.add(result.name, result.reads, self._needs_hashes.pop(result.name), result.outputs)
            self.stored.update((stored.path, stored) for stored in result.stored)
            self.stored.update((file.path, self._store(file)) for file in result.files)
            values.update(result.values)
            self._on_progress(1)
        # With the hash in front, the next build compares values without reading them (``Cache.first_bytes``).
        packed = {name: hash_of(data) + data for name, data in values.items()}
        if not self._cache.put_all(Change(VALUES, packed)):
            self._uncached_values.update(values)

    def _add_outputs(self, name: str, outputs: Outputs) -> None:
        """Add the outputs of a task. Raises ValueError if another task has its name, or yields one of its files."""
        if name in self.outputs:
            raise ValueError(f"two tasks are named {name}")
        if duplicates := [path for path in outputs.files if path in self.unchanged or path in self.stored]:
            raise ValueError(f"{name}: another task yields {duplicates[0]}, too")
        self.outputs[name] = outputs
        self.value_hashes.update(outputs.values)


def cached_value(cache: Cache, name: str) -> bytes | None:
    """The value ``name`` of a task of the last build; None if it is not in the cache or damaged."""
    packed = cache.get(VALUES, name) or b""
    data = packed[HASH_LENGTH:]
    return data if packed[:HASH_LENGTH] == hash_of(data) else None
