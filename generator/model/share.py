"""A share of a work that several processes or machines do, each without asking the others."""

from typing import NamedTuple
from zlib import crc32


class Share(NamedTuple):
    """Number ``which`` (from 0) of ``of`` shares. The same on every machine; all shares together are the whole."""

    which: int = 0
    of: int = 1

    def has(self, name: str) -> bool:
        """Whether what is called ``name`` is in this share: for many things of about one size."""
        return self.of == 1 or crc32(name.encode()) % self.of == self.which

    def takes(self, number: int) -> bool:
        """Whether thing ``number`` of a list is in this share: for few large things."""
        return number % self.of == self.which


WHOLE = Share()
