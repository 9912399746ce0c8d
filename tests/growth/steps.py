"""How many steps a call takes: the bytecode instructions that Python runs for it, in whatever module.

What the interpreter does within one instruction (a slice, a search in a list) is not counted, so a case should hold
values that are compared by code of their own where that matters: ``Counted`` is text that counts how often it is
compared.
"""

import gc
import os
import sys
from collections.abc import Callable
from cProfile import Profile
from itertools import pairwise
from types import FrameType
from typing import Any


def steps_of(call: Callable[[], object]) -> int:
    """The instructions that ``call`` takes."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if event == "call":
            frame.f_trace_lines = False
            frame.f_trace_opcodes = True
        elif event == "opcode":
            count += 1
        return trace

    before, collects = sys.gettrace(), gc.isenabled()
    gc.disable()  # or what other tests left behind is cleared away, and counted, here
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
        if collects:
            gc.enable()
    return count


def calls_of(call: Callable[[], object]) -> int:
    """The functions that ``call`` calls, those in C included: coarser than ``steps_of``, and ten times as fast."""
    profile = Profile()
    profile.runcall(call)
    return sum(entry.callcount for entry in profile.getstats())


def noted(ratios: list[float]) -> list[float]:
    """The ratios, also written to the file that ``DIGEST_GROWTH`` names, for ``python -m tools.steepest``."""
    if path := os.environ.get("DIGEST_GROWTH"):
        with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123 - appends are whole among processes
            file.write(f"{max(ratios)}\t{os.environ['PYTEST_CURRENT_TEST']}\n")
    return ratios


def growth(make: Callable[[int], Callable[[], object]], size: int, doublings: int = 3) -> list[float]:
    """By what the steps grow with each doubling. ``make(n)`` prepares an input of size ``n``; its call is counted."""
    make(2)()  # what is made once for all inputs is not counted
    counts = [max(1, steps_of(make(size << doubling))) for doubling in range(doublings + 1)]
    return noted([more / less for less, more in pairwise(counts)])


class Counted(str):
    """Text that is compared by Python's own code, so that searches through lists and slices are counted."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other) is True

    __hash__ = str.__hash__
