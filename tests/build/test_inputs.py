"""Recorded inputs: what a reader depends on, by kind of query."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.build.inputs import (
    SEPARATOR,
    Inputs,
    TracedEmptyMapping,
    TracedMapping,
    TracedRecord,
    add_files,
    fingerprint_of,
    memo,
    query,
)


class Menu:
    """Prices by dish, and what is computed from them."""

    def __init__(self, prices: dict[str, int], inputs: Inputs) -> None:
        self.inputs, self.calls = inputs, 0
        self._prices = TracedMapping(inputs, "price", prices)
        inputs.register(self)

    @query
    def is_dear(self, dish: str) -> bool:
        self.calls += 1
        return self._prices[dish] > 10

    @query
    def dearest(self) -> str:
        self.calls += 1
        return max(self._prices, key=self._prices.__getitem__)

    @memo
    def doubled(self, dish: str) -> int:
        self.calls += 1
        return 2 * self._prices[dish]


@pytest.fixture
def menu() -> Menu:
    return Menu({"soup": 5, "roast": 20}, Inputs())


def test_the_reader_of_a_query_depends_on_its_value_alone(menu: Menu) -> None:
    value, reads = menu.inputs.recorded(lambda: menu.is_dear("soup"))
    assert (value, reads) == (False, (f"Menu.is_dear{SEPARATOR}soup",))
    cheaper = Menu({"soup": 6, "roast": 20}, Inputs())
    dearer = Menu({"soup": 11, "roast": 20}, Inputs())
    fingerprint, read_by_query = menu.inputs.evaluate(reads[0])
    assert read_by_query == (f"price{SEPARATOR}soup",)
    assert cheaper.inputs.evaluate(reads[0])[0] == fingerprint
    assert dearer.inputs.evaluate(reads[0])[0] != fingerprint


def test_the_reader_of_a_memo_depends_on_what_the_memo_read(menu: Menu) -> None:
    first = menu.inputs.recorded(lambda: menu.doubled("soup"))
    assert first == (10, (f"price{SEPARATOR}soup",))
    assert menu.inputs.recorded(lambda: menu.doubled("soup")) == first
    assert menu.calls == 1


def test_a_value_is_computed_once_and_read_by_each_reader(menu: Menu) -> None:
    for _ in range(2):
        assert menu.inputs.recorded(lambda: menu.is_dear("roast"))[1] == (f"Menu.is_dear{SEPARATOR}roast",)
    assert menu.calls == 1


def test_dropped_values_are_computed_again_but_those_without_arguments_stay(menu: Menu) -> None:
    def read() -> object:
        return menu.is_dear("roast"), menu.doubled("soup"), menu.dearest()

    first = menu.inputs.recorded(read)
    calls = menu.calls
    menu.inputs.drop_values()
    assert menu.inputs.recorded(read) == first
    assert menu.calls == calls + 2


def test_reads_are_recorded_in_order_of_first_use_and_nest(menu: Menu) -> None:
    inputs = menu.inputs

    def outer() -> None:
        menu.is_dear("soup")
        inputs.recorded(lambda: menu.is_dear("roast"))
        inputs.unrecorded(menu.is_dear, "roast")
        menu.doubled("roast")
        menu.is_dear("soup")

    assert inputs.recorded(outer)[1] == (f"Menu.is_dear{SEPARATOR}soup", f"price{SEPARATOR}roast")


@pytest.mark.parametrize(
    ("use", "keys"),
    [
        (lambda mapping: mapping["a"], ["n=a"]),
        (lambda mapping: mapping.get("z"), ["n=z"]),
        (lambda mapping: "z" in mapping, ["n=z"]),
        (len, ["n.length"]),
        (lambda mapping: next(iter(mapping)), ["n.keys"]),
        (lambda mapping: list(mapping.values()), ["n.values"]),
        (lambda mapping: list(mapping.items()), ["n.keys", "n.values"]),
    ],
)
def test_a_use_of_a_mapping_depends_on_the_part_that_it_shows(
    use: Callable[[TracedMapping[str, int]], object], keys: list[str]
) -> None:
    inputs = Inputs()
    mapping = TracedMapping(inputs, "n", {"a": 1, "b": 2})
    _, reads = inputs.recorded(lambda: use(mapping))
    assert [key.replace(SEPARATOR, "=") for key in reads] == keys
    assert all(inputs.has(key) for key in reads)


def test_all_values_of_a_mapping_change_with_each_and_with_their_order() -> None:
    def fingerprint(mapping: dict[str, int]) -> bytes:
        inputs = Inputs()
        TracedMapping(inputs, "n", mapping)
        return inputs.evaluate("n.values")[0]

    mappings = [{"a": 1, "b": 2}, {"a": 1, "b": 3}, {"b": 2, "a": 1}, {"a": 1}]
    assert len({fingerprint(mapping) for mapping in mappings}) == len(mappings)
    assert fingerprint({"a": 1}) == fingerprint({"a": 1})


def test_a_missing_value_and_one_that_fails_have_a_fingerprint() -> None:
    inputs = Inputs()
    TracedMapping(inputs, "n", {"a": 1})
    missing, _ = inputs.evaluate(f"n{SEPARATOR}z")
    assert missing == fingerprint_of("KeyError")
    assert missing != inputs.evaluate(f"n{SEPARATOR}a")[0]


def test_an_empty_mapping_depends_on_what_makes_it_empty() -> None:
    inputs = Inputs()
    mapping = TracedEmptyMapping(inputs, "language")
    assert inputs.recorded(lambda: mapping.get("a", "default")) == ("default", ("language",))
    assert inputs.recorded(lambda: len(mapping)) == (0, ("language",))
    assert inputs.recorded(lambda: list(mapping)) == ([], ("language",))


def test_a_record_is_read_by_attribute() -> None:
    inputs = Inputs()
    record = TracedRecord(inputs, "day", date(2026, 4, 23), {"year": 2026, "month": 4})
    assert inputs.recorded(lambda: record.year) == (2026, (f"day{SEPARATOR}year",))
    with pytest.raises(AttributeError):
        record.century  # noqa: B018


def test_a_missing_file_is_an_input_too(tmp_path: Path) -> None:
    inputs = Inputs()
    add_files(inputs, tmp_path)
    missing, _ = inputs.evaluate(f"file{SEPARATOR}a.txt")
    (tmp_path / "a.txt").write_bytes(b"x")
    assert inputs.evaluate(f"file{SEPARATOR}a.txt")[0] not in (missing, fingerprint_of(b"y"))
    assert inputs.read("file", "a.txt") == b"x"


def test_markup_has_the_fingerprint_of_its_text() -> None:
    assert fingerprint_of([Markup("a")]) == fingerprint_of(["a"])


@pytest.mark.parametrize("value", [object(), {"a": object()}, lambda: 1])
def test_only_plain_values_have_fingerprints(value: object) -> None:
    if callable(value):
        assert fingerprint_of(value) == fingerprint_of(value)  # a rule of a language, which is known by its name
        return
    with pytest.raises(TypeError, match="object is not a plain value"):
        fingerprint_of([value])
