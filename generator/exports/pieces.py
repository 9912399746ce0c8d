"""Files that tell of many papers one after the other, in pieces of some sixty papers, each of which can be kept.

A piece ends where the id of its last paper says so: one paper more or less changes its own piece alone.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from zlib import crc32

from generator.model.fingerprints import Fingerprints
from generator.model.page import Draft, Piece

SIZE = 64
"""How many papers a piece has on average."""


def in_pieces(
    path: str,
    marks: Fingerprints,
    paper_ids: Iterable[str],
    text_of: Callable[[str], str],
    *,
    frame: tuple[str, str, str] = ("", "", ""),
) -> Draft:
    """The file at ``path`` with the text of each paper; ``frame`` is what stands before, between and after them.

    What is said of a paper follows from its fingerprint, and where the file stands.
    """
    pieces = tuple(_pieces(path, marks, paper_ids, text_of, frame))
    made_from = b"".join(piece.made_from for piece in pieces)
    return Draft(path, made_from, partial(_joined, pieces), pieces)


def blocks(paper_ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The papers in order, cut after those whose ids say so."""
    block = []
    for paper_id in paper_ids:
        block.append(paper_id)
        if crc32(paper_id.encode()) % SIZE == 0:
            yield tuple(block)
            block = []
    if block:
        yield tuple(block)


def _pieces(
    path: str,
    marks: Fingerprints,
    paper_ids: Iterable[str],
    text_of: Callable[[str], str],
    frame: tuple[str, str, str],
) -> Iterator[Piece]:
    head, between, tail = frame
    yield Piece(head.encode(), lambda: head)
    for at, block in enumerate(blocks(paper_ids)):
        before = between if at else ""
        made_from = marks.told("piece", path, before, papers=block)
        yield Piece(made_from, partial(_written, text_of, block, before, between))
    yield Piece(tail.encode(), lambda: tail)


def _written(text_of: Callable[[str], str], block: tuple[str, ...], before: str, between: str) -> str:
    return before + between.join(map(text_of, block))


def _joined(pieces: Iterable[Piece]) -> str:
    return "".join(piece.write() for piece in pieces)
