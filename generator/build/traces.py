"""The traces of a build: the reads of each task and query, and the needed values and outputs of each task.

A table has each key once, with the fingerprint of its value. Traces contain the numbers of keys in this table.

In each build, all inputs are evaluated: keys whose values come from outside the engine. Of the queries, only those are
evaluated that read a changed key. If a query's value is the same as before, the queries and tasks that read it are not
affected (*red-green marking*, as in https://salsa-rs.github.io/salsa/). Tasks that read a changed key are stale. All
traces together are one entry of the cache.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from math import ceil
from struct import iter_unpack
from typing import NamedTuple

import msgspec

from generator.build.executors import run_parallel
from generator.build.inputs import HASH_LENGTH, Inputs, Key
from generator.build.task import Outputs

_MAX_GROUP_SIZE = 100_000  # keys that are evaluated by the same processes
_MIN_PARALLEL_KEYS = 10_000  # for more keys than these, several processes save time
_COMPACTION_DIVISOR = 8  # the table is compacted when it has grown by one eighth
_NOT_EVALUATED = b""  # in place of the fingerprint of a key that was read for the first time

PackedNumbers = bytes
"""The numbers of keys, four bytes each. After each edit, thousands of traces are decoded: bytes need no object each."""


class Trace(NamedTuple):
    """The numbers of the keys that a task read, a hash of the values in its ``needs`` (``Task``), and its outputs."""

    reads: PackedNumbers
    needs_hash: bytes
    outputs: Outputs


# ``array_like`` stores no field names. Another version of the program has another cache, so fields may change.
class _PackedTraces(msgspec.Struct, array_like=True):
    """The table and the traces of tasks, as the cache has them.

    ``keys``, ``fingerprints`` (joined) and ``reads`` (by the query of each key) are in the order of the keys' numbers.
    ``size_after_compaction`` is the number of keys after the last compaction.
    """

    keys: list[Key] = []
    fingerprints: bytes = b""
    reads: list[PackedNumbers] = []
    traces: dict[str, Trace] = {}
    size_after_compaction: int = 0


class _Evaluation(NamedTuple):
    """The fingerprints of some keys, and what each read: indexes in the list ``keys``."""

    fingerprints: list[bytes]
    reads: list[PackedNumbers]
    keys: list[Key]


class Traces:
    """The traces of the last build, and those of this one.

    ``packed`` is what the method ``packed`` returned in the last build; anything else counts as no traces. ``workers``
    is the number of processes that evaluate keys.
    """

    def __init__(self, inputs: Inputs, packed: bytes | None, workers: int = 1) -> None:
        stored = _unpack(packed)
        self._inputs, self._workers = inputs, workers
        self._old_traces, self._new_traces = stored.traces, dict[str, Trace]()
        self._keys, self._reads, self._size_after_compaction = stored.keys, stored.reads, stored.size_after_compaction
        self._fingerprints = [fingerprint for (fingerprint,) in iter_unpack(f"{HASH_LENGTH}s", stored.fingerprints)]
        # The number of a key is its index in the list, to which keys are only appended until it is compacted.
        self._numbers = {key: number for number, key in enumerate(stored.keys)}
        # Keys without reads are inputs, which are evaluated in each build; the others are queries.
        self._not_compared_inputs = {number for number, reads in enumerate(self._reads) if not reads}
        self._unaffected_queries = {number for number, reads in enumerate(self._reads) if reads}
        self._changed: set[int] = set()
        self._has_new_data = False

    def compare(self) -> None:
        """Find the keys whose values differ from the last build, for ``valid_trace``.

        Inputs that are not registered yet count as changed until a later call finds them registered.
        """
        registered = [number for number in self._not_compared_inputs if self._inputs.has(self._keys[number])]
        self._not_compared_inputs.difference_update(registered)
        changed = self._evaluate(registered)
        while changed:
            self._changed |= changed
            # The queries that read a changed key. Queries that read one of these follow in the next round.
            affected = [n for n in self._unaffected_queries if not changed.isdisjoint(_unpack_numbers(self._reads[n]))]
            self._unaffected_queries.difference_update(affected)
            changed = self._evaluate(affected)

    def valid_trace(self, name: str) -> Trace | None:
        """Return the trace of a task in the last build if all its reads still have the same values."""
        trace = self._old_traces.get(name)
        if trace is None:
            return None
        reads = _unpack_numbers(trace.reads)
        return trace if self._changed.isdisjoint(reads) and self._not_compared_inputs.isdisjoint(reads) else None

    def keep(self, name: str) -> None:
        """Reuse the trace of an up-to-date task."""
        self._new_traces[name] = self._old_traces[name]

    def add(self, name: str, reads: Iterable[Key], needs_hash: bytes, outputs: Outputs) -> None:
        """Add the trace of a task that ran."""
        self._has_new_data = True
        self._new_traces[name] = Trace(_pack_numbers(map(self._number_of, reads)), needs_hash, outputs)

    def forget(self, names: Iterable[str]) -> None:
        """Drop the traces of tasks, which makes the tasks stale."""
        for name in names:
            self._old_traces.pop(name, None)
            self._new_traces.pop(name, None)

    @property
    def is_changed(self) -> bool:
        """Whether the traces differ from those of the last build."""
        return self._has_new_data or self._new_traces.keys() != self._old_traces.keys()

    def packed(self) -> bytes:
        """Return the traces of this build as bytes. Raises WorkerLost if a process that evaluates keys is killed."""
        # Repeated, since the evaluation of a query can add further keys.
        while unevaluated := [n for n, fingerprint in enumerate(self._fingerprints) if fingerprint == _NOT_EVALUATED]:
            self._evaluate(unevaluated)
        if len(self._keys) > self._size_after_compaction + self._size_after_compaction // _COMPACTION_DIVISOR:
            self._compact_keys()
        fingerprints = b"".join(self._fingerprints)
        return msgspec.msgpack.encode(
            _PackedTraces(self._keys, fingerprints, self._reads, self._new_traces, self._size_after_compaction)
        )

    def _compact_keys(self) -> None:
        """Remove keys that no task reads, and renumber the others. No key can be added afterwards."""
        numbers = {old: new for new, old in enumerate(self._used_numbers())}
        self._new_traces = {
            name: trace._replace(reads=_renumber(trace.reads, numbers)) for name, trace in self._new_traces.items()
        }
        self._keys = [self._keys[number] for number in numbers]
        self._fingerprints = [self._fingerprints[number] for number in numbers]
        self._reads = [_renumber(self._reads[number], numbers) for number in numbers]
        self._size_after_compaction = len(self._keys)

    def _used_numbers(self) -> Iterator[int]:
        """Yield the numbers of the keys that tasks read, directly or through queries."""
        used: dict[int, None] = {}
        for trace in self._new_traces.values():
            used.update(dict.fromkeys(_unpack_numbers(trace.reads)))
        pending = list(used)
        while pending:
            number = pending.pop()
            yield number
            for read in _unpack_numbers(self._reads[number]):
                if read not in used:
                    used[read] = None
                    pending.append(read)

    def _number_of(self, key: Key) -> int:
        """Return the number of a key. A new key is added to the table."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._keys)
            self._keys.append(key)
            self._fingerprints.append(_NOT_EVALUATED)
            self._reads.append(b"")
        return number

    def _evaluate(self, numbers: Sequence[int]) -> set[int]:
        """Evaluate keys and store their fingerprints and reads. Returns the numbers of those that changed."""
        changed = set()
        # Each group gets new processes, to limit their memory: reading a record changes its reference count, so a
        # forked process gets its own copy of each record that it reads.
        for start in range(0, len(numbers), _MAX_GROUP_SIZE):
            changed |= self._evaluate_group(numbers[start : start + _MAX_GROUP_SIZE])
        self._has_new_data |= bool(changed)
        return changed

    def _evaluate_group(self, numbers: Sequence[int]) -> set[int]:
        workers = self._workers if len(numbers) > _MIN_PARALLEL_KEYS else 1
        size = ceil(len(numbers) / workers) or 1
        shards = [numbers[start : start + size] for start in range(0, len(numbers), size)]
        functions = [
            partial(_evaluate_keys, self._inputs, [self._keys[number] for number in shard]) for shard in shards
        ]
        changed = set()
        for shard, evaluated in zip(shards, run_parallel(functions, workers), strict=True):
            number_by_index = [self._number_of(key) for key in evaluated.keys]
            for number, fingerprint, reads in zip(shard, evaluated.fingerprints, evaluated.reads, strict=True):
                self._reads[number] = _renumber(reads, number_by_index)
                if fingerprint != self._fingerprints[number]:
                    self._fingerprints[number] = fingerprint
                    changed.add(number)
        return changed


def _evaluate_keys(inputs: Inputs, keys: Sequence[Key]) -> _Evaluation:
    # Runs in another process, which does not know the table: its parent translates indexes into numbers.
    indexes: dict[Key, int] = {}
    fingerprints, packed_reads = [], []
    for key in keys:
        fingerprint, reads = inputs.evaluate(key)
        fingerprints.append(fingerprint)
        packed_reads.append(_pack_numbers(indexes.setdefault(read, len(indexes)) for read in reads) if reads else b"")
    return _Evaluation(fingerprints, packed_reads, list(indexes))


def _pack_numbers(numbers: Iterable[int]) -> PackedNumbers:
    return array("I", numbers).tobytes()


def _unpack_numbers(numbers: PackedNumbers) -> memoryview:
    return memoryview(numbers).cast("I")


def _renumber(numbers: PackedNumbers, new_numbers: Sequence[int] | dict[int, int]) -> PackedNumbers:
    """Replace each number by the one that ``new_numbers`` has for it."""
    return _pack_numbers(map(new_numbers.__getitem__, _unpack_numbers(numbers))) if numbers else numbers


def _unpack(packed: bytes | None) -> _PackedTraces:
    """Decode packed traces; other bytes give none."""
    try:
        return msgspec.msgpack.decode(packed or b"", type=_PackedTraces)
    except msgspec.MsgspecError:
        return _PackedTraces()
