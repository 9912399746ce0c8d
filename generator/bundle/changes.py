"""The changes between two states of a digest, or since a day: a line for each paper added, changed or removed."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

Record = dict[str, Any]
Records = Mapping[str, Record]


def records_of(text: str) -> dict[str, Record]:
    """Return the records of JSON Lines by id."""
    rows = (json.loads(line) for line in text.splitlines() if line.strip())
    return {str(row["id"]): row for row in rows}


def changes_between(before: Records, after: Records) -> Iterator[Record]:
    """Yield each new, changed and removed paper, with the fields that differ. A new id is reported as a renaming."""
    renamed = {alias: paper for paper, record in after.items() for alias in record.get("aliases", ())}
    for paper in sorted({*before, *after}):
        old, new = before.get(paper), after.get(paper)
        if new is None and paper not in renamed:
            yield {"change": "removed", "id": paper, "title": before[paper]["title"]}
        elif new is None:
            yield {"change": "renamed", "id": paper, "to": renamed[paper]}
        elif old is None:
            yield _line("added", new)
        elif fields := sorted(name for name in {*old, *new} if old.get(name) != new.get(name)):
            yield {**_line("changed", new), "fields": fields}


def changes_since(day: date, records: Records) -> Iterator[Record]:
    """Yield the changes after a day, as far as the records show. A paper that has no record any more is not listed."""
    for paper in sorted(records):
        record = records[paper]
        if record["added"] > day.isoformat():
            yield _line("added", record)
        elif record["status"] == "removed" and record.get("status_date", "") > day.isoformat():
            yield _line("removed", record)
        elif record["changed"] > day.isoformat():
            yield _line("changed", record)


def _line(change: str, record: Record) -> Record:
    line = {"change": change, "id": record["id"], "title": record["title"], "url": record["url"]}
    return {**line, "date": record["added"] if change == "added" else record["changed"]}
