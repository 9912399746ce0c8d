"""Records: frozen, keyword-only, closed."""

from dataclasses import FrozenInstanceError

import pytest

from generator.codec.decode import decode
from generator.model.entities import Topic
from generator.model.record import record


@record
class Point:
    """A record for these tests."""

    x: int
    y: int = 0


def test_records_compare_by_value_and_cannot_change() -> None:
    point = Point(x=1)
    assert point == Point(x=1, y=0)
    with pytest.raises(FrozenInstanceError):
        point.x = 2  # type: ignore[misc]


def test_records_have_no_other_attributes_and_no_positions() -> None:
    with pytest.raises((AttributeError, TypeError)):
        object.__setattr__(Point(x=1), "z", 3)
    with pytest.raises(TypeError):
        Point(1)  # type: ignore[call-arg]


def test_a_field_that_a_record_does_not_have_is_refused() -> None:
    faults = decode(Topic, {"id": "cats", "name": "Cats", "shade": "red"})[1]
    assert [(fault.code, fault.location) for fault in faults] == [("E201", ("shade",))]
