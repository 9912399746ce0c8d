"""Traces determine the stale tasks, and contain only keys that tasks still read."""

from collections.abc import Callable

import pytest

from generator.build.inputs import Inputs, TracedMapping, query
from generator.build.task import Outputs
from generator.build.traces import Traces

_NOTHING = Outputs((), b"", ())


class Shelf:
    """Books by name. ``evaluated`` are the queries that were evaluated."""

    def __init__(self, books: dict[str, str], inputs: Inputs) -> None:
        self.inputs = inputs
        self.evaluated: list[str] = []
        self._books = TracedMapping(inputs, "book", books)
        inputs.register(self)

    @query
    def title(self, name: str) -> str:
        """The first line of a book."""
        self.evaluated.append(f"title {name}")
        return self._books[name].partition("\n")[0]

    @query
    def label(self, name: str) -> str:
        """The title in capitals: a query that reads a query."""
        self.evaluated.append(f"label {name}")
        return self.title(name).upper()

    @query
    def number(self) -> int:
        """How many books have a text."""
        self.evaluated.append("number")
        return sum(map(bool, self._books.values()))


def _traced(books: dict[str, str], packed: bytes | None = None) -> tuple[Shelf, Traces]:
    inputs = Inputs()
    return Shelf(books, inputs), Traces(inputs, packed)


def _packed(books: dict[str, str], tasks: dict[str, Callable[[Shelf], object]], old: bytes | None = None) -> bytes:
    """The traces after a build with these ``tasks``."""
    shelf, traces = _traced(books, old)
    traces.compare()
    for name, task in tasks.items():
        _, reads = shelf.inputs.recorded(lambda task=task: task(shelf))  # type: ignore[misc]
        traces.add(name, reads, b"", _NOTHING)
    return traces.packed()


@pytest.mark.parametrize(
    ("text", "stale", "evaluated"),
    [
        ("On apes\nother words", [], ["title apes", "number"]),
        ("On Apes\nsome words", [], ["title apes", "label apes", "number"]),
        ("On bears\nsome words", ["label"], ["title apes", "label apes", "number"]),
        ("", ["label", "number"], ["title apes", "label apes", "number"]),
    ],
)
def test_queries_are_evaluated_again_as_far_as_an_edit_reaches(
    text: str, stale: list[str], evaluated: list[str]
) -> None:
    books = {"apes": "On apes\nsome words", "bees": "On bees"}
    packed = _packed(
        books, {"label": lambda s: s.label("apes"), "other": lambda s: s.label("bees"), "number": Shelf.number}
    )
    shelf, traces = _traced(books | {"apes": text}, packed)
    traces.compare()
    assert [name for name in ("label", "other", "number") if traces.valid_trace(name) is None] == stale
    # Evaluating a query may evaluate one that it reads.
    assert set(shelf.evaluated) == set(evaluated)


def test_an_input_that_is_not_registered_yet_counts_as_changed() -> None:
    inputs = Inputs()
    inputs.add("weather", lambda: "dry")
    traces = Traces(inputs, None)
    traces.add("walk", ["weather"], b"", _NOTHING)
    later = Inputs()
    traces = Traces(later, traces.packed())
    traces.compare()
    assert traces.valid_trace("walk") is None
    later.add("weather", lambda: "dry")
    traces.compare()
    assert traces.valid_trace("walk")


def test_keys_without_readers_are_removed() -> None:
    books = {f"book{number}": f"On {number}" for number in range(100)}
    packed = _packed(books, {name: lambda s, name=name: s.label(name) for name in books})  # type: ignore[misc]
    few = {f"new{number}": f"On {number}" for number in range(30)}
    packed = _packed(few, {name: lambda s, name=name: s.label(name) for name in few}, packed)  # type: ignore[misc]
    shelf, traces = _traced(few | {"new7": "On seven"}, packed)
    assert len(traces._keys) == 3 * len(few)
    traces.compare()
    assert [name for name in few if traces.valid_trace(name) is None] == ["new7"]
    assert shelf.evaluated.count("label new8") == 0


def test_a_query_that_fails_makes_its_readers_stale() -> None:
    packed = _packed({"apes": "On apes"}, {"label": lambda s: s.label("apes")})
    _, traces = _traced({}, packed)
    traces.compare()
    assert traces.valid_trace("label") is None


def test_unreadable_bytes_count_as_no_traces() -> None:
    _, traces = _traced({}, b"spoilt")
    traces.compare()
    assert traces.valid_trace("label") is None
    assert not traces.is_changed
