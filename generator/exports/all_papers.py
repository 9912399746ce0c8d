"""Files that list all papers: bibliographies, JSON Lines, the API's list and a table (CSV, RFC 4180).

Each file is joined from the texts of blocks of about 64 papers. These texts are cached, so an edited paper changes only
its block. A hash of the id decides whether a block ends after a paper. So adding or removing a paper changes only the
block of the paper, or joins or divides blocks there.
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
    """Divide papers into blocks, in their order. Yields the ids of each block."""
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
    """Yield a task for each block, whose values are the texts of its papers in each format."""
    for block in blocks(texts.catalog.papers):
        yield plain_task(f"texts {_block_name(block)}", _block_texts, texts, block)


def all_papers_tasks(texts: PaperTexts) -> Iterator[Task]:
    """Yield the tasks that join the texts of blocks to files, one for each format."""
    block_names = list(map(_block_name, blocks(texts.catalog.papers)))
    for kind, join in _join_functions(texts).items():
        value_names = tuple(f"{kind} {name}" for name in block_names)
        # In the leading process, which has the texts of all blocks.
        yield Task(f"papers as {kind}", _joined_file, (join, value_names), value_names, in_parent=True)


def _block_name(block: tuple[str, ...]) -> str:
    """A name with a hash of the ids, so that a block of other papers is another task."""
    return f"of block {fingerprint_of(block).hex()}"


def _block_texts(texts: PaperTexts, block: tuple[str, ...]) -> Iterator[Value]:
    """Yield the joined texts of a block's papers for each kind of file."""
    block_name, records = _block_name(block), [texts.record(paper_id) for paper_id in block]
    text_by_kind = {
        **{ending: bibliography_format.entries(texts, block) for ending, bibliography_format in FORMATS.items()},
        "lines": "".join(map(texts.record_line, block)),  # papers.jsonl
        "short": ", ".join(map(short_record, records)),  # papers.json of the API
        "rows": "".join(map(table_row, records)),  # papers.csv
    }
    for kind, text in text_by_kind.items():
        yield Value(f"{kind} {block_name}", text.encode("utf-8"))


def _join_functions(texts: PaperTexts) -> dict[str, Callable[[list[str]], File]]:
    """The functions that join the texts of all blocks to a file, by the kinds of ``_block_texts``."""
    return {
        **{ending: partial(_bibliography, ending) for ending in FORMATS},
        "lines": lambda block_texts: text_file("papers.jsonl", "".join(block_texts)),
        "short": partial(_api_list, texts.settings),
        "rows": lambda block_texts: text_file("papers.csv", table_heading() + "".join(block_texts)),
    }


def _bibliography(ending: str, block_texts: list[str]) -> File:
    bibliography_format = FORMATS[ending]
    return text_file(f"papers.{ending}", bibliography_format.file_text(bibliography_format.between.join(block_texts)))


def _api_list(settings: Settings, block_texts: list[str]) -> File:
    path, before, after = api_frame(settings)
    return text_file(path, f"{before}{', '.join(block_texts)}{after}")


def _joined_file(join: Callable[[list[str]], File], value_names: tuple[str, ...], values: Values) -> Iterator[File]:
    yield join([values[name].decode("utf-8") for name in value_names])


def table_heading() -> str:
    """The first line of the table ``papers.csv``: the names of the columns."""
    return _csv_line(COLUMNS)


def table_row(record: Record) -> str:
    """A paper's line of the table."""
    return _csv_line(_cells(record))


def _csv_line(cells: Sequence[str]) -> str:
    return ",".join(map(for_csv, cells)) + "\r\n"  # the line break of RFC 4180


def _cells(record: Record) -> tuple[str, ...]:
    first_text: Record = next(iter(record.get("texts", [])), {})  # in the digest's language if there is one
    values = {
        **record,
        **record.get("identifiers", {}),
        "title": to_plain(record["title"]),
        "authors": "; ".join(author["name"] for author in record.get("authors", [])),
        "year": record["venue"].get("year", ""),
        "venue": record["venue"]["name"],
        "track": record["venue"].get("track", ""),
        "topics": "; ".join(topic["name"] for topic in record["topics"]),
        "tldr": to_plain(first_text.get("tldr", "")),
    }
    return tuple(str(values.get(column, "")) for column in COLUMNS)
