"""Files that list all papers: bibliographies, JSON Lines, the API's list and a table (CSV, RFC 4180).

They are joined from blocks of some sixty papers. The text of each block is a value of its own, so that an edited paper
changes only its block. A hash of the id decides after which paper a block ends, so that adding or removing a paper
changes one block.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from zlib import crc32

from generator.build.inputs import fingerprint_of
from generator.build.task import File, Task, Value, Values, plain_task, text_file
from generator.exports.bibliographies import FORMATS
from generator.exports.data import api_frame, short_record
from generator.exports.paper_texts import PaperTexts
from generator.exports.records import Record
from generator.model.settings import Settings
from generator.text.escape import for_csv
from generator.text.maths import to_plain

BLOCK_SIZE = 64
"""The average number of papers in a block."""
COLUMNS = (
    "id", "title", "authors", "year", "venue", "track", "topics", "doi", "arxiv", "openreview", "acl", "added",
    "changed", "status", "status_note", "url", "tldr", "text_written_by", "text_license",
)  # fmt: skip


def blocks(paper_ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Divide the papers, in order, into blocks."""
    block: list[str] = []
    for paper_id in paper_ids:
        block.append(paper_id)
        # A checksum is enough to spread ids, and it is the same on every machine, unlike ``hash``.
        if crc32(paper_id.encode()) % BLOCK_SIZE == 0:
            yield tuple(block)
            block = []
    if block:
        yield tuple(block)


def block_tasks(texts: PaperTexts) -> Iterator[Task]:
    """Yield a task for the texts of each block."""
    for block in blocks(texts.catalog.papers):
        yield plain_task(f"texts {_name(block)}", partial(_block_texts, texts, block))


def all_papers_tasks(texts: PaperTexts) -> Iterator[Task]:
    """Yield the tasks that join the blocks, one for each kind of text."""
    names = list(map(_name, blocks(texts.catalog.papers)))
    for kind, joined in _joins(texts).items():
        needs = tuple(f"{kind} {name}" for name in names)
        # In the leading process, which has the texts of all blocks.
        yield Task(f"papers as {kind}", partial(_file, joined, needs), needs, in_parent=True)


def _name(block: tuple[str, ...]) -> str:
    """The name of a block. It contains the papers: a trace records reads, but not which papers the block had."""
    return f"of block {fingerprint_of(block).hex()}"


def _block_texts(texts: PaperTexts, block: tuple[str, ...]) -> Iterator[Value]:
    name, records = _name(block), [texts.record(paper_id) for paper_id in block]
    kinds = {
        **{ending: form.between.join(form.text(texts, paper) for paper in block) for ending, form in FORMATS.items()},
        "lines": "".join(map(texts.record_line, block)),
        "short": ", ".join(map(short_record, records)),
        "rows": "".join(map(table_row, records)),
    }
    for kind, text in kinds.items():
        yield Value(f"{kind} {name}", text.encode("utf-8"))


def _joins(texts: PaperTexts) -> dict[str, Callable[[list[str]], File]]:
    """The functions that join the texts of blocks to a file, by kind."""
    formats = {
        ending: lambda texts_of_blocks, ending=ending, form=form: text_file(
            f"papers.{ending}", form.framed(form.between.join(texts_of_blocks))
        )
        for ending, form in FORMATS.items()
    }
    return {
        **formats,
        "lines": lambda texts_of_blocks: text_file("papers.jsonl", "".join(texts_of_blocks)),
        "short": lambda texts_of_blocks: _short_list(texts.settings, texts_of_blocks),
        "rows": lambda texts_of_blocks: text_file("papers.csv", table_heading() + "".join(texts_of_blocks)),
    }


def _short_list(settings: Settings, papers: list[str]) -> File:
    path, before, after = api_frame(settings)
    return text_file(path, f"{before}{', '.join(papers)}{after}")


def _file(join: Callable[[list[str]], File], names: tuple[str, ...], values: Values) -> Iterator[File]:
    yield join([values[name].decode("utf-8") for name in names])


def table_heading() -> str:
    """The first line of the table."""
    return _line(COLUMNS)


def table_row(record: Record) -> str:
    """A paper's line of the table."""
    return _line(_cells(record))


def _line(cells: Sequence[str]) -> str:
    return ",".join(map(for_csv, cells)) + "\r\n"  # the line break of RFC 4180


def _cells(record: Record) -> tuple[str, ...]:
    first: Record = next(iter(record.get("texts", [])), {})  # in the digest's language if there is one
    values = {
        **record,
        **record.get("identifiers", {}),
        "title": to_plain(record["title"]),
        "authors": "; ".join(author["name"] for author in record.get("authors", [])),
        "year": record["venue"].get("year", ""),
        "venue": record["venue"]["name"],
        "track": record["venue"].get("track", ""),
        "topics": "; ".join(topic["name"] for topic in record["topics"]),
        "tldr": to_plain(first.get("tldr", "")),
    }
    return tuple(str(values.get(column, "")) for column in COLUMNS)
