"""The traces of a build: what each task read, needed and yielded when it ran last.

Many tasks read the same keys, so each key stands once in a table, with the fingerprint of its value, and a trace has
the numbers of its keys. After an edit each key is evaluated once, and the tasks that read a changed one are found by
its number. All traces together are one entry of the cache.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import partial
from struct import iter_unpack
from typing import NamedTuple

import msgspec

from generator.build.executors import run_parallel
from generator.build.inputs import LENGTH, Inputs, Key
from generator.build.task import Outputs

_MANY = 10_000  # keys that are worth processes of their own
_FINGERPRINT = f"{LENGTH}s"


class Trace(NamedTuple):
    """The numbers of the keys that a task read, a hash of the values that it needed, and what it yielded."""

    reads: bytes
    needs: bytes
    outputs: Outputs


class _Stored(msgspec.Struct, array_like=True):
    keys: list[Key]
    fingerprints: bytes
    traces: dict[str, Trace]


class Traces:
    """The traces of the last build, which ``packed`` gave then, and those of this one. Other bytes count as none.

    So many ``workers`` evaluate keys.
    """

    def __init__(self, inputs: Inputs, packed: bytes | None, workers: int = 1) -> None:
        stored = _unpacked(packed)
        self._inputs, self._workers = inputs, workers
        self._old, self._new = stored.traces, dict[str, Trace]()
        self._numbers = {key: number for number, key in enumerate(stored.keys)}
        self._keys, self._fingerprints = stored.keys, stored.fingerprints
        self._is_compared = bytearray(len(stored.keys))
        self._changed: dict[int, bytes] = {}  # keys whose value is another than in the last build: its fingerprint
        self._has_new = False

    def compare(self, names: Iterable[str]) -> None:
        """Evaluate the keys that these tasks read in the last build, except those that were compared before."""
        reads = {number for name in names if (trace := self._old.get(name)) for number in _numbers_in(trace)}
        numbers = sorted(number for number in reads if not self._is_compared[number])
        new = self._evaluated([self._keys[number] for number in numbers])
        for number, fingerprint in zip(numbers, new, strict=True):
            self._is_compared[number] = True
            if fingerprint != self._old_fingerprint(number):
                self._changed[number] = fingerprint

    def valid(self, name: str) -> Trace | None:
        """The trace of a task if all that it read has the same values as then. ``compare`` must know its name."""
        trace = self._old.get(name)
        return trace if trace and self._changed.keys().isdisjoint(_numbers_in(trace)) else None

    def keep(self, name: str) -> None:
        """Take over the trace of a task that need not run."""
        self._new[name] = self._old[name]

    def add(self, name: str, reads: Iterable[Key], needs: bytes, outputs: Outputs) -> None:
        """Add the trace of a task that ran."""
        self._has_new = True
        numbers = self._numbers
        reads_by_number = array("I", [numbers.setdefault(key, len(numbers)) for key in reads])
        self._new[name] = Trace(reads_by_number.tobytes(), needs, outputs)

    def forget(self, names: Iterable[str]) -> None:
        """Drop the traces of tasks, so that they run."""
        for name in names:
            self._old.pop(name, None)
            self._new.pop(name, None)

    @property
    def is_changed(self) -> bool:
        """Whether the traces of this build are others than those of the last one."""
        return self._has_new or self._new.keys() != self._old.keys()

    def packed(self) -> bytes:
        """The traces of this build, with the keys that are still read."""
        numbers: dict[int, int] = {}  # new by old
        traces = {
            name: trace._replace(
                reads=array("I", [numbers.setdefault(key, len(numbers)) for key in _numbers_in(trace)]).tobytes()
            )
            for name, trace in self._new.items()
        }
        all_keys = list(self._numbers)
        keys = [all_keys[number] for number in numbers]
        known = [self._fingerprint(number) for number in numbers]
        missing = iter(self._evaluated([key for key, known_one in zip(keys, known, strict=True) if not known_one]))
        fingerprints = b"".join([fingerprint or next(missing) for fingerprint in known])
        return msgspec.msgpack.encode(_Stored(keys, fingerprints, traces))

    def _fingerprint(self, number: int) -> bytes:
        """The fingerprint of a key's current value; nothing if it was not evaluated in this build."""
        if number >= len(self._keys) or not self._is_compared[number]:
            return b""
        return self._changed.get(number) or self._old_fingerprint(number)

    def _old_fingerprint(self, number: int) -> bytes:
        return self._fingerprints[number * LENGTH : (number + 1) * LENGTH]

    def _evaluated(self, keys: Sequence[Key]) -> list[bytes]:
        """The fingerprints of the current values of ``keys``."""
        workers = self._workers if len(keys) > _MANY else 1
        size = -(-len(keys) // workers) or 1
        shards = [keys[start : start + size] for start in range(0, len(keys), size)]
        packed = b"".join(run_parallel([partial(self._inputs.fingerprints, shard) for shard in shards], workers))
        return [fingerprint for (fingerprint,) in iter_unpack(_FINGERPRINT, packed)]


def _numbers_in(trace: Trace) -> memoryview:
    return memoryview(trace.reads).cast("I")


def _unpacked(packed: bytes | None) -> _Stored:
    try:
        stored = msgspec.msgpack.decode(packed or b"", type=_Stored)
    except msgspec.MsgspecError:
        return _Stored([], b"", {})
    return stored
