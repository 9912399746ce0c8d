"""Files that list all papers: bibliographies, JSON Lines, the API's list and the table.

They are joined from the texts of blocks of some sixty papers, each of which is a value of its own: an edited paper
changes its block alone. A block ends where the id of its last paper says so, so one paper more or less changes one
block.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple
from zlib import crc32

import msgspec

from generator.build.task import File, Task, Value, Values, plain_task
from generator.exports.bibliographies import FORMATS
from generator.exports.data import api_frame, short_record
from generator.exports.paper_texts import PaperTexts
from generator.exports.table import heading, row

SIZE = 64
"""How many papers a block has on average."""


class BlockTexts(NamedTuple):
    """The texts of a block's papers, joined, for each file that lists all papers."""

    bib: str
    ris: str
    json: str
    lines: str
    short: str
    rows: str


def blocks(paper_ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The papers in order, cut after those whose ids say so."""
    block: list[str] = []
    for paper_id in paper_ids:
        block.append(paper_id)
        if crc32(paper_id.encode()) % SIZE == 0:
            yield tuple(block)
            block = []
    if block:
        yield tuple(block)


def block_tasks(texts: PaperTexts) -> Iterator[Task]:
    """A task for the texts of each block."""
    for block in blocks(texts.catalog.papers):
        yield plain_task(_name(block), partial(_block_texts, texts, block))


def whole_task(texts: PaperTexts) -> Task:
    """The task that joins the blocks, in whose order it needs them."""
    needs = tuple(map(_name, blocks(texts.catalog.papers)))
    return Task("papers", partial(_files, texts, needs), needs, in_parent=True)


def _name(block: tuple[str, ...]) -> str:
    return f"texts from {block[0]} to {block[-1]}"


def _block_texts(texts: PaperTexts, block: tuple[str, ...]) -> Iterator[Value]:
    joined: Mapping[str, str] = {
        ending: form.between.join(form.text(texts, paper_id) for paper_id in block) for ending, form in FORMATS.items()
    }
    lines = "".join(map(texts.record_line, block))
    records = [texts.record(paper_id) for paper_id in block]
    short, rows = ", ".join(map(short_record, records)), "".join(map(row, records))
    yield Value(_name(block), _encode(BlockTexts(**joined, lines=lines, short=short, rows=rows)))


def _files(texts: PaperTexts, names: tuple[str, ...], values: Values) -> Iterator[File]:
    found = [_decode(values[name]) for name in names]
    for ending, form in FORMATS.items():
        text = form.framed(form.between.join(getattr(block, ending) for block in found))
        yield File(f"papers.{ending}", text.encode())
    yield File("papers.jsonl", "".join(block.lines for block in found).encode())
    path, before, after = api_frame(texts.settings)
    yield File(path, f"{before}{', '.join(block.short for block in found)}{after}".encode())
    yield File("papers.csv", (heading() + "".join(block.rows for block in found)).encode())


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(BlockTexts).decode
