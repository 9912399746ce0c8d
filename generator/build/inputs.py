"""Record what tasks read.

A task reads its inputs through named *queries*: a record of a mapping, a derived value such as a paper's card, a
template, a setting. While a task runs, the keys of its queries are recorded. The task is up to date as long as the same
queries give the same values: this is a *verifying trace* (Mokhov, Mitchell and Peyton Jones, "Build Systems à la
Carte", 2018). The queries are those of Salsa (https://salsa-rs.github.io/salsa/). No dependency is declared by hand.

There are two kinds of derived values:

- A ``query``: its own value is compared between builds. A task that reads it is not affected by changes that leave the
  value as it was (early cutoff). The query is evaluated again if something that it reads has another value, so it must
  read only queries, and be fast.
- A ``memo``: a task that reads it depends on the queries that the memo read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from types import FunctionType, MappingProxyType
from typing import Any, Protocol, TypeVar, cast

import msgspec

Value = TypeVar("Value")
Item = TypeVar("Item")
Method = TypeVar("Method", bound=Callable[..., Any])

Key = str
"""A query's name and its arguments, separated by ``SEPARATOR``."""

SEPARATOR = "\x1f"
HASH_LENGTH = 16
"""Bytes of a fingerprint, and of all other hashes of the engine."""

_MAX_MEMOIZED = 10_000
"""The most values and the most memos in memory. With half, 20,000 papers take 12 % longer to build."""


class QueryOwner(Protocol):
    """An object with queries. It must be registered (``Inputs.register``) before values are compared."""

    inputs: "Inputs"


class Inputs:
    """All queries of one build: their memoized values and fingerprints, and the recorder of the running task."""

    def __init__(self) -> None:
        self._functions: dict[str, Callable[..., object]] = {}
        self._derived: set[str] = set()  # names of queries that read only other queries
        self._values: dict[Key, object] = {}
        self._fingerprints: dict[Key, bytes] = {}
        self._memos: dict[tuple[object, ...], tuple[object, tuple[Key, ...]]] = {}
        # The keys that the running task read. A dictionary keeps their order, so that a trace has the same bytes.
        self._reads: dict[Key, None] | None = None

    def add(self, name: str, function: Callable[..., object]) -> None:
        """Add the query ``name``, whose value ``function`` returns for the query's arguments, which are strings.

        It is evaluated in each build. An exception that it raises reaches the reader.
        """
        assert name not in self._functions, name
        self._functions[name] = function

    def add_all_of(self, name: str, keys: Callable[[], Iterable[Key]]) -> None:
        """Add the query ``name``, whose value is a hash of the values of all keys that ``keys`` returns."""
        self.add(name, lambda: self._combined_fingerprint(keys()))
        self._derived.add(name)

    def register(self, owner: QueryOwner) -> None:
        """Add all methods of ``owner`` that are decorated with ``query``."""
        # Looked up on the class, so that no property of the instance is evaluated.
        for attribute in dir(type(owner)):
            if name := getattr(getattr(type(owner), attribute), "query_name", None):
                method = getattr(type(owner), attribute).__wrapped__
                self._functions[name] = method.__get__(owner)
                self._derived.add(name)

    def read(self, name: str, *arguments: str) -> Any:
        """Return the value of a query, and record its key. The value is memoized. Raises what the query raises."""
        key = SEPARATOR.join((name, *arguments))
        if self._reads is not None:
            self._reads[key] = None
        if key in self._values:
            return self._values[key]
        if len(self._values) >= _MAX_MEMOIZED:
            self._drop_values_with_arguments()
        # The reader depends on the value, not on what the query reads to compute it: this is the early cutoff.
        value = self._values[key] = self.unrecorded(self._functions[name], *arguments)
        return value

    def drop_values(self) -> None:
        """Drop memos, and values of queries with arguments, to free memory. They are computed again when needed."""
        self._drop_values_with_arguments()
        self._memos.clear()

    def _drop_values_with_arguments(self) -> None:
        # Values of queries without arguments are few and take longest to compute.
        self._values = {key: value for key, value in self._values.items() if SEPARATOR not in key}

    def record(self, key: Key) -> None:
        """Record that the running task reads ``key``, whose value the caller has."""
        if self._reads is not None:
            self._reads[key] = None

    def unrecorded(self, function: Callable[..., Value], *arguments: object) -> Value:
        """Call ``function`` without recording what it reads."""
        # Queries nest, so the outer recording continues afterwards.
        outer_reads, self._reads = self._reads, None
        try:
            return function(*arguments)
        finally:
            self._reads = outer_reads

    def recorded(self, function: Callable[[], Value]) -> tuple[Value, tuple[Key, ...]]:
        """Call ``function``. Returns its value and the keys that it read, in order of first use."""
        outer_reads, self._reads = self._reads, {}
        try:
            value = function()
            return value, tuple(self._reads)
        finally:
            self._reads = outer_reads

    def memo(self, key: tuple[object, ...], function: Callable[[], Value]) -> Value:
        """Return the value of ``function``, memoized under ``key``. What ``function`` read is recorded each time."""
        memoized = self._memos.get(key)
        if memoized is None:
            if len(self._memos) >= _MAX_MEMOIZED:
                self._memos.clear()
            memoized = self._memos[key] = self.recorded(function)
        if self._reads is not None:
            self._reads.update(dict.fromkeys(memoized[1]))
        return cast(Value, memoized[0])

    def has(self, key: Key) -> bool:
        """Return whether the query of ``key`` exists."""
        return key.partition(SEPARATOR)[0] in self._functions

    def evaluate(self, key: Key) -> tuple[bytes, tuple[Key, ...]]:
        """Return the fingerprint of a query's value, or of the exception that it raises, and the keys that it read.

        A query added by ``add`` has no keys: it reads from outside the engine.
        """
        name, *arguments = key.split(SEPARATOR)
        outer_reads, self._reads = self._reads, {}
        try:
            value = self._functions[name](*arguments)
        except Exception as error:  # noqa: BLE001 - a task that reads the query gets the exception, too
            value = type(error).__name__
        finally:
            reads, self._reads = tuple(self._reads), outer_reads
        return fingerprint_of(value), reads if name in self._derived else ()

    def _combined_fingerprint(self, keys: Iterable[Key]) -> bytes:
        """Return a hash of the fingerprints of all ``keys``, and record the keys."""
        fingerprints = []
        for key in keys:
            self.record(key)
            if key not in self._fingerprints:
                self._fingerprints[key], _ = self.evaluate(key)
            fingerprints.append(self._fingerprints[key])
        return blake2b(b"".join(fingerprints), digest_size=HASH_LENGTH).digest()


def query(method: Method) -> Method:
    """Make a method a query. Its arguments are strings, and its object is a ``QueryOwner``."""
    name = method.__qualname__

    @wraps(method)
    def read(self: QueryOwner, *arguments: str) -> Any:
        return self.inputs.read(name, *arguments)

    read.query_name = name  # type: ignore[attr-defined]
    return cast(Method, read)


def memo(method: Method) -> Method:
    """Make a method a memo. Its arguments must be hashable."""
    name = method.__qualname__

    @wraps(method)
    def read_memo(self: QueryOwner, *arguments: Any) -> Any:
        # ``id``: two objects of one class may give different values for the same arguments.
        return self.inputs.memo((name, id(self), *arguments), lambda: method(self, *arguments))

    return cast(Method, read_memo)


class TracedMapping(Mapping[Item, Value]):
    """A mapping that records reads: of each value, of the keys, of the length, and of all values together."""

    def __init__(
        self, inputs: Inputs, name: str, mapping: Mapping[Item, Value], parse: Callable[[str], Item] | None = None
    ) -> None:
        """``parse`` is the inverse of ``str`` for keys that are not strings."""
        self._inputs, self._name, self._mapping = inputs, name, mapping
        self._prefix = f"{name}{SEPARATOR}"
        key_of = parse or cast("Callable[[str], Item]", str)
        inputs.add(name, lambda key: mapping[key_of(key)])
        # The order of the keys counts, too: pages list records in this order.
        inputs.add(f"{name}.keys", lambda: list(map(str, mapping)))
        inputs.add(f"{name}.length", lambda: len(mapping))
        inputs.add_all_of(f"{name}.values", self._all_keys)

    def _all_keys(self) -> list[Key]:
        return [f"{self._name}.keys", *(f"{self._prefix}{key}" for key in self._mapping)]

    def __getitem__(self, key: Item) -> Value:
        self._inputs.record(f"{self._prefix}{key}")
        return self._mapping[key]

    def get(self, key: Item, default: Any = None) -> Any:
        """Return the value of ``key``, or ``default``."""
        self._inputs.record(f"{self._prefix}{key}")
        return self._mapping.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._inputs.record(f"{self._prefix}{key}")
        return key in self._mapping

    def __iter__(self) -> Iterator[Item]:
        self._inputs.record(f"{self._name}.keys")
        return iter(self._mapping)

    def __len__(self) -> int:
        self._inputs.record(f"{self._name}.length")
        return len(self._mapping)

    def values(self) -> Any:
        """Return all values. The reader depends on each of them and on their order."""
        self._inputs.record(f"{self._name}.values")
        return self._mapping.values()

    def items(self) -> Any:
        """Return all keys and values."""
        self._inputs.record(f"{self._name}.keys")
        self._inputs.record(f"{self._name}.values")
        return self._mapping.items()


class TracedEmptyMapping(Mapping[str, Any]):
    """A mapping without items. Its readers depend on the query ``key``, which decides whether there are items."""

    def __init__(self, inputs: Inputs, key: Key) -> None:
        self._inputs, self._key = inputs, key

    def __getitem__(self, key: str) -> Any:
        self._inputs.record(self._key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        self._inputs.record(self._key)
        return iter(())

    def __len__(self) -> int:
        self._inputs.record(self._key)
        return 0


class TracedRecord:
    """A record whose attributes are recorded one by one when they are read, such as the settings."""

    def __init__(self, inputs: Inputs, name: str, record: object, values: Mapping[str, object]) -> None:
        """``values`` are the values that builds compare, by attribute."""
        self.__dict__.update(_inputs=inputs, _name=name, _record=record)
        inputs.add(name, values.__getitem__)

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        self._inputs.record(f"{self._name}{SEPARATOR}{attribute}")
        return getattr(self._record, attribute)


def add_files(inputs: Inputs, root: Path) -> None:
    """Add the query ``file``, whose argument is the path of a file below ``root``, and whose value is its content."""

    def read(path: str) -> bytes:
        try:
            return (root / path).read_bytes()
        except OSError as error:
            raise KeyError(path) from error

    inputs.add("file", read)


def fingerprint_of(value: object) -> bytes:
    """Return a hash of a value that consists of records, lists, tuples, mappings, texts, bytes, numbers and dates.

    Raises TypeError for a value that msgspec cannot encode.
    """
    return blake2b(_ENCODER.encode(value), digest_size=HASH_LENGTH).digest()


def _encodable(value: Any) -> Any:
    """Convert a value that msgspec cannot encode to one that it can."""
    if isinstance(value, MappingProxyType):
        return dict(value)
    if isinstance(value, FunctionType):  # a language's plural rule, which has a unique name
        return value.__qualname__
    # msgspec encodes subclasses through this hook only.
    if isinstance(value, str):  # a subclass, such as Markup
        return str.__str__(value)
    raise TypeError(f"{type(value).__name__} is not a plain value")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_encodable)
