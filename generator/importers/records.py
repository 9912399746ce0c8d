"""From a public record to a raw paper, as `public_record.add_record`, and what the record states besides."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.importers.public_record import PublicRecord, add_record
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.record import RawRecord
from generator.model.values import shown
from generator.text.mojibake import unmangled

_TEXT_MOST = 200


def add_paper(
    parsed: Parsed, record: PublicRecord, importer: str, options: Options, more: RawRecord | None = None
) -> None:
    """Add the paper of ``record`` with the fields ``more``, which every record has a place for but few have."""
    before = len(parsed.papers)
    add_record(parsed, record, importer, options)
    if len(parsed.papers) > before:
        fields = parsed.papers[-1].fields
        fields.update({name: value for name, value in (more or {}).items() if value and name not in fields})
        parsed.notes += [_mangled(text, record.line) for text in _texts(fields) if unmangled(text) != text]


def _texts(fields: RawRecord) -> Iterator[str]:
    """The title and the names of a raw paper."""
    authors = fields.get("authors")
    for value in (fields.get("title"), *(authors if isinstance(authors, list) else [])):
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str):
            yield name


def _mangled(text: str, line: int) -> Note:
    return Note(line, f"{shown(text)} was read in a wrong encoding; it may be {shown(unmangled(text))}")


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
