"""Runs the tasks of a build: skips those whose traces hold, and shares out the others among an executor's workers.

Tasks run in stages; a stage's tasks may need values of the stages before. Within a stage the tasks are cut into shards
of neighbours, which read much the same, and a worker takes one shard after the other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from generator.build.cache import Cache, Change
from generator.build.inputs import Inputs
from generator.build.task import Outputs, Store, Stored, Task, TaskResult, Values, hash_of, outputs_of, run_task

TRACES, VALUES = "trace", "value"
"""The kinds under which traces and values are kept in the cache."""

_SHARDS = 12  # for each worker: few enough to cost nothing, and so many that no worker waits long for the last one
_FEWEST = 8  # tasks of a shard


class CacheDamaged(Exception):
    """The cache has lost what it must hold; once it is cleared, the build can be repeated."""


class Shard(NamedTuple):
    """Tasks for one worker: their names, their packed traces, the hashes of what they need, and all needed values."""

    names: tuple[str, ...]
    traces: tuple[bytes, ...]
    needs: tuple[bytes, ...]
    values: Values


class ShardResult(NamedTuple):
    """What became of the tasks of a shard, and what the worker noticed meanwhile, which is not kept."""

    results: tuple[TaskResult, ...]
    notes: Any = None


Work = Callable[[Shard], ShardResult]
"""What a worker does with a shard. It is sent to the worker, so it must be picklable."""


class Workers(NamedTuple):
    """An executor and how many workers it has. At most ``window`` shards are under way at a time, or all if it is 0."""

    executor: Executor
    number: int
    window: int = 0


def run_shard(inputs: Inputs, tasks: Mapping[str, Task], shard: Shard, store: Store | None) -> tuple[TaskResult, ...]:
    """Run the tasks of a shard, in a worker. ``tasks`` are at least those of the shard, by name."""
    results = []
    for name, packed, needs in zip(shard.names, shard.traces, shard.needs, strict=True):
        task = tasks[name]
        needed = partial(_selected, shard.values, task.needs)
        results.append(run_task(inputs, task, packed, needs, needed, store))
    return tuple(results)


@contextmanager
def local_work(
    inputs: Inputs, tasks: Iterable[Task], store: Store, notes: Callable[[], Any] = lambda: None
) -> Iterator[Work]:
    """The work of processes that are forked meanwhile: they find tasks and inputs in the memory of this process.

    ``notes`` gives what is noticed, at the end of each shard.
    """
    _LOCAL.append((inputs, {task.name: task for task in tasks}, store, notes))
    try:
        yield _work_here
    finally:
        _LOCAL.pop()


def _work_here(shard: Shard) -> ShardResult:
    inputs, tasks, store, notes = _LOCAL[-1]
    return ShardResult(run_shard(inputs, tasks, shard, store), notes())


_LOCAL: list[tuple[Inputs, dict[str, Task], Store, Callable[[], Any]]] = []


class Build:
    """One build: the traces of the last one, and what the tasks of this one yielded.

    ``intact`` gives the hash of a file of the last output that is as it was written, or nothing; ``store`` writes one.
    In the end ``kept`` are the paths of files that stay as they are, ``stored`` are new files by path, ``outputs`` is
    what each task yielded by its name, and ``notes`` is what workers noticed.
    """

    def __init__(
        self, inputs: Inputs, cache: Cache, intact: Callable[[str], bytes], store: Store,
        on_progress: Callable[[int], None] = lambda _tasks: None,
    ) -> None:  # fmt: skip
        self._inputs, self._cache, self._intact, self._store = inputs, cache, intact, store
        self._on_progress = on_progress
        self._old_traces = cache.all(TRACES)
        self._old_values = frozenset(cache.keys(VALUES))
        self._not_kept: dict[str, bytes] = {}  # values that the cache did not take
        self.value_hashes: dict[str, bytes] = {}
        self.outputs: dict[str, Outputs] = {}
        self.notes: list[Any] = []
        self.kept: set[str] = set()
        self.stored: dict[str, Stored] = {}

    def run(self, tasks: Sequence[Task], workers: Workers, work: Work) -> None:
        """Run a stage. Raises what a task raises, WorkerLost, and ValueError if two tasks yield the same file."""
        shards = self._shards([task for task in tasks if not task.in_parent], workers.number)
        window = workers.window or len(tasks)
        pending = {workers.executor.submit(work, shard) for shard in islice(shards, window)}
        try:
            for task in tasks:
                if task.in_parent:
                    self._add([self._run_here(task)])
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                self._collect(done)
                pending |= {workers.executor.submit(work, shard) for shard in islice(shards, window - len(pending))}
        finally:
            for future in pending:
                future.cancel()

    def forget(self, names: Iterable[str]) -> None:
        """Let tasks be run anew, whatever they read."""
        for name in names:
            outputs = self.outputs.pop(name)
            self._old_traces.pop(name, None)
            self.kept -= set(outputs.files)
            for path in outputs.files:
                self.stored.pop(path, None)
            for value, _ in outputs.values:
                self.value_hashes.pop(value)

    def value(self, name: str) -> bytes:
        """The value ``name`` of a task that ran or is up to date."""
        data = self._not_kept.get(name) or self._cache.get(VALUES, name)
        if data is None or hash_of(data) != self.value_hashes[name]:
            raise CacheDamaged(f"the value {name} is missing in the cache")
        return data

    def save(self) -> None:
        """Delete traces and values of tasks that this build did not have."""
        self._cache.put_all(
            Change(TRACES, {}, self._old_traces.keys() - self.outputs.keys()),
            Change(VALUES, {}, self._old_values - self.value_hashes.keys()),
        )

    def _shards(self, tasks: Sequence[Task], workers: int) -> Iterator[Shard]:
        size = max(_FEWEST, -(-len(tasks) // (workers * _SHARDS)))
        for start in range(0, len(tasks), size):
            part = tasks[start : start + size]
            yield Shard(
                tuple(task.name for task in part),
                tuple(map(self._usable_trace, part)),
                tuple(map(self._needs, part)),
                {name: self.value(name) for task in part for name in task.needs},
            )

    def _run_here(self, task: Task) -> TaskResult:
        values = partial(self._needed_values, task)
        return run_task(self._inputs, task, self._usable_trace(task), self._needs(task), values, self._store)

    def _needed_values(self, task: Task) -> Values:
        return {name: self.value(name) for name in task.needs}

    def _usable_trace(self, task: Task) -> bytes:
        """The trace of the last build if all that the task yielded then is still there, or nothing."""
        packed = self._old_traces.get(task.name, b"")
        if packed:
            outputs = outputs_of(packed)
            content = hash_of(b"".join(map(self._intact, outputs.files)))
            if content != outputs.content or not all(name in self._old_values for name, _ in outputs.values):
                return b""
        return packed

    def _needs(self, task: Task) -> bytes:
        return hash_of(b"".join(self.value_hashes[name] for name in task.needs)) if task.needs else b""

    def _collect(self, done: Iterable[Future[ShardResult]]) -> None:
        for future in done:
            shard = future.result()
            self.notes.append(shard.notes)
            self._add(shard.results)

    def _add(self, results: Iterable[TaskResult]) -> None:
        """Take results over, and keep their traces and values at once.

        If the build fails later, its traces are of use to the next one, which compares files with them.
        """
        traces: dict[str, bytes] = {}
        values: dict[str, bytes] = {}
        for result in results:
            self._add_one(result)
            values.update(result.values)
            if result.trace:
                traces[result.name] = result.trace
        if not self._cache.put_all(Change(TRACES, traces), Change(VALUES, values)):
            self._not_kept.update(values)

    def _add_one(self, result: TaskResult) -> None:
        name = result.name
        outputs = outputs_of(result.trace or self._old_traces[name])
        if name in self.outputs:
            raise ValueError(f"two tasks are named {name}")
        if twice := [path for path in outputs.files if path in self.kept or path in self.stored]:
            raise ValueError(f"{name}: another task yields {twice[0]}, too")
        if result.trace:
            self.stored.update((stored.path, stored) for stored in result.stored)
            self.stored.update((file.path, self._store(file)) for file in result.files)
        else:
            self.kept.update(outputs.files)
        self.outputs[name] = outputs
        self.value_hashes.update(outputs.values)
        self._on_progress(1)


def _selected(values: Values, names: Iterable[str]) -> Values:
    return {name: values[name] for name in names}
