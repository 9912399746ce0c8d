"""The traces of a build: the reads of each task and query, and the values and outputs of each task.

A table has each key once, with the fingerprint of its value; reads are numbers in the table. After an edit, only inputs
are evaluated, and those queries that read a changed key, directly or not. If their own values are the same, nothing
else depends on the edit (*red-green marking*, as in https://salsa-rs.github.io/salsa/). Tasks that read a changed key
are stale. All traces together are one entry of the cache.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from struct import iter_unpack
from typing import NamedTuple

import msgspec

from generator.build.executors import run_parallel
from generator.build.inputs import HASH_LENGTH, Inputs, Key
from generator.build.task import Outputs

_PARALLEL_FROM = 10_000  # keys, from which on several processes save time
_GROWTH = 8  # the table is compacted when it has grown by one eighth
_UNKNOWN = b""

Numbers = bytes
"""The numbers of keys, four bytes each."""


# Numbers are bytes because thousands of traces are decoded after each edit, and bytes need no object per number.
class Trace(NamedTuple):
    """The numbers of the keys that a task read, a hash of the values that it needed, and its outputs."""

    reads: Numbers
    needs: bytes
    outputs: Outputs


# ``array_like`` stores no field names. Another version of the program has another cache, so fields may change.
class _PackedTraces(msgspec.Struct, array_like=True):
    """The keys by number, their fingerprints and reads, and how many there were after the last compaction."""

    keys: list[Key] = []
    fingerprints: bytes = b""
    reads: list[Numbers] = []
    traces: dict[str, Trace] = {}
    compact: int = 0


class _Evaluation(NamedTuple):
    """The fingerprints of some keys, and the reads of each, as indexes into the list ``keys``."""

    fingerprints: list[bytes]
    reads: list[Numbers]
    keys: list[Key]


class Traces:
    """The traces of the last build, as ``packed`` returned them, and those of this one.

    Unreadable bytes count as no traces. ``workers`` processes evaluate keys.
    """

    def __init__(self, inputs: Inputs, packed: bytes | None, workers: int = 1) -> None:
        stored = _unpack(packed)
        # Keys are numbered in the order of the list, which only grows until it is compacted.
        self._inputs, self._workers = inputs, workers
        self._old, self._new = stored.traces, dict[str, Trace]()
        self._keys, self._reads, self._compact = stored.keys, stored.reads, stored.compact
        self._fingerprints = [fingerprint for (fingerprint,) in iter_unpack(f"{HASH_LENGTH}s", stored.fingerprints)]
        self._numbers = {key: number for number, key in enumerate(stored.keys)}
        # Keys without reads are inputs, which are evaluated in each build; the others are queries.
        self._not_compared = {number for number, reads in enumerate(self._reads) if not reads}
        self._unaffected = {number for number, reads in enumerate(self._reads) if reads}
        self._changed: set[int] = set()
        self._is_changed = False

    def compare(self) -> None:
        """Find the keys whose values differ from the last build.

        Inputs that are not registered yet count as changed until the next call.
        """
        registered = [number for number in self._not_compared if self._inputs.has(self._keys[number])]
        self._not_compared.difference_update(registered)
        changed = self._evaluate(registered)
        while changed:
            self._changed |= changed
            # A query that read a changed query is compared in the next round.
            affected = [n for n in self._unaffected if not changed.isdisjoint(_unpack_numbers(self._reads[n]))]
            self._unaffected.difference_update(affected)
            changed = self._evaluate(affected)

    def valid(self, name: str) -> Trace | None:
        """Return the trace of a task in the last build if all its reads still have the same values."""
        trace = self._old.get(name)
        if trace is None:
            return None
        reads = _unpack_numbers(trace.reads)
        return trace if self._changed.isdisjoint(reads) and self._not_compared.isdisjoint(reads) else None

    def keep(self, name: str) -> None:
        """Reuse the trace of an up-to-date task."""
        self._new[name] = self._old[name]

    def add(self, name: str, reads: Iterable[Key], needs: bytes, outputs: Outputs) -> None:
        """Add the trace of a task that ran."""
        self._is_changed = True
        self._new[name] = Trace(_pack_numbers(map(self._number, reads)), needs, outputs)

    def forget(self, names: Iterable[str]) -> None:
        """Drop the traces of tasks, so that they run."""
        for name in names:
            self._old.pop(name, None)
            self._new.pop(name, None)

    @property
    def is_changed(self) -> bool:
        """Whether there are changes to store."""
        return self._is_changed or self._new.keys() != self._old.keys()

    def packed(self) -> bytes:
        """Serialize the traces of this build."""
        # A query may read keys that are new themselves, so this repeats.
        while unknown := [n for n, fingerprint in enumerate(self._fingerprints) if fingerprint == _UNKNOWN]:
            self._evaluate(unknown)
        if len(self._keys) > self._compact + self._compact // _GROWTH:
            self._compact_keys()
        fingerprints = b"".join(self._fingerprints)
        return msgspec.msgpack.encode(_PackedTraces(self._keys, fingerprints, self._reads, self._new, self._compact))

    def _compact_keys(self) -> None:
        """Remove keys without readers."""
        new = {number: index for index, number in enumerate(self._used_numbers())}
        self._new = {name: trace._replace(reads=_renumber(trace.reads, new)) for name, trace in self._new.items()}
        self._keys = [self._keys[number] for number in new]
        self._fingerprints = [self._fingerprints[number] for number in new]
        self._reads = [_renumber(self._reads[number], new) for number in new]
        self._compact = len(self._keys)

    def _used_numbers(self) -> Iterator[int]:
        """The numbers of the keys that tasks read, directly or through queries."""
        used: dict[int, None] = {}
        for trace in self._new.values():
            used.update(dict.fromkeys(_unpack_numbers(trace.reads)))
        pending = list(used)
        while pending:
            number = pending.pop()
            yield number
            for read in _unpack_numbers(self._reads[number]):
                if read not in used:
                    used[read] = None
                    pending.append(read)

    def _number(self, key: Key) -> int:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._keys)
            self._keys.append(key)
            self._fingerprints.append(_UNKNOWN)
            self._reads.append(b"")
        return number

    def _evaluate(self, numbers: Sequence[int]) -> set[int]:
        """Evaluate keys. Returns those whose fingerprints changed."""
        workers = self._workers if len(numbers) > _PARALLEL_FROM else 1
        size = -(-len(numbers) // workers) or 1
        shards = [numbers[start : start + size] for start in range(0, len(numbers), size)]
        functions = [
            partial(_evaluate_keys, self._inputs, [self._keys[number] for number in shard]) for shard in shards
        ]
        changed = set()
        for shard, evaluated in zip(shards, run_parallel(functions, workers), strict=True):
            numbers_of_reads = [self._number(key) for key in evaluated.keys]
            for number, fingerprint, reads in zip(shard, evaluated.fingerprints, evaluated.reads, strict=True):
                self._reads[number] = _renumber(reads, numbers_of_reads)
                if fingerprint != self._fingerprints[number]:
                    self._fingerprints[number] = fingerprint
                    changed.add(number)
        self._is_changed |= bool(changed)
        return changed


def _evaluate_keys(inputs: Inputs, keys: Sequence[Key]) -> _Evaluation:
    # Processes number keys on their own: the parent translates these indexes into the numbers of its table.
    indexes: dict[Key, int] = {}
    fingerprints, reads_of_all = [], []
    for key in keys:
        fingerprint, reads = inputs.evaluate(key)
        fingerprints.append(fingerprint)
        reads_of_all.append(_pack_numbers(indexes.setdefault(read, len(indexes)) for read in reads) if reads else b"")
    return _Evaluation(fingerprints, reads_of_all, list(indexes))


def _pack_numbers(numbers: Iterable[int]) -> Numbers:
    return array("I", numbers).tobytes()


def _unpack_numbers(numbers: Numbers) -> memoryview:
    return memoryview(numbers).cast("I")


def _renumber(numbers: Numbers, new: Sequence[int] | dict[int, int]) -> Numbers:
    return _pack_numbers(map(new.__getitem__, _unpack_numbers(numbers))) if numbers else numbers


def _unpack(packed: bytes | None) -> _PackedTraces:
    try:
        return msgspec.msgpack.decode(packed or b"", type=_PackedTraces)
    except msgspec.MsgspecError:
        return _PackedTraces()
