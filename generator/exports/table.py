"""``papers.csv``: the whole digest as a table for spreadsheets: CSV (RFC 4180), no cell of which runs as a formula."""

from collections.abc import Sequence

from generator.exports.records import Record
from generator.text.escape import for_csv
from generator.text.maths import to_plain

COLUMNS = (
    "id", "title", "authors", "year", "venue", "track", "topics", "doi", "arxiv", "openreview", "acl", "added",
    "changed", "status", "status_note", "url", "tldr", "text_written_by", "text_license",
)  # fmt: skip


def heading() -> str:
    """The first line of the table."""
    return _line(COLUMNS)


def row(record: Record) -> str:
    """A paper's line of the table."""
    return _line(_cells(record))


def _line(cells: Sequence[str]) -> str:
    return ",".join(map(for_csv, cells)) + "\r\n"


def _cells(record: Record) -> tuple[str, ...]:
    first: Record = next(iter(record.get("texts", [])), {})
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
