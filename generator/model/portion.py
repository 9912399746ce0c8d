"""A portion of some work that several processes or machines do, each without asking the others."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

Piece = TypeVar("Piece")


class Portion(NamedTuple):
    """Every ``of``-th piece of a work, beginning with number ``which``. All portions together are the whole."""

    which: int = 0
    of: int = 1

    def cut(self, shares: int) -> list["Portion"]:
        """The portions into which this one falls if it is shared out."""
        return [Portion(self.which + self.of * at, self.of * shares) for at in range(shares)]

    def taken(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The pieces that are in the portion."""
        return islice(pieces, self.which, None, self.of)


WHOLE = Portion()
