"""Python's first act where this folder leads its path: another clock, and folders listed in another order."""

import datetime
import os
import random
from collections.abc import Iterator
from typing import Any

import time_machine

_listdir, _scandir = os.listdir, os.scandir
_order = random.Random(os.environ["PYTHONHASHSEED"])


class _Shuffled:
    """What ``os.scandir`` gives, in another order."""

    def __init__(self, *arguments: Any) -> None:
        with _scandir(*arguments) as entries:
            self._entries = iter(_shuffled(list(entries)))

    def __iter__(self) -> Iterator[Any]:
        return self._entries

    def __next__(self) -> Any:
        return next(self._entries)

    def __enter__(self) -> Iterator[Any]:
        return self._entries

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is left open."""


def _shuffled(names: list[Any]) -> list[Any]:
    _order.shuffle(names)
    return names


os.listdir = lambda *arguments: _shuffled(_listdir(*arguments))
os.scandir = _Shuffled  # type: ignore[assignment]
time_machine.travel(datetime.datetime(2031, 2, 3, 4, 5, tzinfo=datetime.UTC), tick=True).start()
