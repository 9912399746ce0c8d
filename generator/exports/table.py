"""The whole digest as a table for spreadsheets: CSV (RFC 4180), no cell of which runs as a formula."""

from collections.abc import Sequence

from generator.exports.paper_texts import PaperTexts
from generator.exports.pieces import in_pieces
from generator.exports.records import Record
from generator.model.fingerprints import Fingerprints
from generator.model.page import Draft
from generator.text.escape import for_csv
from generator.text.maths import to_plain

COLUMNS = (
    "id", "title", "authors", "year", "venue", "track", "topics", "doi", "arxiv", "openreview", "acl", "added",
    "changed", "status", "status_note", "url", "tldr", "text_written_by", "text_license",
)  # fmt: skip


def table_file(texts: PaperTexts, marks: Fingerprints) -> Draft:
    """``papers.csv``: a row a paper, with a heading."""

    def written(paper_id: str) -> str:
        return _line(_row(texts.record(paper_id)))

    return in_pieces("papers.csv", marks, texts.catalog.papers, written, frame=(_line(COLUMNS), "", ""))


def _line(cells: Sequence[str]) -> str:
    return ",".join(map(for_csv, cells)) + "\r\n"


def _row(record: Record) -> tuple[str, ...]:
    first: Record = next(iter(record.get("texts", [])), {})
    cells = {
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
    return tuple(str(cells.get(column, "")) for column in COLUMNS)
