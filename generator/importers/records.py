"""From a public record to a raw paper, as `public_record.add_record`, and what the record states besides."""

from collections.abc import Iterable, Mapping
from typing import Any

from generator.importers.public_record import PublicRecord, add_record
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.record import RawRecord

_TEXT_MOST = 200


def add_paper(
    parsed: Parsed, record: PublicRecord, importer: str, options: Options, more: RawRecord | None = None
) -> None:
    """Add the paper of ``record`` with the fields ``more``, which every record has a place for but few have."""
    before = len(parsed.papers)
    add_record(parsed, record, importer, options)
    if more and len(parsed.papers) > before:
        fields = parsed.papers[-1].fields
        fields.update({name: value for name, value in more.items() if value and name not in fields})


def told(parsed: Parsed) -> Parsed:
    """``parsed``, with a note if neither a paper came of the source nor a reason why."""
    if not parsed.papers and not parsed.notes:
        parsed.notes.append(Note(1, "no record of a paper was found"))
    return parsed


def unread_fields(fields: Mapping[str, Any], known: Iterable[str], line: int) -> list[Unread]:
    """The fields of a record that no importer reads; those that are empty say nothing and are left out."""
    names = frozenset(known)
    return [
        Unread(line, f"field {name}", _short(value))
        for name, value in fields.items()
        if name not in names and value not in (None, "", [], {}, False)
    ]


def _short(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value[:_TEXT_MOST].split())
    if isinstance(value, (int, float)):
        return str(value)
    return f"{len(value)} values" if isinstance(value, (list, dict)) else type(value).__name__
